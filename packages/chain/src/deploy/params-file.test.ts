import fc from 'fast-check'
import { expect, test } from 'vitest'
import { devnetParams, mainnetParams } from './params.ts'
import { paramsDocument, parseParams } from './params-file.ts'

const parse = (value: unknown) => parseParams(JSON.stringify(value))

function fieldOf(value: unknown): unknown {
  try {
    parse(value)
  } catch (error) {
    return error instanceof Object && 'facts' in error ? (error.facts as { field: string }).field : error
  }
  return 'accepted'
}

test('nothing is mainnet, and a base may be named', () => {
  expect(parse({})).toEqual(mainnetParams)
  expect(parse({ base: 'devnet' })).toEqual(devnetParams)
})

test('single values override those of the base', () => {
  const given = {
    base: 'devnet',
    roundLength: 50,
    treasuryRewardCutRate: '50000000000000000000000000',
    treasuryBalanceCeiling: '0.5',
    controllerOwner: 'governor',
    stablecoin: 'none',
    governance: { votingPeriod: 3 },
  }
  expect(parse(given)).toEqual({
    ...devnetParams,
    roundLength: 50n,
    treasuryRewardCutRate: 5n * 10n ** 25n,
    treasuryBalanceCeiling: 5n * 10n ** 17n,
    controllerOwner: 'governor',
    stablecoin: 'none',
    governance: { ...devnetParams.governance, votingPeriod: 3n },
  })
})

test.each([
  [{ roundLength: 0 }, 'roundLength'],
  [{ roundLength: 1.5 }, 'roundLength'],
  [{ roundLength: -1 }, 'roundLength'],
  [{ roundLength: '1e3' }, 'roundLength'],
  [{ roundLength: null }, 'roundLength'],
  [{ roundLockAmount: 1_000_001 }, 'roundLockAmount'],
  [{ inflation: 1_000_000_001 }, 'inflation'],
  [{ treasuryRewardCutRate: '1000000000000000000000000001' }, 'treasuryRewardCutRate'],
  [{ treasuryBalanceCeiling: 750_000 }, 'treasuryBalanceCeiling'],
  [{ treasuryBalanceCeiling: '999999999999.1' }, 'treasuryBalanceCeiling'],
  [{ treasuryBalanceCeiling: '0.1234567890123456789' }, 'treasuryBalanceCeiling'],
  [{ ticketValidityPeriod: 0 }, 'ticketValidityPeriod'],
  [{ governance: { votingPeriod: 0 } }, 'governance.votingPeriod'],
  [{ governance: { votingDelay: 65_536 } }, 'governance.votingDelay'],
  [{ governance: { quorums: 1 } }, '"quorums"'],
  [{ governance: [] }, 'governance'],
  [{ verifier: { finderFee: 500_001 } }, 'verifier.finderFee'],
  [{ controllerOwner: 'me' }, 'controllerOwner'],
  [{ base: 'testnet' }, 'base'],
  [{ base: 'toString' }, 'base'],
  [{ genesis: {} }, '"genesis"'],
  [JSON.parse('{"__proto__": {}}'), '"__proto__"'],
  [[], ''],
  ['mainnet', ''],
])('refuses %j and names the field', (value, field) => {
  expect(fieldOf(value)).toBe(field)
})

test('refuses what is not JSON, or far too long', () => {
  expect(() => parseParams('{')).toThrow(expect.objectContaining({ code: 'DEPLOY_PARAMS' }))
  expect(() => parseParams(' '.repeat(100_001))).toThrow(expect.objectContaining({ code: 'DEPLOY_PARAMS' }))
})

test('a document of parameters reads as those parameters', () => {
  const number = (max: bigint) => fc.bigInt({ min: 1n, max })
  const some = fc.record({
    roundLength: number(10_000_000n),
    treasuryRewardCutRate: number(10n ** 27n),
    treasuryBalanceCeiling: number((10n ** 12n - 1n) * 10n ** 18n),
    proposalThreshold: number(10n ** 27n),
  })
  fc.assert(
    fc.property(some, ({ proposalThreshold, ...numbers }) => {
      const governance = { ...mainnetParams.governance, proposalThreshold }
      const params = { ...mainnetParams, ...numbers, governance }
      expect(parse(paramsDocument(params))).toEqual(params)
    }),
    { seed: 7 },
  )
})
