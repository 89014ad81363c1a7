/** @module The gateway's view of the network, kept fresh by server-sent events. */
import type { NetworkView } from '@tessera/protocol/network-view'
import { useEffect, useState } from 'react'

export type NetworkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly view: NetworkView }
  /** The gateway does not answer; `view` is the last that was seen. */
  | { readonly kind: 'lost'; readonly view?: NetworkView }

/** The browser's own reconnecting waits long and gives up at a proxy's error page, so it is not relied on. */
const RECONNECT_MS = 1_500
/** The gateway tells something each second; a dead line makes no error, only silence. */
const SILENCE_MS = 6_000

/** Follows `/api/events` while the page can be seen: browsers allow only six connections to one host. */
export function useNetwork(): NetworkState {
  const [state, setState] = useState<NetworkState>({ kind: 'connecting' })
  useEffect(
    () =>
      follow(
        (view) => setState({ kind: 'live', view }),
        () => setState((last) => ({ ...last, kind: 'lost' })),
      ),
    [],
  )
  return state
}

function follow(onView: (view: NetworkView) => void, onLost: () => void): () => void {
  let events: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    clearTimeout(timer)
    events?.close()
  }
  const lose = () => {
    close()
    onLost()
    timer = setTimeout(open, RECONNECT_MS)
  }
  const open = () => {
    close()
    if (document.hidden) return
    events = new EventSource('/api/events')
    events.onerror = lose
    events.addEventListener('network', (event: MessageEvent<string>) => {
      clearTimeout(timer)
      timer = setTimeout(lose, SILENCE_MS)
      onView(JSON.parse(event.data) as NetworkView) // our own gateway's JSON
    })
  }
  document.addEventListener('visibilitychange', open)
  open()
  return () => {
    document.removeEventListener('visibilitychange', open)
    close()
  }
}
