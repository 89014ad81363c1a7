import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { livepeerTokenBytecode } from '@tessera/chain/abis/bytecode/livepeer-token'
import { ChainClient } from '@tessera/chain/client'
import { LivepeerToken } from '@tessera/chain/contracts/token'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { MerkleMine } from '@tessera/chain/genesis/merkle-mine'
import { parseReport } from '@tessera/chain/genesis/parse-report'
import { Anvil } from '@tessera/chain/node/anvil'
import { mineBlocks } from '@tessera/chain/node/dev-chain'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import { LocalSigner } from '@tessera/chain/node/signer'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { lpt } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
const LPT = 10n ** 18n
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const account = (index: number) => LocalSigner.fromMnemonic(DEVNET_MNEMONIC, index)
const plan = {
  supply: '90',
  community: '90',
  team: [],
  earlyDevelopers: [],
  balanceThreshold: '5',
  genesisBlock: 0,
  cliffBlocks: 30,
  callerPeriodBlocks: 100,
}
let folder: string
let anvil: Anvil
let client: ChainClient

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genesis-test-'))
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  const rows = [1, 2, 3, 4].map((index) => `${account(index).address},${index === 4 ? 4 : 5}`)
  await writeFile(join(folder, 'list.csv'), `address,balance\n${rows.join('\n')}\n`)
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan))
})
afterAll(async () => {
  await anvil?.close()
  await rm(folder, { recursive: true, force: true })
})

type Outcome = { readonly status: number; readonly out: string; readonly err: string }

function tessera(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'genesis', ...args], { cwd: folder }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })
}

const build = (...args: readonly string[]) => tessera('build', 'list.csv', '--plan', 'plan.json', ...args)

async function deployMine(from = 'out'): Promise<{ mine: MerkleMine; token: LivepeerToken }> {
  const report = parseReport(await readFile(join(folder, from, 'report.json'), 'utf8'))
  await using sender = await TransactionManager.start(
    { pollMs: 20 },
    { ...deps, client, signer: account(0), store: new MemoryIntentStore() },
  )
  const created = await sender.execute({ data: livepeerTokenBytecode, value: 0n, what: 'create token' })
  const token = new LivepeerToken(client, created.contractAddress!)
  const at = await sender.execute(MerkleMine.creation(token.address, report))
  const mine = new MerkleMine(client, at.contractAddress!)
  await sender.execute(token.grantMinterRole(sender.address))
  await sender.execute(token.mint(mine.address, lpt(90n * LPT)))
  await sender.execute(mine.start())
  return { mine, token }
}

test('builds, checks, proves and claims a genesis from the command line', async () => {
  const built = await build('--out', 'out', '--json')
  expect(built.status, built.err + built.out).toBe(0)
  expect(JSON.parse(built.out).result).toMatchObject({
    tree: { recipients: 3 },
    excluded: { belowThreshold: 1 },
  })
  expect(await readFile(join(folder, 'out/excluded.csv'), 'utf8')).toContain(',below-threshold\n')
  expect((await build('--check', 'out/report.json')).out).toContain('says exactly this')
  expect(await build('--out', 'out')).toMatchObject({ status: 2, err: expect.stringContaining('--force') })

  const proven = await tessera('prove', account(2).address, '--from', 'out', '--json')
  const { proof, amount } = JSON.parse(proven.out).result
  expect(amount).toBe(String(30n * LPT))
  const excluded = await tessera('prove', account(4).address, '--from', 'out', '--json')
  expect(JSON.parse(excluded.out)).toMatchObject({ ok: false, error: { code: 'GENESIS_NOT_LISTED' } })
  expect(excluded.status).toBe(9)

  const { mine, token } = await deployMine()
  const claim = (who: number, ...args: readonly string[]) =>
    tessera('claim', ...args, '--mine', mine.address, '--rpc', anvil.url, '--account', String(who), '--json')
  const dry = await claim(1, '--from', 'out', '--dry-run')
  expect(JSON.parse(dry.out)).toMatchObject({
    dryRun: true,
    changes: [{ before: '0', after: String(30n * LPT) }],
  })
  expect(await token.balanceOf(account(1).address)).toBe(0n)
  expect((await claim(1, '--from', 'out')).status).toBe(0)
  expect(await token.balanceOf(account(1).address)).toBe(30n * LPT)

  const again = await claim(1, '--from', 'out')
  expect(again.status).toBe(0)
  expect(JSON.parse(again.out)).toMatchObject({ ok: true, transactions: [] })
  expect((await claim(1, account(2).address, '--from', 'out')).out).toContain('CallerPeriodNotStarted')
  await mineBlocks(client, 200)
  const other = await claim(1, account(2).address, '--proof', proof)
  expect(other.status, other.out).toBe(0)
  expect(await token.balanceOf(account(1).address)).toBe(60n * LPT)
  expect(await token.balanceOf(account(2).address)).toBe(0n)
})

test('claims for many at once, from a list or from proofs, each share once', {
  timeout: 300_000,
}, async () => {
  const rows = Array.from({ length: 9 }, (_, k) => account(20 + k).address)
  await writeFile(join(folder, 'many.csv'), `${rows.join('\n')}\n`)
  await writeFile(
    join(folder, 'many.json'),
    JSON.stringify({ ...plan, balanceThreshold: '0', cliffBlocks: 1000 }),
  )
  const built = await tessera('build', 'many.csv', '--plan', 'many.json', '--out', 'many')
  expect(built.status, built.err).toBe(0)
  const { mine, token } = await deployMine('many')
  await writeFile(join(folder, 'accounts.txt'), rows.slice(0, 5).join('\n'))
  const claim = async (...args: readonly string[]) => {
    const at = ['--mine', mine.address, '--rpc', anvil.url, '--account', '1', '--json', '--batch', '2']
    const { status, out } = await tessera('claim-many', ...args, ...at)
    return { status, ...JSON.parse(out) }
  }
  const early = await claim('accounts.txt', '--from', 'many')
  expect(early).toMatchObject({ status: 8, error: { facts: { reason: 'CallerPeriodNotStarted' } } })
  await mineBlocks(client, 1200)

  const dry = await claim('accounts.txt', '--from', 'many', '--dry-run')
  expect(dry).toMatchObject({ status: 0, result: { gained: null } })
  expect(dry.result.claimed).toHaveLength(5)
  const done = await claim('accounts.txt', '--from', 'many')
  expect(done.transactions.map(({ what }: { what: string }) => what)).toEqual([
    'create MultiMerkleMine',
    ...Array.from({ length: 3 }, () => 'MultiMerkleMine.multiGenerate'),
  ])
  expect(done.result).toMatchObject({ gained: String(50n * LPT), paidBefore: 0 })
  expect(await token.balanceOf(account(1).address)).toBe(50n * LPT)

  // The whole share is the caller's by now, so nothing of it came to the accounts.
  const proofs = await tessera('prove', '--accounts', 'all.txt', '--from', 'many')
  expect(proofs.status).toBe(2)
  await writeFile(join(folder, 'all.txt'), rows.join('\n'))
  const printed = await tessera('prove', '--accounts', 'all.txt', '--from', 'many')
  await writeFile(join(folder, 'proofs.json'), printed.out)
  const rest = await claim('proofs.json')
  expect(rest.transactions).toHaveLength(2)
  expect(rest.result).toMatchObject({ paidBefore: 5, gained: String(40n * LPT) })
  expect(await claim('proofs.json')).toMatchObject({ status: 0, transactions: [] })
})

test('says where list, plan or report are wrong, with the exit status of wrong input', async () => {
  await writeFile(join(folder, 'bad.csv'), `${account(1).address}\nnobody\n`)
  const bad = await tessera('build', 'bad.csv', '--plan', 'plan.json', '--out', 'bad', '--json')
  expect(bad.status).toBe(2)
  expect(JSON.parse(bad.out).error).toMatchObject({ code: 'GENESIS_CSV' })
  expect(await tessera('prove', account(1).address, '--from', 'bad')).toMatchObject({ status: 2 })
  expect(await build('--check', 'plan.json')).toMatchObject({
    status: 1,
    err: expect.stringContaining('plan.json'),
  })
  expect(await build()).toMatchObject({ status: 2, err: expect.stringContaining('--out') })
  expect(await tessera('build', 'none.csv', '--plan', 'plan.json', '--out', 'none')).toMatchObject({
    status: 2,
  })
  await writeFile(join(folder, 'plan2.json'), JSON.stringify({ ...plan, supply: '91' }))
  const wrong = await tessera('build', 'list.csv', '--plan', 'plan2.json', '--out', 'none', '--json')
  expect(JSON.parse(wrong.out).error).toMatchObject({
    code: 'GENESIS_PLAN',
    facts: { difference: String(LPT) },
  })
})
