import type { Address } from '@tessera/protocol/address'
import { lpt } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { encodeDeployData } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { livepeerTokenBytecode } from '../abis/bytecode/livepeer-token.ts'
import { multiMerkleMineBytecode } from '../abis/bytecode/multi-merkle-mine.ts'
import { vestingGrantBytecode } from '../abis/bytecode/vesting-grant.ts'
import { merkleMineAbi } from '../abis/merkle-mine.ts'
import { vestingGrantAbi } from '../abis/vesting-grant.ts'
import { ChainClient } from '../client.ts'
import { LivepeerToken } from '../contracts/token.ts'
import { DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import { Anvil } from '../node/anvil.ts'
import { mineBlocks } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'
import { MerkleMine } from './merkle-mine.ts'
import { MultiMerkleMine } from './multi-merkle-mine.ts'
import { accounts, type Built, build, fileOf, reader } from './test-list.suite.ts'
import { readProof } from './tree-file.ts'

const LPT = 10n ** 18n
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const signer = (index: number) => LocalSigner.fromMnemonic(DEVNET_MNEMONIC, index)
const [deployer, own, caller] = [signer(0), signer(1), signer(2)]
const strangers = accounts(40)
const list = [own.address, caller.address, ...strangers].join('\n')
const team = {
  beneficiary: signer(3).address,
  amount: 77n * LPT,
  startSeconds: 1_000_000_000,
  cliffSeconds: 31_536_000,
  durationSeconds: 126_144_000,
}
const over = {
  community: 923n * LPT + 5n,
  supply: 1000n * LPT + 5n,
  team: [team],
  genesisBlock: 2n,
  cliffBlocks: 60n,
}

let anvil: Anvil
let client: ChainClient
let built: Built
let token: LivepeerToken
let mine: MerkleMine
const managers = new Map<Address, TransactionManager>()

beforeAll(async () => {
  anvil = await Anvil.start({ port: 0, chainId: 412_346, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  built = await build(list, over)
  token = new LivepeerToken(
    client,
    await create({ data: livepeerTokenBytecode, value: 0n, what: 'create token' }),
  )
  await send(deployer, token.grantMinterRole(deployer.address))
  await send(deployer, token.mint(deployer.address, lpt(over.supply)))
  mine = new MerkleMine(client, await create(MerkleMine.creation(token.address, built.report)))
})
afterAll(async () => {
  for (const manager of managers.values()) await manager.close()
  await anvil?.close()
})

async function send(from: LocalSigner, call: TransactionCall): Promise<TransactionReceipt> {
  const manager =
    managers.get(from.address) ??
    (await TransactionManager.start(
      { pollMs: 20 },
      { ...deps, client, signer: from, store: new MemoryIntentStore() },
    ))
  managers.set(from.address, manager)
  return manager.execute(call)
}

async function create(call: TransactionCall): Promise<Address> {
  return (await send(deployer, call)).contractAddress!
}

const proofOf = (account: Address) => readProof(reader(fileOf(built)), account, built.report.tree)

async function generate(from: LocalSigner, recipient: Address): Promise<TransactionReceipt> {
  return send(from, mine.generate(recipient, (await proofOf(recipient)).proof))
}

/** Exactly what the rule gives for the block in which it was mined went to both. */
async function expectSplit(recipient: Address, work: () => Promise<TransactionReceipt>): Promise<bigint> {
  const before = await token.balanceOf(caller.address)
  const { blockNumber } = await work()
  const [share, start, end] = [
    BigInt(built.report.mine.tokensPerAllocation),
    BigInt(built.report.mine.callerStartBlock),
    BigInt(built.report.mine.callerEndBlock),
  ]
  const part = blockNumber >= end ? share : (share * (blockNumber - start)) / (end - start)
  expect((await token.balanceOf(caller.address)) - before).toBe(part)
  expect(await token.balanceOf(recipient)).toBe(share - part)
  expect(await mine.split(caller.address, recipient, blockNumber)).toEqual({
    recipient: share - part,
    caller: part,
  })
  return part
}

async function mineTo(block: bigint): Promise<void> {
  await mineBlocks(client, Number(block - (await client.headNumber())))
}

test('the whole genesis of a list: nothing before it is funded, exact shares, and accounts that close to the wei', async () => {
  const { report } = built
  const share = BigInt(report.mine.tokensPerAllocation)
  await mine.checkAgainst(report)
  const elsewhere = {
    ...report,
    tree: { ...report.tree, root: report.input.sha256 },
  } as unknown as typeof report
  await expect(mine.checkAgainst(elsewhere)).rejects.toMatchObject({ code: 'GENESIS_OTHER_MINE' })

  await expect(send(deployer, mine.start())).rejects.toMatchObject({
    reason: expect.stringMatching(/^NotFunded/),
  })
  await send(deployer, token.transfer(mine.address, lpt(over.community)))
  await send(deployer, mine.start())
  expect(await mine.started()).toBe(true)

  // The recipient itself takes all of it, long before others may.
  await generate(own, own.address)
  expect(await token.balanceOf(own.address)).toBe(share)
  await expect(generate(own, own.address)).rejects.toMatchObject({
    reason: expect.stringMatching(/^AlreadyGenerated/),
  })
  await expect(generate(caller, strangers[0]!)).rejects.toMatchObject({
    reason: expect.stringMatching(/^CallerPeriodNotStarted/),
  })
  const proof = (await proofOf(strangers[0]!)).proof
  await expect(send(own, mine.generate(strangers[1]!, proof))).rejects.toMatchObject({
    reason: expect.stringMatching(/^CallerPeriodNotStarted/),
  })

  await mineTo(BigInt(report.mine.callerStartBlock) + 330n)
  await expect(send(caller, mine.generate(strangers[1]!, proof))).rejects.toMatchObject({
    reason: expect.stringMatching(/^InvalidProof/),
  })
  const within = await expectSplit(strangers[0]!, () => generate(caller, strangers[0]!))
  expect(within).toBeGreaterThan(share / 4n)

  // Several at once, one of them paid already, in one transfer to the caller.
  const multi = new MultiMerkleMine(
    client,
    await create({ data: multiMerkleMineBytecode, value: 0n, what: 'create multi' }),
  )
  const some = await Promise.all(strangers.slice(0, 4).map(proofOf))
  const before = await token.balanceOf(caller.address)
  const { blockNumber } = await send(caller, multi.multiGenerate(mine.address, some))
  const { caller: part } = await mine.split(caller.address, strangers[1]!, blockNumber)
  expect((await token.balanceOf(caller.address)) - before).toBe(3n * part)

  await mineTo(BigInt(report.mine.callerEndBlock))
  const after = await expectSplit(strangers[4]!, () => generate(caller, strangers[4]!))
  expect(after).toBe(share)
  const rest = await Promise.all(strangers.slice(5).map(proofOf))
  await send(caller, multi.multiGenerate(mine.address, rest))
  await generate(caller, caller.address)

  // The report and the chain agree: events, balances, remainder.
  const events = await client.viem.getContractEvents({
    address: mine.address,
    abi: merkleMineAbi,
    eventName: 'Generate',
    fromBlock: 0n,
  })
  expect(events.length).toBe(report.tree.recipients)
  const paid = events.reduce(
    (sum, { args }) => sum + args._recipientTokenAmount! + args._callerTokenAmount!,
    0n,
  )
  expect(paid + BigInt(report.mine.remainder)).toBe(BigInt(report.mine.totalTokens))
  expect(await token.balanceOf(mine.address)).toBe(BigInt(report.mine.remainder))
  const held = await Promise.all(
    [own.address, caller.address, ...strangers].map((one) => token.balanceOf(one)),
  )
  expect(held.reduce((sum, amount) => sum + amount, 0n)).toBe(paid)
})

test('a grant of the report vests on chain as it says', async () => {
  const [grant] = built.report.grants
  const args = [
    grant!.beneficiary,
    BigInt(grant!.startSeconds),
    BigInt(grant!.cliffSeconds),
    BigInt(grant!.durationSeconds),
  ] as const
  const data = encodeDeployData({ abi: vestingGrantAbi, bytecode: vestingGrantBytecode, args })
  const at = await create({ data, value: 0n, what: 'create grant' })
  await send(deployer, token.transfer(at, lpt(BigInt(grant!.amount))))
  const vested = (time: number) =>
    client.read({
      abi: vestingGrantAbi,
      address: at,
      functionName: 'vestedAmount',
      args: [token.address, BigInt(time)],
    })
  expect(await vested(grant!.startSeconds + grant!.cliffSeconds - 1)).toBe(0n)
  expect(await vested(grant!.startSeconds + grant!.cliffSeconds)).toBe((77n * LPT) / 4n)
  expect(await vested(grant!.startSeconds + grant!.durationSeconds)).toBe(77n * LPT)
  expect(await token.balanceOf(deployer.address)).toBe(0n)
})
