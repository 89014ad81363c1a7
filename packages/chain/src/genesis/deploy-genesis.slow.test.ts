import type { Address } from '@tessera/protocol/address'
import { lpt } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { livepeerTokenBytecode } from '../abis/bytecode/livepeer-token.ts'
import { ChainClient } from '../client.ts'
import { LivepeerToken } from '../contracts/token.ts'
import { createContract, type TransactionSender } from '../deploy/deployer.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import { Anvil } from '../node/anvil.ts'
import { ChainCopy } from '../node/chain-copy.ts'
import { mineAtOnce, mineBlocks } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import { deployGenesis, type GenesisContracts } from './deploy-genesis.ts'
import { MerkleMine } from './merkle-mine.ts'
import { type Payout, parsePayout } from './parse-payout.ts'
import { account, accounts, build } from './test-list.suite.ts'
import { VestingGrant } from './vesting-grant.ts'

const LPT = 10n ** 18n
/** Two portions of transactions. */
const GRANTS = 18
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const deployer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0)
let anvil: Anvil
let client: ChainClient
let transactions: TransactionManager
let token: Address
let payout: Payout

beforeEach(async () => {
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  await mineAtOnce(client)
  transactions = await managerOn(client)
  token = await createContract(transactions, 'LivepeerToken', livepeerTokenBytecode)
  payout = await payoutOf({ genesisBlock: 0n, cliffBlocks: 500n })
})
afterEach(async () => {
  await transactions.close()
  await anvil.close()
})

function managerOn(chain: ChainClient, signer = deployer): Promise<TransactionManager> {
  return TransactionManager.start(
    { pollMs: 20 },
    { ...deps, client: chain, signer, store: new MemoryIntentStore() },
  )
}

async function payoutOf(blocks: { genesisBlock: bigint; cliffBlocks: bigint }): Promise<Payout> {
  const team = Array.from({ length: GRANTS }, (_, n) => ({
    beneficiary: account(n),
    amount: LPT + BigInt(n),
    startSeconds: 1_000_000_000,
    cliffSeconds: n,
    durationSeconds: 1000,
  }))
  const sum = team.reduce((total, { amount }) => total + amount, 0n)
  const parts = { community: 100n * LPT + 3n, supply: 100n * LPT + 3n + sum, team }
  const { report } = await build(accounts(7).join('\n'), { ...parts, ...blocks })
  return parsePayout(JSON.stringify(report))
}

async function expectPaidOut({ mine, grants }: GenesisContracts): Promise<void> {
  const lptOf = new LivepeerToken(client, token)
  expect(await lptOf.totalSupply()).toBe(payout.supply)
  expect(await lptOf.balanceOf(mine)).toBe(BigInt(payout.mine.totalTokens))
  expect(await new MerkleMine(client, mine).started()).toBe(true)
  expect(new Set(grants).size).toBe(GRANTS)
  for (const [i, grant] of payout.grants.entries()) {
    const contract = new VestingGrant(client, grants[i]!)
    expect(await contract.owner()).toBe(grant.beneficiary)
    expect(await contract.hasTimesOf(grant)).toBe(true)
    expect(await lptOf.balanceOf(grants[i]!)).toBe(grant.amount)
  }
  const mint = transactions.execute(lptOf.mint(deployer.address, lpt(1n)))
  await expect(mint).rejects.toMatchObject({ reason: 'AccessControlUnauthorizedAccount' })
}

/** Where the contracts will be, as the command line finds out before it begins. */
async function planned(): Promise<GenesisContracts> {
  await using copy = await ChainCopy.start(client, deps)
  await using manager = await managerOn(copy.client)
  return await deployGenesis(payout, { client: copy.client, transactions: manager, token })
}

test('the LPT of a report is in the mine and the grants to the wei, and nobody can mint more', async () => {
  const contracts = await deployGenesis(payout, { client, transactions, token })
  await expectPaidOut(contracts)
  const block = await client.headNumber()
  expect(await deployGenesis(payout, { client, transactions, token }, contracts)).toEqual(contracts)
  expect(await client.headNumber()).toBe(block)
})

test.each([0, 1, 11, 20, 30, 40, 41])(
  'goes on where it broke off after %i transactions, and mints nothing twice',
  async (last) => {
    const before = await planned()
    let sent = 0
    const dying: TransactionSender = {
      address: transactions.address,
      execute: (call) =>
        ++sent > last ? Promise.reject(new Error('the machine is off')) : transactions.execute(call),
    }
    const broken = deployGenesis(payout, { client, transactions: dying, token }, before)
    await expect(broken).rejects.toThrow('the machine is off')
    // Those that were on their way arrive.
    await transactions.close()
    transactions = await managerOn(client)
    await expectPaidOut(await deployGenesis(payout, { client, transactions, token }, before))
  },
)

test('what is planned at an address that another contract has by now is created elsewhere', async () => {
  const before = await planned()
  const other = await createContract(transactions, 'something else', livepeerTokenBytecode)
  expect(other).toBe(before.mine)
  const contracts = await deployGenesis(payout, { client, transactions, token }, before)
  expect(contracts.mine).not.toBe(before.mine)
  await expectPaidOut(contracts)
})

test('is refused when there is LPT already, when others could claim at once, and to those who cannot mint', async () => {
  const early = await payoutOf({ genesisBlock: 1_000_000n, cliffBlocks: 500n })
  const site = { client, transactions, token }
  await expect(deployGenesis(early, site)).rejects.toMatchObject({ code: 'GENESIS_BLOCKS' })
  await using stranger = await managerOn(client, LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 1))
  await expect(deployGenesis(payout, { ...site, transactions: stranger })).rejects.toMatchObject({
    code: 'GENESIS_NO_MINTER',
  })
  await mineBlocks(client, 500)
  await expect(deployGenesis(payout, site)).rejects.toMatchObject({
    code: 'GENESIS_BLOCKS',
    facts: { callerStartBlock: 500n },
  })
  const lptOf = new LivepeerToken(client, token)
  await transactions.execute(lptOf.grantMinterRole(deployer.address))
  await transactions.execute(lptOf.mint(deployer.address, lpt(1n)))
  await expect(deployGenesis(payout, site)).rejects.toMatchObject({ code: 'GENESIS_SUPPLY' })
})
