import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccounts } from './accounts-file.ts'

const one = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const two = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const hash = '12'.repeat(32)

test('takes a line for each account, and leaves comments out', () => {
  expect(parseAccounts(`# mine\n${one}\r\n\n${two.toLowerCase()} # a friend\n`, 'f')).toEqual({
    accounts: [one, two],
  })
})

test('takes a list of accounts with their proofs', () => {
  const proven = [{ account: one, proof: `0x${hash}${hash}` }]
  expect(parseAccounts(JSON.stringify(proven), 'f')).toEqual({ proven })
})

test.each([
  ['', /f names 0 accounts/],
  [`${one}\n${one.slice(0, -1)}9\n`, /Line 2 of f: 0x\w+ does not have its checksum/],
  [`${one}\n${one.toLowerCase()}`, /f names 0x7099\w+ twice/],
  ['[', /f is not JSON/],
  ['[{}]', /Entry 1 of f has no account/],
  [`[{"account":"${one}","proof":"0x12"}]`, /Entry 1 of f has no proof/],
])('refuses %j', (text, words) => {
  expect(() => parseAccounts(text, 'f')).toThrow(words)
})

test('whatever bytes a file holds, it is read or refused with its name', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.json()).map((all) => `[${all}]`),
      ),
      (text) => {
        try {
          parseAccounts(text, 'the-file')
        } catch (error) {
          expect(error).toMatchObject({ code: 'CLI_USAGE', message: expect.stringContaining('the-file') })
        }
      },
    ),
  )
})
