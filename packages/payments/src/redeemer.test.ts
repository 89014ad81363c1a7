import { round, wei } from '@tessera/protocol/units'
import { toHex } from '@tessera/runtime/bytes'
import { silentLog } from '@tessera/runtime/log'
import { noopMetrics } from '@tessera/runtime/metrics'
import { describe, expect, it } from 'vitest'
import { createWorld, overTheWire, RECIPIENT, termsOf, WORK, type World } from './payments-world.suite.ts'
import { Redeemer } from './redeemer.ts'
import type { WaitReason } from './redemption-step.ts'

function redeemerOf({ chain, store }: World): Redeemer {
  return new Redeemer(
    { recipient: RECIPIENT, validityRounds: 2n, finalBlocks: 3n, concurrency: 8 },
    { store, broker: chain, cost: chain, chain, log: silentLog, metrics: noopMetrics },
  )
}

/** A world with winning tickets in the store; parameters open for 6 blocks more. */
async function worldWithWins(): Promise<{ world: World; wins: number }> {
  const world = await createWorld({ seed: 3 })
  const quote = await termsOf(world.recipient)
  const staged = await world.sender.stage({ quote, balanceKey: WORK.balanceKey, fee: wei(10n ** 14n) })
  const { winners } = await world.recipient.receive(WORK, overTheWire(staged.payment))
  expect(winners).toBeGreaterThan(0)
  return { world, wins: winners }
}

async function pass(redeemer: Redeemer): Promise<void> {
  await redeemer.pass()
  await redeemer.idle()
}

const statesOf = async ({ store }: World): Promise<string[]> =>
  (await store.openWins()).map(({ state }) => state.kind)

describe('a redeemer', () => {
  it('keeps recipientRand secret until the parameters expired, then redeems each ticket once', async () => {
    const { world, wins } = await worldWithWins()
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    expect([...redeemer.waiting.values()]).toEqual(Array(wins).fill('params-open'))
    world.chain.mine(5n)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(0)
    world.chain.mine()
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(wins)
    expect(await statesOf(world)).toEqual(Array(wins).fill('mined'))
    await pass(redeemer)
    world.chain.mine(3n)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(wins)
    expect(await world.store.openWins()).toEqual([])
    expect(redeemer.waiting.size).toBe(0)
  })

  it('finishes what a crash interrupted, before and after the transaction was mined', async () => {
    const { world, wins } = await worldWithWins()
    world.chain.mine(6n)
    for (const win of await world.store.openWins())
      await world.store.setWinState(win.hash, { kind: 'redeeming' })
    world.chain.forgetsAnswer = true
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    await using restarted = redeemerOf(world)
    await pass(restarted)
    expect(world.chain.paid).toHaveLength(wins)
    expect(await statesOf(world)).toEqual(Array(wins).fill('mined'))
  })

  it('redeems again when a reorganisation undid it', async () => {
    const { world, wins } = await worldWithWins()
    world.chain.mine(6n)
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    world.chain.used.clear()
    world.chain.paid.length = 0
    world.chain.mine()
    await pass(redeemer)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(wins)
  })

  it('takes a redemption by somebody else for its own', async () => {
    const { world } = await worldWithWins()
    for (const win of await world.store.openWins())
      world.chain.used.add(toHex(Buffer.from(win.hash.slice(2), 'hex')))
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    world.chain.mine(3n)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(0)
    expect(await world.store.openWins()).toEqual([])
  })

  const reasons: [string, WaitReason, (world: World) => void, (world: World) => void][] = [
    [
      'the round is not initialised',
      'round-not-initialized',
      ({ chain }) => Object.assign(chain, { isRoundInitialized: false }),
      ({ chain }) => Object.assign(chain, { isRoundInitialized: true }),
    ],
    [
      'the sender has no funds',
      'sender-without-funds',
      ({ chain }) => Object.assign(chain, { deposit: 0n, reserve: 0n }),
      ({ chain }) => Object.assign(chain, { deposit: 10n ** 18n }),
    ],
    [
      'the sender is unlocked',
      'sender-unlocked',
      ({ chain }) => Object.assign(chain, { withdrawRound: round(1n) }),
      ({ chain }) => Object.assign(chain, { withdrawRound: round(0n) }),
    ],
    [
      'gas is dearer than the prize',
      'cost-above-value',
      ({ chain }) => Object.assign(chain, { cost: 10n ** 17n }),
      ({ chain }) => Object.assign(chain, { cost: 10n ** 12n }),
    ],
  ]
  it.each(reasons)('waits while %s, and goes on after', async (_, reason, spoil, mend) => {
    const { world, wins } = await worldWithWins()
    world.chain.mine(6n)
    spoil(world)
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    expect([...redeemer.waiting.values()]).toEqual(Array(wins).fill(reason))
    mend(world)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(wins)
  })

  it('outlives a chain that cannot be asked', async () => {
    const { world, wins } = await worldWithWins()
    world.chain.mine(6n)
    world.chain.isReachable = false
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    world.chain.isReachable = true
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(wins)
  })

  it('gives a ticket up only when its validity period is over', async () => {
    const { world } = await worldWithWins()
    world.chain.mine(40n)
    await using redeemer = redeemerOf(world)
    await pass(redeemer)
    expect(world.chain.paid).toHaveLength(0)
    expect(await world.store.openWins()).toEqual([])
  })

  it('looks again at each block until it is closed', async () => {
    const { world, wins } = await worldWithWins()
    const redeemer = redeemerOf(world)
    redeemer.start()
    for (let block = 0; block < 12; block++) {
      world.chain.mine()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await redeemer.close()
    expect(world.chain.paid).toHaveLength(wins)
  })
})
