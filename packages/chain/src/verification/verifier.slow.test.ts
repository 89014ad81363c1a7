import { toHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { keccak256, toBytes } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { verifierAbi } from '../abis/verifier.ts'
import { contractId } from '../addresses.ts'
import { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { type Devnet, setUpDevnet } from '../deploy/devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '../deploy/devnet-config.ts'
import { mainnetParams } from '../deploy/params.ts'
import { Anvil } from '../node/anvil.ts'
import { mineAtOnce, mineBlocks } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'
import { checkEvidence, type Evidence } from './evidence.ts'
import { receiptDigest, type Work } from './receipt.ts'
import { hashOf, renditionReceipt, segmentReceipt, sign, stream, workOf } from './test-receipts.suite.ts'
import { commitmentOf, Verifier } from './verifier.ts'

const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const params = { ...mainnetParams.verifier, cooldown: 1n, commitDelay: 3n }
const finder = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 8)
const copier = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 9)
const SALT = keccak256(toBytes('salt'))
const managers: TransactionManager[] = []
let anvil: Anvil
let client: ChainClient
let devnet: Devnet
let verifier: Verifier

beforeAll(async () => {
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  const config = devnetConfig(['https://a.example', 'https://b.example'])
  // Every transaction is a block here, and a slash needs an open round: the whole story fits into one.
  const longRounds = { ...config.params, roundLength: 200n }
  devnet = await setUpDevnet({ ...config, params: longRounds }, { ...deps, client })
  await mineAtOnce(client)
  const created = await send(devnet.deployer, Verifier.creation(devnet.controller, params))
  verifier = new Verifier(client, created.contractAddress!)
  const token = new Contract(client, {
    name: 'LivepeerToken',
    address: devnet.contracts.addresses.LivepeerToken,
    abi: livepeerTokenAbi,
  })
  const role = keccak256(toBytes('BURNER_ROLE'))
  await send(devnet.deployer, token.write('grantRole', [role, devnet.contracts.addresses.Minter]))
})
afterAll(async () => {
  for (const manager of managers) await manager.close()
  await anvil?.close()
})

async function send(from: LocalSigner, call: TransactionCall): Promise<TransactionReceipt> {
  let manager = managers.find(({ address }) => address === from.address)
  if (!manager) {
    const store = new MemoryIntentStore()
    manager = await TransactionManager.start({ pollMs: 20 }, { ...deps, client, signer: from, store })
    managers.push(manager)
  }
  return manager.execute(call)
}

function register(address: `0x${string}`): Promise<TransactionReceipt> {
  const controller = new Contract(client, {
    name: 'Controller',
    address: devnet.controller,
    abi: controllerAbi,
  })
  const none = `0x${'00'.repeat(20)}` as const
  return send(devnet.deployer, controller.write('setContractInfo', [contractId('Verifier'), address, none]))
}

const commit = (call: TransactionCall) => send(finder, verifier.commit(commitmentOf(finder.address, call)))

async function commitAndProve(evidence: Evidence): Promise<TransactionReceipt> {
  const currentRound = await devnet.contracts.roundsManager.currentRound()
  checkEvidence(evidence, { domain: verifier.domain, currentRound, receiptValidity: params.receiptValidity })
  const call = verifier.prove(evidence, SALT)
  await commit(call)
  await mineBlocks(client, Number(params.commitDelay))
  return send(finder, call)
}

async function balances(orchestrator: LocalSigner) {
  const { token, bondingManager } = devnet.contracts
  const [bonded] = await client.read({
    abi: bondingManagerAbi,
    address: bondingManager.address,
    functionName: 'getDelegator',
    args: [orchestrator.address],
  })
  return { bonded, supply: await token.totalSupply(), paid: await token.balanceOf(finder.address) }
}

/** Stake is taken, the finder paid, the rest burned, and the events say so. */
async function expectSlash(
  orchestrator: LocalSigner,
  fault: number,
  work: () => Promise<TransactionReceipt>,
) {
  const before = await balances(orchestrator)
  const { blockNumber } = await work()
  const after = await balances(orchestrator)
  const penalty = (before.bonded * params.slashAmount) / 1_000_000n
  const reward = (penalty * params.finderFee) / 1_000_000n
  expect(penalty).toBeGreaterThan(0n)
  expect(after).toEqual({
    bonded: before.bonded - penalty,
    supply: before.supply - (penalty - reward),
    paid: before.paid + reward,
  })
  const range = { fromBlock: blockNumber, toBlock: blockNumber }
  const [slashed] = await client.viem.getContractEvents({
    ...range,
    address: devnet.contracts.bondingManager.address,
    abi: bondingManagerAbi,
    eventName: 'TranscoderSlashed',
  })
  expect(slashed?.args).toEqual({
    transcoder: orchestrator.address,
    finder: finder.address,
    penalty,
    finderReward: reward,
  })
  const [proven] = await client.viem.getContractEvents({
    ...range,
    address: verifier.address,
    abi: verifierAbi,
    eventName: 'FaultProven',
  })
  expect(proven?.args).toMatchObject({ orchestrator: orchestrator.address, finder: finder.address, fault })
}

test('wrong work costs stake once governance has switched the judge on, and only then', async () => {
  const [first, second] = devnet.orchestrators as [LocalSigner, LocalSigner]
  const { roundsManager } = devnet.contracts
  const round = await roundsManager.currentRound()
  const of = (signer: LocalSigner, sequence: bigint): Work & { round: bigint } => ({
    ...workOf(sequence, signer),
    round,
  })
  const by = (signer: LocalSigner) => ({ signer, domain: verifier.domain })
  expect(await verifier.params()).toEqual(params)

  // Digests of both sides are the same.
  const receipt = segmentReceipt([stream(1)], of(first, 1n))
  const struct = { ...receipt, schema: 1, round: Number(receipt.round) }
  const read = { abi: verifierAbi, address: verifier.address, functionName: 'segmentReceiptDigest' } as const
  expect(await client.read({ ...read, args: [struct] })).toBe(toHex(receiptDigest(verifier.domain, receipt)))

  const conflict: Evidence = {
    fault: 'conflicting-results',
    first: await sign(receipt, by(first)),
    second: await sign(segmentReceipt([stream(2)], of(first, 1n)), by(first)),
  }
  const call = verifier.prove(conflict, SALT)
  expect(await verifier.isOn()).toBe(false)
  await expect(commit(call)).rejects.toMatchObject({ reason: expect.stringMatching(/^VerifierIsOff/) })
  await register(verifier.address)
  expect(await verifier.isOn()).toBe(true)

  await expect(send(finder, call)).rejects.toMatchObject({ reason: expect.stringMatching(/^NotCommitted/) })
  await commit(call)
  expect(await verifier.revealBlock(commitmentOf(finder.address, call))).toBeGreaterThan(0n)
  await expect(send(finder, call)).rejects.toMatchObject({ reason: expect.stringMatching(/^RevealTooEarly/) })
  await mineBlocks(client, Number(params.commitDelay))
  await expect(send(copier, call)).rejects.toMatchObject({ reason: expect.stringMatching(/^NotCommitted/) })
  await expectSlash(first, 0, () => send(finder, call))
  expect(await verifier.firstPunishableRound(first.address)).toBe(
    (await roundsManager.currentRound()) + params.cooldown,
  )
  await expect(commitAndProve(conflict)).rejects.toMatchObject({
    reason: expect.stringMatching(/^CoveredByEarlierSlash/),
  })

  const result = await sign(segmentReceipt([stream(1), new Uint8Array(5)], of(second, 1n)), by(second))
  const renditionHashes = [hashOf(stream(1)), hashOf(new Uint8Array(5))]
  const delivery = await sign(renditionReceipt(stream(9), of(second, 1n)), by(second))
  await expectSlash(second, 1, () =>
    commitAndProve({ fault: 'other-delivery', result, renditionHashes, delivery }),
  )
})

test('a result that is no transport stream costs stake, after the cool-down of an earlier fault', async () => {
  const [first] = devnet.orchestrators as [LocalSigner, LocalSigner]
  const { roundsManager } = devnet.contracts
  while ((await roundsManager.currentRound()) < (await verifier.firstPunishableRound(first.address))) {
    await mineBlocks(client, 5)
  }
  await send(devnet.deployer, roundsManager.initializeRound())
  const round = await roundsManager.currentRound()
  const data = new Uint8Array(188 * 3).fill(0x46)
  const result = await sign(segmentReceipt([data], { ...workOf(2n, first), round }), {
    signer: first,
    domain: verifier.domain,
  })
  const evidence: Evidence = {
    fault: 'broken-container',
    result,
    renditionHashes: [hashOf(data)],
    rendition: 0,
    data,
  }
  await expectSlash(first, 2, () => commitAndProve(evidence))
})
