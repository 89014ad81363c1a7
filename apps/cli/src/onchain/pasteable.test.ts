import { expect, test } from 'vitest'
import { DEFAULT_DATA } from '../options.ts'
import { pasteable, pasteableAdvice } from './pasteable.ts'

const given = { account: 'delegator', data: '/tmp/a b', rpc: 'http://127.0.0.1:9545' }
const OPTIONS = "--account delegator --rpc http://127.0.0.1:9545 --data '/tmp/a b'"

test.each([
  ['tessera stake withdraw 1 from round 8 on', `./tessera stake withdraw 1 ${OPTIONS} from round 8 on`],
  ['tessera gov vote 2609416477 for', `./tessera gov vote 2609416477 for ${OPTIONS}`],
  ['tessera gov poll show 0xAb1; a later vote', `./tessera gov poll show 0xAb1 ${OPTIONS}; a later vote`],
  [
    'tessera gov update execute 0xab from block 2',
    `./tessera gov update execute 0xab ${OPTIONS} from block 2`,
  ],
  ['tessera transaction 0xab', `./tessera transaction 0xab ${OPTIONS}`],
  [
    'it is shared from round 7 on: tessera stake show',
    `it is shared from round 7 on: ./tessera stake show ${OPTIONS}`,
  ],
])('the next command carries the options that were given: %s', (line, text) => {
  expect(pasteable(line, given, {})).toBe(text)
})

test('is called as the program was started', () => {
  const environment = { TESSERA_PROGRAM: '../my checkout/tessera' }
  expect(pasteable('tessera stake show', {}, environment)).toBe("'../my checkout/tessera' stake show")
  expect(pasteable('tessera stake show', {}, {})).toBe('./tessera stake show')
})

test('leaves out what holds anyway, and what the line says itself', () => {
  const environment = { TESSERA_RPC: given.rpc }
  expect(pasteable('tessera stake show', { rpc: given.rpc, data: DEFAULT_DATA }, environment)).toBe(
    './tessera stake show',
  )
  const own = { controller: '0x1', l1Rpc: 'http://127.0.0.1:1' }
  expect(pasteable('tessera round init --controller 0x2', own, {})).toBe(
    './tessera round init --controller 0x2',
  )
  expect(pasteable('tessera bridge claim 0', own, {})).toBe(
    './tessera bridge claim 0 --controller 0x1 --l1-rpc http://127.0.0.1:1',
  )
})

test('a fact, and a command that runs a node, carry no options', () => {
  expect(pasteable('it is active from round 2 on', given, {})).toBe('it is active from round 2 on')
  const node = 'tessera orchestrator --config FILE runs the node'
  expect(pasteable(node, given, {})).toBe(`./${node}`)
})

test('advice names the program; only a command after a colon gets the options', () => {
  expect(pasteableAdvice('Look again with: tessera transaction 0xab', { account: '7' }, {})).toBe(
    'Look again with: ./tessera transaction 0xab --account 7',
  )
  expect(pasteableAdvice('tessera bridge status lists them.', { account: '7' }, {})).toBe(
    './tessera bridge status lists them.',
  )
  expect(pasteableAdvice('Start it with ./tessera up, or give --rpc.', {}, {})).toBe(
    'Start it with ./tessera up, or give --rpc.',
  )
})
