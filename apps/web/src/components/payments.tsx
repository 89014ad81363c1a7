/** @module Where the money is: tickets sent, won, redeemed. */
import type { NetworkView } from '@tessera/protocol/network-view'
import { ether, shortAddress } from '../lib/format.ts'

type PaymentsProps = {
  readonly view: NetworkView
  readonly colours: ReadonlyMap<string, string>
}

const ROWS = 5

export function Payments({ view, colours }: PaymentsProps) {
  const { payments, gateway } = view
  const worth = view.orchestrators.reduce((sum, { feesWei }) => sum + BigInt(feesWei), 0n)
  const won = payments.ticketsSent > 0 ? Math.round((payments.ticketsWon * 100) / payments.ticketsSent) : 0
  return (
    <section className="panel split">
      <div>
        <h2>Payments</h2>
        <p className="lead">
          Work is paid in lottery tickets. Only those that win are redeemed on chain: the same sum on average,
          with far fewer transactions. Sent and won are counted since the gateway started.
        </p>
        <ol className="funnel">
          <Stage
            value={payments.ticketsSent.toLocaleString('en')}
            name="tickets sent"
            note={`worth ${ether(worth)}`}
          />
          <Stage value={payments.ticketsWon.toLocaleString('en')} name="won" note={`${won} % of them`} />
          <Stage value={payments.redeemed.toLocaleString('en')} name="redeemed" note="on chain, in all" />
          <Stage value={ether(payments.redeemedWei)} name="paid out" note="on chain, in all" />
        </ol>
        <p className="facts">
          The gateway <code>{shortAddress(gateway.address)}</code> holds a deposit of{' '}
          {ether(gateway.depositWei)} and a reserve of {ether(gateway.reserveWei)}.
        </p>
      </div>
      <div>
        <h2>Redemptions</h2>
        {payments.redemptions.length === 0 ? (
          <p className="lead">The first follows within seconds of the first winning ticket.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Block</th>
                <th scope="col">To</th>
                <th scope="col">Amount</th>
                <th scope="col">Transaction</th>
              </tr>
            </thead>
            <tbody>
              {payments.redemptions.slice(0, ROWS).map(({ transaction, recipient, wei, block }) => (
                <tr key={transaction}>
                  <td>{block.toLocaleString('en')}</td>
                  <td>
                    <i className="node-dot" style={{ background: colours.get(recipient.toLowerCase()) }} />
                    <code>{shortAddress(recipient)}</code>
                  </td>
                  <td>{ether(wei)}</td>
                  <td>
                    <code title={transaction}>{shortAddress(transaction)}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

function Stage({
  value,
  name,
  note,
}: {
  readonly value: string
  readonly name: string
  readonly note: string
}) {
  return (
    <li>
      <b>{value}</b> {name} <small>{note}</small>
    </li>
  )
}
