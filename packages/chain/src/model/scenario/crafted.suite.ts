/** @module Scenarios written by hand: exactly what still fits, batches that fall apart, rounds whose length changes. */

import { call, type Draft } from './scenario-world.suite.ts'
import type { ScenarioConfig } from './steps.suite.ts'

const LPT = 10n ** 18n
const PLAIN: Required<ScenarioConfig> = {
  inflation: '220500',
  inflationChange: '500',
  targetBondingRate: '500000000',
  initialSupply: String(1_000_000n * LPT),
  unbondingPeriod: '2',
  numActiveTranscoders: '3',
  each: String(20_000n * LPT),
  keepsVotes: true,
}
const RICH = { ...PLAIN, inflation: '0', each: String(1n << 98n), initialSupply: String(1n << 102n) }

const open = (round: number): Draft => ({ ...call('X', 'initializeRound'), round: String(round) })
const redeem = (...tickets: string[]): Draft =>
  tickets.length === 1 ? call('X', 'redeem', ...tickets) : call('X', 'batchRedeem', ...tickets)

type Crafted = { readonly config: Required<ScenarioConfig>; readonly drafts: readonly Draft[] }

/** By the name of the file. */
export const CRAFTED: Readonly<Record<string, Crafted>> = {
  /** A record of votes holds 91 bits, of the account and of what is delegated to it. */
  'widths-of-votes': {
    config: RICH,
    drafts: [
      open(1000),
      call('T1', 'bond', (1n << 91n) - 1n, 'T1'),
      call('T1', 'bond', 1n, 'T1'),
      call('D1', 'bond', 1n, 'T1'),
      call('T2', 'bond', 1n << 90n, 'T2'),
      call('D2', 'bond', (1n << 90n) - 1n, 'T2'),
      call('D3', 'bond', 1n, 'T2'),
      call('D2', 'bond', 1n, 'T2'),
      open(1001),
      call('T1', 'unbond', 1n),
      call('D1', 'bond', 1n, 'T1'),
      call('T1', 'rebond', 0n),
      call('D1', 'unbond', 1n),
      call('D2', 'transferBond', 'T1', 1n, '0', '0', '0', '0'),
      call('D2', 'transferBond', 'D3', 1n, '0', '0', '0', '0'),
    ],
  },
  /** Without votes: 96 bits for stake and for the sum of all; 112 for a deposit and a reserve. */
  'widths-of-stake-and-funds': {
    config: { ...RICH, keepsVotes: false },
    drafts: [
      open(1000),
      call('T1', 'bond', (1n << 96n) - 1n, 'T1'),
      call('T1', 'bond', 1n, 'T1'),
      call('D1', 'bond', 1n, 'T1'),
      call('T2', 'bond', 1n, 'T2'),
      call('T2', 'bond', 1n << 96n, 'T2'),
      call('T2', 'bond', (1n << 256n) - 1n, 'T2'),
      open(1001),
      call('T1', 'unbond', 1n),
      call('T2', 'bond', 1n, 'T2'),
      call('T1', 'rebond', 0n),
      call('D1', 'bond', 1n, 'T1'),
      call('deployer', 'setUnbondingPeriod', (1n << 32n) - 1n),
      call('T2', 'unbond', 1n),
      call('deployer', 'setUnbondingPeriod', 1n << 32n),
      call('B', 'fundDeposit', (1n << 112n) - 1n),
      call('B', 'fundDeposit', 1n),
      call('B', 'fundReserve', (1n << 112n) - 2n),
      call('B', 'fundDepositAndReserve', 0n, 1n),
      call('B', 'fundDepositAndReserve', 1n, 1n),
      call('B', 'fundDepositAndReserve', 0n, 1n),
      call('deployer', 'setUnlockPeriod', (1n << 32n) - 1n),
      call('B', 'unlock'),
      call('deployer', 'setUnlockPeriod', 0n),
      call('B', 'unlock'),
      redeem('T1/1/1/1001/none'),
      call('B', 'withdraw'),
    ],
  },
  /** The sum of a run can't be booked, a part of it can; what is not paid stays unused. */
  'batches-that-fall-apart': {
    config: PLAIN,
    drafts: [
      open(1000),
      call('T1', 'bond', 100n * LPT, 'T1'),
      call('B', 'fundReserve', 1n << 100n),
      open(1001),
      redeem(`T1/${1n << 97n}/1/1001/none`, 'T1/5/2/1001/none', 'T1/7/3/1001/forged'),
      redeem(`T1/${1n << 97n}/1/1001/none`),
      redeem('T1/5/2/1001/none'),
      redeem(`T1/${(1n << 96n) - 6n}/4/1001/none`),
      redeem('T1/1/5/1001/none'),
      redeem('T1/1/5/1001/none', 'T1/0/6/1001/none', 'T1/1/7/1001/none'),
      call('T1', 'reward'),
      open(1002),
      call('T1', 'claimEarnings', 0n),
      redeem('T1/1/5/1001/none', 'T1/0/6/1001/none', 'T1/3/8/1002/none'),
      call('B', 'fundDeposit', 10n),
      redeem('D5/0/9/1002/none', 'D5/3/10/1002/none', 'T1/2/11/1002/none', 'D5/4/12/1002/none'),
      redeem('D5/0/9/1002/none'),
      redeem('D5/3/10/1002/none'),
      open(1003),
      redeem('T1/1/13/1001/none', 'T1/1/14/1002/none', 'T1/1/15/1003/none', 'T1/1/16/1004/none'),
      redeem('T1/1/13/1001/none'),
      call('X', 'batchRedeem'),
    ],
  },
  /** A shorter round may have ended before; a longer one moves the end of the present round. */
  'rounds-of-changing-length': {
    config: PLAIN,
    drafts: [
      open(1000),
      call('T1', 'bond', 100n * LPT, 'T1'),
      call('B', 'fundDeposit', LPT),
      open(1001),
      call('X', 'wait', 20n),
      call('deployer', 'setRoundLength', 30n),
      call('X', 'wait', 9n),
      call('T1', 'transcoder', 1n, 2n),
      call('T1', 'reward'),
      call('T1', 'transcoder', 1n, 2n),
      call('X', 'wait', 1n),
      call('T1', 'reward'),
      call('X', 'initializeRound'),
      call('X', 'wait', 25n),
      call('deployer', 'setRoundLength', 5n),
      redeem('T1/1/1/1002/none'),
      call('T1', 'bond', 1n, 'T1'),
      call('X', 'initializeRound'),
      redeem('T1/1/2/1002/none', 'T1/1/3/1007/none'),
      call('T1', 'reward'),
      call('deployer', 'setRoundLength', 1n << 64n),
      call('deployer', 'setRoundLength', 0n),
      call('deployer', 'setRoundLength', 1n << 40n),
      call('X', 'wait', 1_000n),
      call('T1', 'unbond', 5n),
      open(1008),
      call('T1', 'reward'),
    ],
  },
}
