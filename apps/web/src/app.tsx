/** @module The page: the stream, what the AI makes of it, and the network that does the work. */
import type { NetworkView } from '@tessera/protocol/network-view'
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
  return (
    <>
      <Header view={view} lost={network.kind === 'lost'} />
      <main>{view ? <Network view={view} /> : <Connecting lost={network.kind === 'lost'} />}</main>
      <footer>
        Tessera: an open network for live video and real-time AI. Every tile above is a segment that a node
        was paid for.
      </footer>
    </>
  )
}

function Connecting({ lost }: { readonly lost: boolean }) {
  return (
    <section className="panel quiet" aria-live="polite">
      {lost
        ? 'The gateway does not answer. Is ./tessera up still running? The page goes on by itself.'
        : 'Connecting to the gateway …'}
    </section>
  )
}

function Network({ view }: { readonly view: NetworkView }) {
  const [chosen, setChosen] = useState<string>()
  const stream =
    view.streams.find(({ id }) => id === chosen) ??
    view.streams.find(({ isLive }) => isLive) ??
    view.streams[0]
  const colours = nodeColours(view.orchestrators.map(({ address }) => address))
  return (
    <>
      {view.streams.length > 1 && (
        <nav className="streams" aria-label="Streams">
          {view.streams.map(({ id, isLive }) => (
            <button key={id} type="button" aria-pressed={id === stream?.id} onClick={() => setChosen(id)}>
              {isLive && <i className="live-dot" />} {id}
            </button>
          ))}
        </nav>
      )}
      {stream ? (
        <Watch key={stream.id} stream={stream} colours={colours} />
      ) : (
        <PublishGuide publishUrl={view.gateway.publishUrl} />
      )}
      {stream && <Segments stream={stream} colours={colours} orchestrators={view.orchestrators} />}
      <Nodes orchestrators={view.orchestrators} colours={colours} chain={view.chain} />
      <Payments payments={view.payments} gateway={view.gateway} colours={colours} />
      {stream && !stream.isLive && <PublishGuide publishUrl={view.gateway.publishUrl} />}
    </>
  )
}
