import { systemClock } from '@tessera/runtime/clock'
import { expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import { FakeNode } from '../fake-node.suite.ts'
import { assertRoundsFit } from './rounds-fit.ts'

const ROUNDS = 2n ** 24n
const LEFT = 2n ** 20n

async function chainAt(block: bigint): Promise<ChainClient> {
  const node = new FakeNode()
  node.handlers.set('eth_call', () => `0x${block.toString(16).padStart(64, '0')}`)
  return ChainClient.connect({ url: 'http://node.test' }, { clock: systemClock, fetch: node.fetch })
}

test('rounds fit while a million of them are left', async () => {
  const last = (ROUNDS - LEFT) * 50n - 1n
  await assertRoundsFit(await chainAt(last), 50n)
  await expect(assertRoundsFit(await chainAt(last + 1n), 50n)).rejects.toMatchObject({
    code: 'DEPLOY_TOO_MANY_ROUNDS',
    facts: { round: ROUNDS - LEFT, needs: 51n },
  })
})

test.each([1n, 2n ** 24n, 21_000_000n, 2n ** 63n])(
  'the length that is advised at block %s is enough and no longer than needed',
  async (block) => {
    const chain = await chainAt(block)
    const refused = await assertRoundsFit(chain, 1n).then(
      () => undefined,
      (error: { facts: { needs: bigint } }) => error,
    )
    if (block < ROUNDS - LEFT) return expect(refused).toBeUndefined()
    await assertRoundsFit(chain, refused!.facts.needs)
    await expect(assertRoundsFit(chain, refused!.facts.needs - 1n)).rejects.toMatchObject({
      code: 'DEPLOY_TOO_MANY_ROUNDS',
    })
  },
)

test('an answer that is no number is refused', async () => {
  const node = new FakeNode()
  node.handlers.set('eth_call', () => '0x')
  const deps = { clock: systemClock, fetch: node.fetch }
  const client = await ChainClient.connect({ url: 'http://node.test' }, deps)
  await expect(assertRoundsFit(client, 10n)).rejects.toMatchObject({ code: 'CHAIN_RPC_FAULT' })
})
