import { GOVERNED_NAMES, type GovernedAddresses } from '@tessera/chain/governance/contract-abis'
import { settingCall } from '@tessera/chain/governance/parameters'
import { actionOf, type ProposalAction } from '@tessera/chain/governance/proposal'
import { address } from '@tessera/protocol/address'
import { expect, test } from 'vitest'
import { governorDoubt } from './doubt.ts'

const addresses = Object.fromEntries(
  GOVERNED_NAMES.map((name, k) => [name, address((k + 1).toString(16).padStart(40, '0'))]),
) as GovernedAddresses
const set = (name: string, value: bigint): ProposalAction => actionOf(settingCall(name, value, addresses))

test('a call that the governor would refuse to make of itself is doubted, however it was written', () => {
  const actions = [set('rounds.length', 0n), set('governor.quorum', 1_330_000n)]
  expect(governorDoubt(actions, addresses)).toBe(
    'LivepeerGovernor.updateQuorumNumerator(1330000) would fail: The value of governor.quorum must be from 0 to 100 %, and is 133.',
  )
})

test('what the governor takes, and what is no setting, is not doubted', () => {
  const { LivepeerGovernor: target } = addresses
  const actions: readonly ProposalAction[] = [
    set('governor.quorum', 1_000_000n),
    { target, value: 0n, data: '0x12345678' },
    { target, value: 0n, data: '0x' },
  ]
  expect(governorDoubt(actions, addresses)).toBeUndefined()
})
