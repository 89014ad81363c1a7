import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { controllerAbi } from '@tessera/chain/abis/controller'
import { livepeerTokenAbi } from '@tessera/chain/abis/livepeer-token'
import { ChainClient } from '@tessera/chain/client'
import { Contract } from '@tessera/chain/contract'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { mineAtOnce, mineBlocks, mineByInterval } from '@tessera/chain/node/dev-chain'
import { LocalSigner } from '@tessera/chain/node/signer'
import type { Address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Document } from '../cli-process.suite.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
const LPT = 10n ** 18n
const PATIENCE_MS = 120_000
const account = (index: number): Address => LocalSigner.fromMnemonic(DEVNET_MNEMONIC, index).address
const plan = {
  supply: '1000',
  community: '900',
  team: [
    {
      beneficiary: account(5),
      amount: '99.5',
      startSeconds: 1_000_000_000,
      cliffSeconds: 0,
      durationSeconds: 10,
    },
  ],
  earlyDevelopers: [
    {
      beneficiary: account(6),
      amount: '0.5',
      startSeconds: 4_000_000_000,
      cliffSeconds: 0,
      durationSeconds: 10,
    },
  ],
  balanceThreshold: '0',
  genesisBlock: 0,
  cliffBlocks: 1000,
  callerPeriodBlocks: 100,
}
let folder: string
let anvil: Anvil
let client: ChainClient

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-test-'))
  anvil = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  client = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
  await mineAtOnce(client)
  await writeFile(join(folder, 'list.csv'), [1, 2, 3].map(account).join('\n'))
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan))
  await writeFile(join(folder, 'params.json'), JSON.stringify({ base: 'mainnet', roundLength: 50 }))
})
afterEach(async () => {
  await anvil.close()
  await rm(folder, { recursive: true, force: true })
})

type Run = { readonly status: number | null; readonly out: string; readonly err: string }

/** Killed, as a machine that loses power unless another `signal` is given, once `until` is on standard error. */
function run(args: readonly string[], until?: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<Run> {
  const env = { PATH: process.env.PATH, TESSERA_RPC: anvil.url }
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    // Once: a second Ctrl-C ends the program without its last words.
    if (until !== undefined && !child.killed && err.includes(until)) child.kill(signal)
  })
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })))
}

async function json(
  who: number,
  ...args: readonly string[]
): Promise<Document & { readonly status: number | null }> {
  const { status, out, err } = await run([...args, '--account', String(who), '--json'])
  expect(out, err).not.toBe('')
  return { status, ...(JSON.parse(out) as Document) }
}

const deploy = ['protocol', 'deploy', '--params', 'params.json'] as const
const saved = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'))

test(
  'a network is deployed, its genesis paid out and claimed, through a power cut in each part',
  async () => {
    // With a block a second a signal comes in time; with one for each transaction all may be over before.
    await mineByInterval(client, 1)
    const cut = await run([...deploy, '--keep-control', '--account', '0'], '[20/')
    expect(cut.status).toBeNull()
    // What the cut left waiting is mined; until then a deployment says that the account is busy.
    await mineBlocks(client, 1)
    const { addresses, complete } = await saved('deployment.json')
    expect(complete).toBe(false)
    const stopped = await run([...deploy, '--keep-control', '--account', '0', '--json'], '[5/', 'SIGINT')
    expect(stopped.status, stopped.err).toBe(7)
    expect(JSON.parse(stopped.out).error).toMatchObject({
      code: 'CLI_BROKE_OFF',
      message: expect.stringContaining('You stopped waiting.'),
    })
    await mineAtOnce(client)
    await mineBlocks(client, 1)
    const deployed = await json(0, ...deploy, '--keep-control')
    expect(deployed, deployed.error?.message).toMatchObject({ ok: true, result: { inCharge: 'deployer' } })
    expect(deployed.result.controller).toBe(addresses.Controller)
    expect(deployed.transactions.some(({ what }) => what === 'create Controller')).toBe(false)
    expect(await saved('deployment.json')).toMatchObject({
      complete: true,
      addresses: deployed.result.addresses,
      params: { roundLength: 50, unbondingPeriod: 7 },
    })

    const built = await run(['genesis', 'build', 'list.csv', '--plan', 'plan.json', '--out', 'genesis'])
    expect(built.status, built.err).toBe(0)
    await mineByInterval(client, 1)
    expect((await run(['genesis', 'deploy', '--account', '0'], '[4/')).status).toBeNull()
    await mineAtOnce(client)
    await mineBlocks(client, 1)
    expect((await saved('genesis/deployment.json')).complete).toBe(false)
    const paid = await json(0, 'genesis', 'deploy')
    expect(paid, paid.error?.message).toMatchObject({ ok: true, result: { supply: String(1000n * LPT) } })
    expect(await saved('genesis/deployment.json')).toMatchObject({ complete: true, mine: paid.result.mine })

    const token = new Contract(client, {
      name: 'LivepeerToken',
      address: deployed.result.addresses.LivepeerToken,
      abi: livepeerTokenAbi,
    })
    const controller = new Contract(client, {
      name: 'Controller',
      address: deployed.result.controller,
      abi: controllerAbi,
    })
    expect(await token.read('totalSupply', [])).toBe(1000n * LPT)
    const held = paid.result.grants.map(({ address }: { address: Address }) =>
      token.read('balanceOf', [address]),
    )
    expect(await Promise.all(held)).toEqual([(199n * LPT) / 2n, LPT / 2n])
    expect(await controller.read('owner', [])).toBe(deployed.result.addresses.Governor)
    expect(await controller.read('paused', [])).toBe(false)

    const claimed = await json(1, 'genesis', 'claim', '--mine', paid.result.mine)
    expect(claimed, claimed.error?.message).toMatchObject({ ok: true })
    expect(await token.read('balanceOf', [account(1)])).toBe(300n * LPT)
    await mineBlocks(client, 1000)
    const many = await json(7, 'genesis', 'claim-many', 'list.csv', '--mine', paid.result.mine)
    expect(many, many.error?.message).toMatchObject({ ok: true, result: { multi: paid.result.multiMine } })
    expect(many.transactions.map(({ what }) => what)).toEqual(['MultiMerkleMine.multiGenerate'])
    for (const again of [deploy, ['genesis', 'deploy']]) {
      expect(await json(0, ...again)).toMatchObject({ ok: true, transactions: [] })
    }
  },
  PATIENCE_MS,
)

test(
  'a dry run says what it would create and cost, and a deployment creates just that for no more',
  async () => {
    const dry = await json(0, ...deploy, '--dry-run')
    expect(dry).toMatchObject({ ok: true, dryRun: true })
    expect(await client.headNumber()).toBe(0n)
    expect(existsSync(join(folder, 'deployment.json'))).toBe(false)
    const done = await json(0, ...deploy)
    expect(done.result.addresses).toEqual(dry.result.addresses)
    const names = ({ transactions }: Document) => transactions.map(({ what }) => what)
    expect(names(done)).toEqual(names(dry))
    expect(new Set(names(done)).size).toBe(names(done).length)
    expect(names(done)).toContain('Treasury.grantRole PROPOSER_ROLE to LivepeerGovernor')
    const gas = done.transactions.reduce((sum, one) => sum + BigInt(one.gas ?? 0), 0n)
    expect(gas).toBe(BigInt(dry.result.gasEstimate))
    const account0 = await client.balance(account(0))
    expect(10_000n * LPT - account0).toBeLessThanOrEqual(BigInt(dry.result.costAtMost))
  },
  PATIENCE_MS,
)

test(
  'a poor account, wrong parameters, a foreign report and other LPT are refused before anything is sent',
  async () => {
    const poor = await json(50, ...deploy)
    expect(poor).toMatchObject({ status: 4, error: { code: 'CLI_TOO_LITTLE', facts: { hasWei: '0' } } })
    await writeFile(join(folder, 'bad.json'), '{"governance": {"quorum": 1000001}}')
    expect(await json(0, 'protocol', 'deploy', '--params', 'bad.json')).toMatchObject({
      status: 2,
      error: { code: 'DEPLOY_PARAMS', facts: { field: 'governance.quorum' } },
    })
    expect((await json(0, 'protocol', 'deploy', '--params', 'none.json')).status).toBe(2)
    await run(['genesis', 'build', 'list.csv', '--plan', 'plan.json', '--out', 'genesis'])
    expect(await json(0, 'genesis', 'deploy')).toMatchObject({ status: 2, error: { code: 'CLI_USAGE' } })
    expect(await client.headNumber()).toBe(0n)

    await json(0, ...deploy)
    const block = await client.headNumber()
    expect(await json(1, ...deploy)).toMatchObject({ status: 2, error: { code: 'CLI_DEPLOYMENT_FILE' } })
    expect(await json(0, 'protocol', 'deploy')).toMatchObject({ error: { code: 'CLI_DEPLOYMENT_FILE' } })
    // Handed over already: nobody can mint.
    expect(await json(0, 'genesis', 'deploy')).toMatchObject({ error: { code: 'GENESIS_NO_MINTER' } })
    const report = await saved('deployment.json')
    await writeFile(
      join(folder, 'other.json'),
      JSON.stringify({ ...report, genesisHash: `0x${'1'.repeat(64)}` }),
    )
    expect(await json(0, ...deploy, '--out', 'other.json')).toMatchObject({
      error: { message: expect.stringContaining('another chain') },
    })
    expect(await client.headNumber()).toBe(block)
  },
  PATIENCE_MS,
)

test(
  'nothing is sent while transactions of the account wait for a block',
  async () => {
    await client.raw('evm_setAutomine', [false])
    await client.raw('eth_sendTransaction', [{ from: account(0), to: account(1) }])
    expect(await json(0, ...deploy)).toMatchObject({
      status: 8,
      error: { code: 'CLI_ACCOUNT_BUSY', facts: { waiting: 1 } },
      transactions: [],
    })
    expect(existsSync(join(folder, 'deployment.json'))).toBe(false)
  },
  PATIENCE_MS,
)
