/** @module Public issues of tickets: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const redemptions = 'payments/Redemptions.sol'
const senders = 'payments/SenderAccounts.sol'
const minter = 'token/Minter.sol'

const issue = issuesOf('Ticket')

export const ticketIssues: readonly Mutant[] = [
  issue(
    '17',
    'signatures of any length',
    edit(redemptions, 'if (sig.length != Tickets.SIGNATURE_BYTES) return Defect.SignatureLength;'),
  ),
  issue(
    '17',
    'mirrored signatures',
    edit(
      'payments/Tickets.sol',
      'if and(iszero(gt(s, MAX_S)), or(eq(v, 27), eq(v, 28))) {',
      'if or(eq(v, 27), eq(v, 28)) {',
    ),
  ),
  issue(
    '17',
    'a used ticket is paid again',
    edit(redemptions, 'if (self.used[c.ticketHash]) return Defect.Used;'),
  ),
  issue(
    '18',
    'anyone ends an unlock',
    edit(senders, 'cancelled = byOwner && withdrawRound != 0;', 'cancelled = withdrawRound != 0;'),
  ),
  issue(
    '24',
    'a ticket is paid as far as funds go',
    edit(
      'payments/TicketLottery.sol',
      'if (amount > c.available) return Redemptions.Defect.InsufficientFunds;',
      'if (amount > c.available) amount = c.available;',
    ),
  ),
  issue(
    '25',
    'the share follows the pool of the next round',
    edit('payments/TicketLottery.sol', 'currentRoundActiveTranscoders()', 'getTranscoderPoolSize()'),
  ),
  issue(
    '32',
    'a failed payment of fees is ignored',
    edit(minter, 'if (!ok) revert EthTransferFailed(to, amount);', 'ok;'),
  ),
]
