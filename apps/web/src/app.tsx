/** @module The page: the stream, what the AI makes of it, and the network that does the work. */
import type { NetworkView, StreamView } from '@tessera/protocol/network-view'
import { useState } from 'react'
import { Header } from './components/header.tsx'
import { Nodes } from './components/nodes.tsx'
import { Payments } from './components/payments.tsx'
import { PublishGuide } from './components/publish-guide.tsx'
import { Segments } from './components/segments.tsx'
import { Watch } from './components/watch.tsx'
import { nodeColours } from './lib/colours.ts'
import { useNetwork } from './lib/use-network.ts'

export function App() {
  const network = useNetwork()
  const view = network.kind === 'connecting' ? undefined : network.view
  const isLost = network.kind === 'lost'
  return (
    <>
      <Header view={view} lost={isLost} />
      <main>
        <p className={isLost ? 'panel alarm' : 'hidden'} role="alert">
          {isLost && <Lost hasView={view !== undefined} />}
        </p>
        {view && <Network view={view} isLost={isLost} />}
        {network.kind === 'connecting' && <p className="panel quiet">Connecting to the gateway …</p>}
      </main>
      <footer>
        <span>Tessera, an open network for live video and real-time AI.</span>
        <span>
          The same as data: <a href="/api/network">network</a>, <a href="/metrics">metrics</a>
        </span>
      </footer>
    </>
  )
}

function Lost({ hasView }: { readonly hasView: boolean }) {
  return (
    <>
      <b>The gateway does not answer.</b> Is <code>./tessera up</code> still running?{' '}
      {hasView && 'What you see is the last that was known. '}This page goes on by itself as soon as it is
      back.
    </>
  )
}

function Network({ view, isLost }: { readonly view: NetworkView; readonly isLost: boolean }) {
  const [chosen, setChosen] = useState<string>()
  const { streams, orchestrators, gateway } = view
  const stream = streams.find(({ id }) => id === chosen) ?? streams.find(({ isLive }) => isLive) ?? streams[0]
  const colours = nodeColours(orchestrators.map(({ address }) => address))
  return (
    <>
      {streams.length > 1 && <Streams streams={streams} current={stream?.id} choose={setChosen} />}
      {stream ? (
        <>
          <Watch key={stream.id} stream={stream} colours={colours} isLost={isLost} />
          <Segments stream={stream} colours={colours} orchestrators={orchestrators} />
        </>
      ) : (
        <PublishGuide publishUrl={gateway.publishUrl} isFirst={true} />
      )}
      <Nodes view={view} colours={colours} />
      <Payments view={view} colours={colours} />
      {stream && !streams.some(({ isLive }) => isLive) && (
        <PublishGuide publishUrl={gateway.publishUrl} isFirst={false} />
      )}
    </>
  )
}

type StreamsProps = {
  readonly streams: readonly StreamView[]
  readonly current: string | undefined
  readonly choose: (id: string) => void
}

function Streams({ streams, current, choose }: StreamsProps) {
  return (
    <nav className="streams" aria-label="Streams">
      {streams.map(({ id, isLive }) => (
        <button key={id} type="button" aria-pressed={id === current} onClick={() => choose(id)}>
          {isLive && <i className="live-dot" role="img" aria-label="live" />}
          {id}
        </button>
      ))}
    </nav>
  )
}
