/** @module A new bond counts from the next round on; until then nothing can be taken out of it. */
import type { RoundTimes } from '@tessera/chain/round-times'
import type { Address } from '@tessera/protocol/address'
import { NotYetError } from '../bridge/not-yet.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'

type Bond = { readonly account: Address; readonly status: string; readonly startRound: bigint }

/** @throws {NotYetError} that says from which round on. */
export function assertBondCounts({ account, status, startRound }: Bond, times: RoundTimes): void {
  if (status !== 'pending') return
  throw new NotYetError(
    `The bond of ${account} counts from round ${startRound} on, ${whenRound(times, startRound)}; nothing can be taken out of it before.`,
    'Run the command again then.',
    { startRound, inSeconds: secondsUntilRound(times, startRound) },
  )
}
