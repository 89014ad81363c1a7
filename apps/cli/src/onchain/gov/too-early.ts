/** @module When the next step of a proposal becomes possible, where a contract refused it for now. */
import type { ProposalStanding } from '@tessera/chain/contracts/livepeer-governor'
import { RevertedError } from '@tessera/chain/errors'
import { isRefusal } from '@tessera/chain/refusals'
import type { RoundTimes } from '@tessera/chain/round-times'
import { NotYetError } from '../bridge/not-yet.ts'
import { shortId } from '../by-prefix.ts'
import { formatDuration, secondsUntilRound, whenRound } from '../duration.ts'

/** A step, the proposal as it stands, and the time in rounds and in seconds since 1970. */
export type Attempt = {
  readonly step: 'vote' | 'queue' | 'execute'
  readonly id: bigint
  readonly standing: Pick<ProposalStanding, 'state' | 'snapshot' | 'deadline' | 'eta'>
  readonly times: RoundTimes
  readonly nowSeconds: number
}

/** `error`, or a `NotYetError` in its place where the simulation refused what time alone makes possible. */
export function orNotYet(error: unknown, attempt: Attempt): unknown {
  const isSimulated = error instanceof RevertedError && error.transaction === undefined
  if (!isSimulated || isRefusal(error, 'round-not-open')) return error
  return notYet(attempt) ?? error
}

function notYet({ step, id, standing, times, nowSeconds }: Attempt): NotYetError | undefined {
  const { state, snapshot, deadline, eta } = standing
  const [short, begin, end] = [shortId(id), snapshot + 1n, deadline + 1n]
  const beginning = `Voting on proposal ${short} begins with round ${begin}, ${whenRound(times, begin)}`
  const ending = `ends with round ${deadline}, ${whenRound(times, end)}`
  const after = (text: string, seconds: number): NotYetError =>
    new NotYetError(`${text}.`, 'Run the command again then.', { proposal: id, state, inSeconds: seconds })
  if (state === 'pending') {
    if (step === 'vote') return after(beginning, secondsUntilRound(times, begin))
    return after(`${beginning}, and ${ending}`, secondsUntilRound(times, end))
  }
  if (state === 'active' && step !== 'vote') {
    return after(`Voting on proposal ${short} ${ending}`, secondsUntilRound(times, end))
  }
  const left = Math.ceil(Number(eta) - nowSeconds)
  if (state !== 'queued' || step !== 'execute' || left <= 0) return undefined
  return after(`Proposal ${short} can be executed in about ${formatDuration(left)}`, left)
}
