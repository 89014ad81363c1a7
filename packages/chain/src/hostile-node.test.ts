import { address } from '@tessera/protocol/address'
import { systemClock as clock } from '@tessera/runtime/clock'
import { expect, test } from 'vitest'
import { ChainClient } from './client.ts'
import { RoundsManager } from './contracts/rounds-manager.ts'
import { FakeNode } from './fake-node.suite.ts'
import type { Fetch } from './json-rpc.ts'
import { quoteFees } from './node/fees.ts'
import { estimateGas, findOutcome } from './node/receipts.ts'
import { simulate } from './node/simulate.ts'

const account = address('00000000000000000000000000000000000000aa')
const call = { to: account, data: '0x', value: 0n, what: 'something' } as const
const answers = [
  ...[{}, [], [[]], '0xzz', '0x-1', '-1', '1e9', -1, 1e300, true, ''],
  ...[{ number: 'x' }, { number: '0x1', timestamp: '0x1', hash: null, baseFeePerGas: '-1' }],
  { status: '0x1', blockNumber: null, gasUsed: '0x1' },
]

const questions: Readonly<Record<string, (client: ChainClient) => Promise<unknown>>> = {
  'gas of a call': (client) => estimateGas(client, account, call),
  fees: (client) => quoteFees(client, 10n ** 11n, 'something'),
  outcome: (client) => findOutcome(client, `0x${'11'.repeat(32)}`),
  simulation: (client) => simulate(client, account, [call]),
  balance: (client) => client.balance(account),
  head: (client) => client.headNumber(),
  code: (client) => client.hasCode(account),
  round: (client) => new RoundsManager(client, account).currentRound(),
}

test.each(Object.keys(questions))(
  'nonsense about %s is a fault of the node, never an answer',
  async (name) => {
    const node = new FakeNode()
    let answer: unknown
    let isHostile = false
    const fetch: Fetch = async (to, init) => {
      if (!isHostile) return node.fetch(to, init)
      const asked: unknown = JSON.parse(String(init.body))
      const reply = (call: object) => ({ jsonrpc: '2.0', id: 'id' in call && call.id, result: answer })
      return Response.json(Array.isArray(asked) ? asked.map(reply) : reply(Object(asked)))
    }
    const client = await ChainClient.connect({ url: 'http://node.test' }, { clock, fetch })
    isHostile = true
    for (answer of answers) {
      const outcome = await questions[name]?.(client).catch((error: unknown) => error)
      expect([answer, outcome]).toEqual([answer, expect.objectContaining({ code: 'CHAIN_RPC_FAULT' })])
    }
  },
)
