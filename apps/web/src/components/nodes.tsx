/** @module The orchestrators: what they stake, charge, deliver and earn. */
import type { ChainView, OrchestratorView } from '@tessera/protocol/network-view'
import { amount, ether, pricePerMegapixel, shortAddress } from '../lib/format.ts'

type NodesProps = {
  readonly orchestrators: readonly OrchestratorView[]
  readonly colours: ReadonlyMap<string, string>
  readonly chain: ChainView | undefined
}

export function Nodes({ orchestrators, colours, chain }: NodesProps) {
  return (
    <section className="panel">
      <h2>Orchestrators</h2>
      {orchestrators.length === 0 && (
        <p className="lead">None is known yet. They appear as soon as one is registered and answers.</p>
      )}
      <div className="nodes">
        {orchestrators.map((node) => (
          <Node
            key={node.address}
            node={node}
            colour={colours.get(node.address.toLowerCase())}
            chain={chain}
          />
        ))}
      </div>
    </section>
  )
}

const STATES: Readonly<Record<OrchestratorView['state'], string>> = {
  ready: 'ready',
  suspended: 'resting after a failure',
  unreachable: 'does not answer',
}

function Node({
  node,
  colour,
  chain,
}: {
  readonly node: OrchestratorView
  readonly colour: string | undefined
  readonly chain: ChainView | undefined
}) {
  const share =
    chain && BigInt(chain.totalStakeLpt) > 0n
      ? Number((BigInt(node.stakeLpt) * 1000n) / BigInt(chain.totalStakeLpt)) / 10
      : undefined
  return (
    <article className={`node ${node.state}`} style={{ '--node': colour }}>
      <h3>
        <i className="node-dot" style={{ background: colour }} />
        <code>{shortAddress(node.address)}</code>
        <small>{STATES[node.state]}</small>
      </h3>
      <dl>
        <Fact
          name="Stake"
          value={`${amount(node.stakeLpt, 0)} LPT`}
          note={share === undefined ? undefined : `${share} % of all`}
        />
        <Fact
          name="Last reward"
          value={`${amount(node.lastRewardLpt, 2)} LPT`}
          note={node.lastRewardRound === '0' ? 'none yet' : `in round ${node.lastRewardRound}`}
        />
        <Fact name="Price" value={node.price ? pricePerMegapixel(node.price) : '–'} />
        <Fact
          name="Speed"
          value={node.realtimeRatio ? `${(1 / node.realtimeRatio).toFixed(1)}× real time` : '–'}
        />
        <Fact
          name="Segments"
          value={String(node.segments)}
          note={node.failures > 0 ? `${node.failures} failed` : undefined}
        />
        <Fact
          name="Earned"
          value={ether(node.feesWei)}
          note={`${node.ticketsWon} of ${node.ticketsSent} tickets won`}
        />
      </dl>
    </article>
  )
}

function Fact({
  name,
  value,
  note,
}: {
  readonly name: string
  readonly value: string
  readonly note?: string | undefined
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
