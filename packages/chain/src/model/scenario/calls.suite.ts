/** @module The model's action for a recorded call. */
import type { Address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import type { Action, ActionOf, CallName } from '../actions.ts'
import type { Protocol } from '../protocol.ts'
import type { Hint } from '../sorted-pool.ts'
import { addressOf } from './names.suite.ts'
import type { Step } from './steps.suite.ts'
import { parseSpec, ticketOf } from './tickets.suite.ts'

type Call = { [Name in CallName]: Omit<ActionOf<Name>, 'by'> }[CallName]

/** The arguments of one step, taken from the left. */
class Arguments {
  readonly #left: string[]

  constructor(args: readonly string[]) {
    this.#left = [...args]
  }

  number(): bigint {
    return BigInt(this.#next())
  }

  account(): Address {
    return addressOf(this.#next())
  }

  hint(): Hint {
    return { prev: this.account(), next: this.account() }
  }

  #next(): string {
    const value = this.#left.shift()
    if (value === undefined) throw new Error('a recorded call has too few arguments')
    return value
  }
}

/** By the name of the contract's function. An object literal evaluates in order, as the arguments stand. */
const CALLS: Readonly<Record<string, (args: Arguments) => Call>> = {
  pause: () => ({ call: 'pause' }),
  unpause: () => ({ call: 'unpause' }),
  setTreasuryRewardCutRate: (args) => ({ call: 'setTreasuryRewardCutRate', cutRate: args.number() }),
  setTreasuryBalanceCeiling: (args) => ({ call: 'setTreasuryBalanceCeiling', ceiling: args.number() }),
  setNumActiveTranscoders: (args) => ({
    call: 'setNumActiveTranscoders',
    numActiveTranscoders: args.number(),
  }),
  setUnbondingPeriod: (args) => ({ call: 'setUnbondingPeriod', unbondingPeriod: args.number() }),
  setRoundLength: (args) => ({ call: 'setRoundLength', roundLength: args.number() }),
  setRoundLockAmount: (args) => ({ call: 'setRoundLockAmount', roundLockAmount: args.number() }),
  setInflationChange: (args) => ({ call: 'setInflationChange', inflationChange: args.number() }),
  setTargetBondingRate: (args) => ({ call: 'setTargetBondingRate', targetBondingRate: args.number() }),
  setUnlockPeriod: (args) => ({ call: 'setUnlockPeriod', unlockPeriod: args.number() }),
  setTicketValidityPeriod: (args) => ({
    call: 'setTicketValidityPeriod',
    ticketValidityPeriod: args.number(),
  }),
  initializeRound: () => ({ call: 'initializeRound' }),
  checkpointBondingState: (args) => ({ call: 'checkpointBondingState', account: args.account() }),
  bond: (args) => ({ call: 'bond', amount: args.number(), to: args.account() }),
  bondWithHint: (args) => ({
    call: 'bond',
    amount: args.number(),
    to: args.account(),
    oldHint: args.hint(),
    newHint: args.hint(),
  }),
  bondForWithHint: (args) => ({
    call: 'bond',
    amount: args.number(),
    owner: args.account(),
    to: args.account(),
    oldHint: args.hint(),
    newHint: args.hint(),
  }),
  unbond: (args) => ({ call: 'unbond', amount: args.number() }),
  unbondWithHint: (args) => ({ call: 'unbond', amount: args.number(), hint: args.hint() }),
  rebond: (args) => ({ call: 'rebond', lockId: args.number() }),
  rebondWithHint: (args) => ({ call: 'rebond', lockId: args.number(), hint: args.hint() }),
  rebondFromUnbonded: (args) => ({
    call: 'rebondFromUnbonded',
    to: args.account(),
    lockId: args.number(),
  }),
  rebondFromUnbondedWithHint: (args) => ({
    call: 'rebondFromUnbonded',
    to: args.account(),
    lockId: args.number(),
    hint: args.hint(),
  }),
  transferBond: (args) => ({
    call: 'transferBond',
    to: args.account(),
    amount: args.number(),
    oldHint: args.hint(),
    newHint: args.hint(),
  }),
  withdrawStake: (args) => ({ call: 'withdrawStake', lockId: args.number() }),
  withdrawFees: (args) => ({ call: 'withdrawFees', recipient: args.account(), amount: args.number() }),
  claimEarnings: () => ({ call: 'claimEarnings' }),
  transcoder: (args) => ({ call: 'transcoder', rewardCut: args.number(), feeShare: args.number() }),
  transcoderWithHint: (args) => ({
    call: 'transcoder',
    rewardCut: args.number(),
    feeShare: args.number(),
    hint: args.hint(),
  }),
  reward: () => ({ call: 'reward' }),
  rewardWithHint: (args) => ({ call: 'reward', hint: args.hint() }),
  setRewardCaller: (args) => ({ call: 'setRewardCaller', rewardCaller: args.account() }),
  rewardForTranscoder: (args) => ({ call: 'rewardForTranscoder', transcoder: args.account() }),
  rewardForTranscoderWithHint: (args) => ({
    call: 'rewardForTranscoder',
    transcoder: args.account(),
    hint: args.hint(),
  }),
  slashTranscoder: (args) => ({
    call: 'slashTranscoder',
    transcoder: args.account(),
    finder: args.account(),
    slashAmount: args.number(),
    finderFee: args.number(),
  }),
  fundDeposit: (args) => ({ call: 'fundDeposit', value: args.number() }),
  fundReserve: (args) => ({ call: 'fundReserve', value: args.number() }),
  fundDepositAndReserve: (args) => ({
    call: 'fundDepositAndReserve',
    deposit: args.number(),
    reserve: args.number(),
  }),
  fundDepositAndReserveFor: (args) => ({
    call: 'fundDepositAndReserve',
    account: args.account(),
    deposit: args.number(),
    reserve: args.number(),
  }),
  unlock: () => ({ call: 'unlock' }),
  cancelUnlock: () => ({ call: 'cancelUnlock' }),
  withdraw: () => ({ call: 'withdraw' }),
}

/** Call of a step, without the clock. `nonce`: of the ticket, if it is one that names only recipient and face value. */
export async function actionOf(
  { by: name, op, args }: Pick<Step, 'by' | 'op' | 'args'>,
  protocol: Protocol,
  nonce: number,
): Promise<Action> {
  const by = addressOf(name)
  if (op === 'redeemWinningTicket') {
    const [recipient = '', faceValue = ''] = args
    const { round } = protocol.read
    const spec = { recipient, faceValue: BigInt(faceValue), nonce, round, flaw: 'none' } as const
    return { by, call: op, winning: await ticketOf(spec) }
  }
  const tickets = (): Promise<WinningTicket[]> => Promise.all(args.map((text) => ticketOf(parseSpec(text))))
  if (op === 'redeem') return { by, call: 'redeemWinningTicket', winning: (await tickets())[0]! }
  if (op === 'batchRedeem') return { by, call: 'batchRedeemWinningTickets', winnings: await tickets() }
  const call = CALLS[op]
  if (!call) throw new Error(`unknown call ${op}`)
  // A caller added to a call is an action of that call.
  return { ...call(new Arguments(args)), by } as Action
}
