/** @module `tessera ticket fund`: ETH into the deposit and reserve that tickets are paid from. */
import { type Wei, wei } from '@tessera/protocol/units'
import { formatEth } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'

export function ticketFund(
  options: SendingOptions & { readonly deposit?: Wei; readonly reserve?: Wei },
): Promise<void> {
  return withChain('ticket fund', options, async (session) => {
    const { ticketBroker } = await session.contracts()
    const account = await session.address()
    const deposit = options.deposit ?? wei(0n)
    const reserve = options.reserve ?? wei(0n)
    if (deposit + reserve === 0n)
      throw new UsageError('There is nothing to pay in.', 'Give --deposit ETH, --reserve ETH or both.')
    const before = await ticketBroker.senderInfo(account)
    await session.perform({
      steps: [
        {
          call: ticketBroker.fundDepositAndReserve(deposit, reserve),
          says: `pay ${formatEth(deposit)} into the deposit and ${formatEth(reserve)} into the reserve`,
        },
      ],
    })
    const cancels = before.withdrawRound > 0n ? ['The unlock is cancelled by it.'] : []
    const after = session.isDryRun
      ? { deposit: before.deposit + deposit, reserve: before.reserve + reserve }
      : await ticketBroker.senderInfo(account)
    return {
      result: {
        account,
        deposit: after.deposit,
        reserve: after.reserve,
        addedDeposit: deposit,
        addedReserve: reserve,
      },
      lines: [
        `${session.isDryRun ? 'There would be' : 'There is'} ${formatEth(after.deposit)} in the deposit and ${formatEth(after.reserve)} in the reserve.`,
        ...cancels,
      ],
    }
  })
}
