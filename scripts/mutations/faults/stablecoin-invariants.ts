/** @module The rules about fees in a stablecoin: for each a fault that this rule has to see. */
import { edit, invariantsOf, type Mutant } from '../mutant.ts'

const book = 'payments/FeeBook.sol'

const invariant = invariantsOf('StablecoinBroker')

export const stablecoinInvariants: readonly Mutant[] = [
  invariant(
    'a ticket is paid once',
    'a used ticket is paid again',
    edit('payments/Redemptions.sol', 'if (self.used[c.ticketHash]) return Defect.Used;'),
  ),
  invariant(
    'a share is paid once',
    'a claim is not noted',
    edit(book, '        self.claimed[staker][transcoder][word] |= bit;'),
  ),
  invariant(
    'fees paid',
    'what was paid of a round is not counted',
    edit(book, 'if (amount != 0) self.entries[transcoder][round].paid += amount.toUint112();'),
  ),
  invariant(
    'solvent',
    'what is not booked is not given back',
    edit(
      'payments/Redemptions.sol',
      'self.accounts[ticket.sender].giveBack(ticket.recipient, ticket.faceValue, fromReserve);',
      'fromReserve;',
    ),
  ),
]
