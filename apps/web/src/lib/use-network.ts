/** @module The gateway's view of the network, kept fresh by server-sent events. */
import type { NetworkView } from '@tessera/protocol/network-view'
import { useEffect, useState } from 'react'

export type NetworkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly view: NetworkView }
  /** The gateway does not answer; `view` is the last that was seen. */
  | { readonly kind: 'lost'; readonly view?: NetworkView }

/** Follows `/api/events`. The browser reconnects by itself. */
export function useNetwork(): NetworkState {
  const [state, setState] = useState<NetworkState>({ kind: 'connecting' })
  useEffect(() => {
    const events = new EventSource('/api/events')
    events.addEventListener('network', (event: MessageEvent<string>) => {
      setState({ kind: 'live', view: JSON.parse(event.data) as NetworkView }) // our own gateway's JSON
    })
    events.onerror = () => {
      setState((last) =>
        (last.kind === 'live' || last.kind === 'lost') && last.view
          ? { kind: 'lost', view: last.view }
          : { kind: 'lost' },
      )
    }
    return () => events.close()
  }, [])
  return state
}
