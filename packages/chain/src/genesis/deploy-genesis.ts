/** @module Deploys a genesis as its report says: mine, grants, and the LPT in them; goes on where that broke off. */
import { type Address, sameAddress } from '@tessera/protocol/address'
import { lpt } from '@tessera/protocol/units'
import { keccak256, toBytes } from 'viem'
import { multiMerkleMineBytecode } from '../abis/bytecode/multi-merkle-mine.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { LivepeerToken } from '../contracts/token.ts'
import { createContract, type TransactionSender } from '../deploy/deployer.ts'
import { NoAddressError } from '../deploy/errors.ts'
import { blockOfContracts } from '../deploy/rounds-fit.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { GenesisBlocksError, GenesisSupplyError, NoMinterError } from './errors.ts'
import { MerkleMine } from './merkle-mine.ts'
import { isOtherContract } from './other-contract.ts'
import type { Payout, PayoutGrant } from './parse-payout.ts'
import { VestingGrant } from './vesting-grant.ts'

export type GenesisContracts = {
  readonly mine: Address
  /** For those who claim for many. */
  readonly multiMine: Address
  /** In the order of the report. */
  readonly grants: readonly Address[]
}

export type GenesisSite = {
  readonly client: ChainClient
  /** Of the administrator of LPT's roles. */
  readonly transactions: TransactionSender
  readonly token: Address
}

/** Nodes keep at least so many transactions of an account that wait for a block. */
const AT_ONCE = 16

/**
 * Creates what is not among `known`, mints what is missing in each, starts the mine, and gives the right to mint back.
 *
 * @param known where an earlier run created, or meant to create, its contracts.
 * @throws {GenesisSupplyError} when there is other LPT than that of this genesis.
 * @throws {GenesisBlocksError | NoMinterError | OtherMineError} and as `TransactionSender.execute`.
 */
export async function deployGenesis(
  payout: Payout,
  site: GenesisSite,
  known: Partial<GenesisContracts> = {},
): Promise<GenesisContracts> {
  const contracts = await ensureContracts(payout, site, known)
  await mintMissing(payout, site, contracts)
  const mine = new MerkleMine(site.client, contracts.mine)
  if (!(await mine.started())) await site.transactions.execute(mine.start())
  await giveMintingBack(site)
  return contracts
}

async function ensureContracts(
  payout: Payout,
  site: GenesisSite,
  known: Partial<GenesisContracts>,
): Promise<GenesisContracts> {
  const { client, transactions } = site
  const found = await lookUp(payout, site, known)
  if (found.mine === undefined) await assertFresh(payout, site)
  const create = async (call: TransactionCall) => {
    const receipt = await transactions.execute(call)
    if (receipt.contractAddress) return receipt.contractAddress
    throw new NoAddressError({ contract: call.what, transaction: receipt.hash })
  }
  const [mine, multiMine] = await Promise.all([
    found.mine ?? create(MerkleMine.creation(site.token, payout)),
    found.multiMine ?? createContract(transactions, 'MultiMerkleMine', multiMerkleMineBytecode),
  ])
  await new MerkleMine(client, mine).checkAgainst(payout)
  const grants = await inPortions(payout.grants, async (grant, i) => {
    return found.grants[i] ?? create(VestingGrant.creation(grant))
  })
  return { mine, multiMine, grants }
}

/** Those of an earlier run that are really there: it may have broken off before any of them. */
async function lookUp(payout: Payout, site: GenesisSite, known: Partial<GenesisContracts>) {
  const { client, token } = site
  const there = async (address: Address | undefined, isIt: (address: Address) => Promise<boolean>) =>
    address !== undefined && (await client.hasCode(address)) && (await isIt(address)) ? address : undefined
  const [mine, multiMine, grants] = await Promise.all([
    there(known.mine, (address) => isMine(new MerkleMine(client, address), payout, token)),
    there(known.multiMine, (address) => isMultiMine(client, address)),
    Promise.all(
      payout.grants.map((grant, i) =>
        there(known.grants?.[i], (address) => isGrant(new VestingGrant(client, address), grant, token)),
      ),
    ),
  ])
  return { mine, multiMine, grants }
}

async function isMine(mine: MerkleMine, payout: Payout, token: Address): Promise<boolean> {
  try {
    await mine.checkAgainst(payout)
    return sameAddress(await mine.token(), token)
  } catch (error) {
    if (isOtherContract(error)) return false
    throw error
  }
}

/** It has no values of its own: its code is the end of its creation code. */
async function isMultiMine(client: ChainClient, address: Address): Promise<boolean> {
  const code = await client.guard(client.viem.getCode({ address }), { what: 'eth_getCode' })
  return code !== undefined && multiMerkleMineBytecode.endsWith(code.slice(2))
}

/** A beneficiary may have moved it, but hardly before it held anything. */
async function isGrant(contract: VestingGrant, grant: PayoutGrant, token: Address): Promise<boolean> {
  if (!(await contract.hasTimesOf(grant))) return false
  return (
    sameAddress(await contract.owner(), grant.beneficiary) || (await contract.given(token)) >= grant.amount
  )
}

async function assertFresh({ mine, supply }: Payout, { client, token }: GenesisSite): Promise<void> {
  const existing = await new LivepeerToken(client, token).totalSupply()
  if (existing > 0n) throw new GenesisSupplyError({ existing, missing: supply, supply })
  const block = await blockOfContracts(client)
  const [genesisBlock, callerStartBlock] = [BigInt(mine.genesisBlock), BigInt(mine.callerStartBlock)]
  if (block >= genesisBlock && block < callerStartBlock) return
  throw new GenesisBlocksError({ block, genesisBlock, callerStartBlock })
}

async function mintMissing(payout: Payout, site: GenesisSite, at: GenesisContracts): Promise<void> {
  const { client, transactions } = site
  const token = new LivepeerToken(client, site.token)
  const mine = new MerkleMine(client, at.mine)
  // What the accounts took out of it was there when it was started.
  const inMine = (await mine.started()) ? BigInt(payout.mine.totalTokens) : await token.balanceOf(at.mine)
  const inGrants = await Promise.all(at.grants.map((one) => new VestingGrant(client, one).given(site.token)))
  const missing = [
    { to: at.mine, amount: BigInt(payout.mine.totalTokens) - inMine },
    ...payout.grants.map(({ amount }, i) => ({ to: at.grants[i]!, amount: amount - inGrants[i]! })),
  ].filter(({ amount }) => amount > 0n)
  if (missing.length === 0) return
  const sum = missing.reduce((total, { amount }) => total + amount, 0n)
  const existing = await token.totalSupply()
  if (existing + sum > payout.supply)
    throw new GenesisSupplyError({ existing, missing: sum, supply: payout.supply })
  await takeMinting(site)
  await inPortions(missing, ({ to, amount }) => transactions.execute(token.mint(to, lpt(amount))))
}

const MINTER_ROLE = keccak256(toBytes('MINTER_ROLE'))

async function takeMinting(site: GenesisSite): Promise<void> {
  const token = rolesOf(site)
  const self = site.transactions.address
  if (await token.read('hasRole', [MINTER_ROLE, self])) return
  const admin = await token.read('DEFAULT_ADMIN_ROLE', [])
  if (!(await token.read('hasRole', [admin, self])))
    throw new NoMinterError({ account: self, token: site.token })
  const what = 'LivepeerToken.grantRole MINTER_ROLE to the deployer'
  await site.transactions.execute({ ...token.write('grantRole', [MINTER_ROLE, self]), what })
}

async function giveMintingBack(site: GenesisSite): Promise<void> {
  const token = rolesOf(site)
  const self = site.transactions.address
  if (!(await token.read('hasRole', [MINTER_ROLE, self]))) return
  const what = 'LivepeerToken.renounceRole MINTER_ROLE'
  await site.transactions.execute({ ...token.write('renounceRole', [MINTER_ROLE, self]), what })
}

function rolesOf({ client, token }: GenesisSite): Contract<typeof livepeerTokenAbi> {
  return new Contract(client, { name: 'LivepeerToken', address: token, abi: livepeerTokenAbi })
}

/** Some at a time, in their order. */
async function inPortions<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const portion = items.slice(at, at + AT_ONCE)
    results.push(...(await Promise.all(portion.map((item, i) => work(item, at + i)))))
  }
  return results
}
