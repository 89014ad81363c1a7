/** @module Name, connection, and where the chain stands. */
import type { NetworkView } from '@tessera/protocol/network-view'
import { amount } from '../lib/format.ts'

export function Header({ view, lost }: { readonly view: NetworkView | undefined; readonly lost: boolean }) {
  return (
    <header>
      <h1 className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect className="t1" x="2" y="2" width="13" height="13" rx="3" />
          <rect className="t2" x="17" y="2" width="13" height="13" rx="3" />
          <rect className="t3" x="2" y="17" width="13" height="13" rx="3" />
          <rect className="t4" x="17" y="17" width="13" height="13" rx="3" />
        </svg>
        Tessera
      </h1>
      {view?.chain && (
        <dl className="chain">
          <div>
            <dt>Round {view.chain.round}</dt>
            <dd>
              <meter min={0} max={1} value={view.chain.roundProgress} aria-label="Progress of the round" />
            </dd>
          </div>
          <div>
            <dt>Block</dt>
            <dd>{view.chain.block.toLocaleString('en')}</dd>
          </div>
          <div>
            <dt>Staked</dt>
            <dd>{amount(view.chain.totalStakeLpt, 0)} LPT</dd>
          </div>
          <div>
            <dt>Inflation a round</dt>
            <dd>{(Number(view.chain.inflationPerBillion) / 1e7).toFixed(4)} %</dd>
          </div>
        </dl>
      )}
      <span className={`status ${lost ? 'lost' : view ? 'live' : ''}`} role="status">
        {lost ? 'reconnecting' : view ? 'connected' : 'connecting'}
      </span>
    </header>
  )
}
