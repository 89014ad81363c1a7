import { expect, test } from 'vitest'
import { parseRelayerConfig } from './config.ts'

const end = { rpcUrl: 'http://127.0.0.1:8545', controller: `0x${'1'.repeat(40)}` }
const settings = { l1: end, l2: end, privateKey: `0x${'2'.repeat(64)}` }

test('has defaults for everything but the chains and the key', () => {
  expect(parseRelayerConfig(settings)).toEqual({ ...settings, confirmations: 1, pollMs: 500 })
})

test.each([
  [{ ...settings, confirmations: 0 }, 'confirmations'],
  [{ ...settings, l1: { ...end, rpcUrl: 'ftp://x' } }, 'l1.rpcUrl'],
  [{ ...settings, privateKey: '0xabc' }, 'privateKey'],
  [{ ...settings, colour: 1 }, 'colour'],
])('names the setting that is wrong', (wrong, name) => {
  expect(() => parseRelayerConfig(wrong)).toThrow(name)
})

test('does not repeat the key it refuses', () => {
  const privateKey = `0x${'3'.repeat(63)}`
  expect(() => parseRelayerConfig({ ...settings, privateKey })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(privateKey) }),
  )
})
