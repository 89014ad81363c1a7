/** @module Where the money is: tickets sent, won, redeemed. */
import type { NetworkView, PaymentsView } from '@tessera/protocol/network-view'
import { ether, shortAddress } from '../lib/format.ts'

type PaymentsProps = {
  readonly payments: PaymentsView
  readonly gateway: NetworkView['gateway']
  readonly colours: ReadonlyMap<string, string>
}

export function Payments({ payments, gateway, colours }: PaymentsProps) {
  return (
    <section className="panel">
      <h2>Payments</h2>
      <p className="lead">
        Work is paid in tickets. A few of them win, and only those are redeemed on chain: the same sum on
        average, far fewer transactions.
      </p>
      <ol className="funnel">
        <li>
          <b>{payments.ticketsSent.toLocaleString('en')}</b> sent
        </li>
        <li>
          <b>{payments.ticketsWon.toLocaleString('en')}</b> won
        </li>
        <li>
          <b>{payments.redeemed.toLocaleString('en')}</b> redeemed
        </li>
        <li>
          <b>{ether(payments.redeemedWei)}</b> paid out
        </li>
      </ol>
      <p className="facts">
        The gateway <code>{shortAddress(gateway.address)}</code> holds a deposit of{' '}
        {ether(gateway.depositWei)} and a reserve of {ether(gateway.reserveWei)}.
      </p>
      {payments.redemptions.length > 0 && (
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
            {payments.redemptions.slice(0, 8).map(({ transaction, recipient, wei, block }) => (
              <tr key={transaction}>
                <td>{block}</td>
                <td>
                  <i className="node-dot" style={{ background: colours.get(recipient.toLowerCase()) }} />{' '}
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
    </section>
  )
}
