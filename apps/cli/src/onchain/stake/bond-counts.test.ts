import type { RoundTimes } from '@tessera/chain/round-times'
import { address } from '@tessera/protocol/address'
import { blockNumber, round } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { assertBondCounts } from './bond-counts.ts'

const times: RoundTimes = {
  currentRound: round(7n),
  isInitialized: true,
  isLocked: false,
  block: blockNumber(150n),
  startBlock: blockNumber(140n),
  roundLength: 20n,
  secondsPerBlock: 1,
}
const bond = (status: string) => ({ account: address('12'.repeat(20)), status, startRound: 8n })

test('in the round of bonding the error says from when on stake can be taken out', () => {
  expect(() => assertBondCounts(bond('pending'), times)).toThrow(/counts from round 8 on, in about 10 s/)
})

test.each(['bonded', 'unbonded'])('a status of %s is left to the contract', (status) => {
  expect(() => assertBondCounts(bond(status), times)).not.toThrow()
})
