/** @module The orchestrators: what they stake, charge, deliver and earn. */
import type { NetworkView, OrchestratorView } from '@tessera/protocol/network-view'
import { amount, ether, pricePerMegapixel, shortAddress } from '../lib/format.ts'

type NodesProps = { readonly view: NetworkView; readonly colours: ReadonlyMap<string, string> }

export function Nodes({ view, colours }: NodesProps) {
  return (
    <section className="panel">
      <h2>Orchestrators</h2>
      {view.orchestrators.length === 0 && (
        <p className="lead">None is known yet. They appear as soon as one is registered and answers.</p>
      )}
      <div className="nodes">
        {view.orchestrators.map((node) => (
          <Node
            key={node.address + node.url}
            node={node}
            colour={colours.get(node.address.toLowerCase())}
            view={view}
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

type NodeProps = {
  readonly node: OrchestratorView
  readonly colour: string | undefined
  readonly view: NetworkView
}

function Node({ node, colour, view }: NodeProps) {
  const share = shareOfStake(node, view)
  const jobs = aiJobs(node, view)
  return (
    <article className={`node ${node.state}`} style={{ '--node': colour }}>
      <h3>
        <i className="node-dot" style={{ background: colour }} />
        <code title={`${node.address} at ${node.url}`}>{shortAddress(node.address)}</code>
        {jobs.map((stream) => (
          <span key={stream} className="job">
            AI on {stream}
          </span>
        ))}
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
        <Fact
          name="Price"
          value={node.price ? pricePerMegapixel(node.price) : '–'}
          note={node.price ? 'per million pixels' : 'not asked yet'}
        />
        <Fact
          name="Segments"
          value={node.segments.toLocaleString('en')}
          note={node.failures > 0 ? `${node.failures.toLocaleString('en')} failed` : 'none failed'}
        />
        <Fact
          name="Speed"
          value={node.realtimeRatio ? `${(1 / node.realtimeRatio).toFixed(1)}×` : '–'}
          note={node.realtimeRatio ? 'real time' : 'no work yet'}
        />
        <Fact
          name="Fees"
          value={ether(node.feesWei)}
          note={`${node.ticketsWon.toLocaleString('en')} of ${node.ticketsSent.toLocaleString('en')} tickets won`}
        />
      </dl>
    </article>
  )
}

/** Per cent, one digit. */
function shareOfStake(node: OrchestratorView, { chain }: NetworkView): number | undefined {
  const total = BigInt(chain?.totalStakeLpt ?? 0)
  return total > 0n ? Number((BigInt(node.stakeLpt) * 1000n) / total) / 10 : undefined
}

/** Streams whose AI it runs now. */
function aiJobs(node: OrchestratorView, { streams }: NetworkView): readonly string[] {
  return streams
    .filter(
      ({ isLive, ai }) =>
        isLive && ai?.state === 'running' && ai.orchestrator?.toLowerCase() === node.address.toLowerCase(),
    )
    .map(({ id }) => id)
}

type FactProps = { readonly name: string; readonly value: string; readonly note: string | undefined }

function Fact({ name, value, note }: FactProps) {
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
