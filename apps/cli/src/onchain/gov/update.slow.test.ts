import { controllerAbi } from '@tessera/chain/abis/controller'
import { Contract } from '@tessera/chain/contract'
import { mineBlocks } from '@tessera/chain/node/dev-chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliWorld } from '../cli-process.suite.ts'

/** Some twenty runs of the command line, each a process that loads itself. */
const LIFE_OF_AN_UPDATE_MS = 300_000
let world: CliWorld

beforeAll(async () => {
  world = await CliWorld.start()
})
afterAll(() => world?.[Symbol.asyncDispose]())

const update = (account: string, ...args: readonly string[]) => world.json(account, 'gov', 'update', ...args)

test(
  'an update is staged by the owner, waits, and is executed by anybody',
  async () => {
    const { addresses, bondingManager } = world.devnet.contracts
    const set = ['--set', 'staking.unbondingPeriod=5']
    const doubtful = await world.run([
      'gov',
      'update',
      'stage',
      ...set,
      '--delay',
      '3',
      '--dry-run',
      '--account',
      '0',
    ])
    expect(doubtful.err).toMatch(/would fail when the Governor makes it.*does not own the Controller/s)
    const controller = { name: 'Controller', address: addresses.Controller, abi: controllerAbi }
    const owned = new Contract(world.client, controller).write('transferOwnership', [addresses.Governor!])
    await world.send(world.devnet.deployer, owned)

    const stranger = await update('9', 'stage', ...set, '--delay', '3')
    expect(stranger).toMatchObject({ status: 3, error: { facts: { reason: 'CallerMustBeOwner' } } })
    const staged = await update('deployer', 'stage', ...set, '--delay', '3')
    expect(staged.result).toMatchObject({ nonce: '0', delay: '3' })
    expect(staged.result.actions).toMatchObject([{ text: 'BondingManager.setUnbondingPeriod(5)' }])
    const id: string = staged.result.update
    const twin = await update('deployer', 'stage', ...set, '--delay', '100')
    expect(twin.result).toMatchObject({ nonce: '1' })

    const early = await update('9', 'execute', id.slice(0, 10))
    expect(early).toMatchObject({ status: 8, error: { facts: { reason: 'UpdateDelayNotExpired' } } })
    await mineBlocks(world.client, 3)
    expect((await update('9', 'show', id)).result).toMatchObject({ state: 'staged', update: id })
    expect((await update('9', 'execute', id.slice(2, 12))).status).toBe(0)
    expect(await bondingManager.unbondingPeriod()).toBe(5n)
    expect((await update('deployer', 'cancel', twin.result.update)).status).toBe(0)
    const again = await update('9', 'execute', id)
    expect(again).toMatchObject({ status: 3, error: { facts: { reason: 'UpdateNotStaged' } } })

    const restaged = await update('deployer', 'stage', ...set, '--delay', '0', '--nonce', '1')
    expect(restaged.result.update).toBe(twin.result.update)
    const { result } = await update('9', 'list')
    expect(result.updates).toMatchObject([
      { update: id, state: 'executed', executableAtBlock: null },
      { update: twin.result.update, state: 'staged' },
    ])
    expect((await update('9', 'show', '0x00000000')).status).toBe(9)
  },
  LIFE_OF_AN_UPDATE_MS,
)

test('says why a call of an update fails', { timeout: LIFE_OF_AN_UPDATE_MS }, async () => {
  const staged = await update('deployer', 'stage', '--transfer', '7:gateway', '--delay', '0')
  const failed = await update('9', 'execute', staged.result.update)
  expect(failed).toMatchObject({ status: 3, error: { facts: { reason: 'UpdateCallFailed' } } })
  expect(failed.error.message).toMatch(
    /call 0 of the update, to 0x\w{40}, failed: .*0 LPT.*ERC20InsufficientBalance/,
  )
})
