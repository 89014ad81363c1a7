/** @module `tessera ticket fund`: money into the deposit and reserve that tickets are paid from. */
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'
import { openPurse } from './purse.ts'
import type { StablecoinOptions } from './stablecoin.ts'

type Options = SendingOptions & StablecoinOptions & { readonly deposit?: string; readonly reserve?: string }

export function ticketFund(options: Options): Promise<void> {
  return withChain('ticket fund', options, async (session) => {
    const purse = await openPurse(session, options)
    const account = await session.address()
    const deposit = purse.parse(options.deposit ?? '0', '--deposit')
    const reserve = purse.parse(options.reserve ?? '0', '--reserve')
    if (deposit + reserve === 0n)
      throw new UsageError('There is nothing to pay in.', 'Give --deposit AMOUNT, --reserve AMOUNT or both.')
    const before = await purse.info(account)
    await session.perform({ steps: await purse.fund(account, deposit, reserve) })
    const cancels = before.withdrawRound > 0n ? ['The unlock is cancelled by it.'] : []
    const after = session.isDryRun
      ? { deposit: before.deposit + deposit, reserve: before.reserve + reserve }
      : await purse.info(account)
    const [inDeposit, inReserve] = [purse.format(after.deposit), purse.format(after.reserve)]
    return {
      result: {
        account,
        ...purse.facts,
        deposit: after.deposit,
        reserve: after.reserve,
        addedDeposit: deposit,
        addedReserve: reserve,
      },
      lines: [
        `${session.isDryRun ? 'There would be' : 'There is'} ${inDeposit} in the deposit and ${inReserve} in the reserve.`,
        ...cancels,
      ],
    }
  })
}
