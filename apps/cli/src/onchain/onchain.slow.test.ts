import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { mineBlocks } from '@tessera/chain/node/dev-chain'
import { writeKeystore } from '@tessera/chain/node/keystore'
import { keccak256 } from '@tessera/protocol/keccak'
import { lpt, MAX_UINT256, wei, winProb } from '@tessera/protocol/units'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockFile } from '../network/running-network.ts'
import { CliWorld } from './cli-process.suite.ts'

const UNIT = 10n ** 18n
let world: CliWorld
let folder: string

beforeAll(async () => {
  world = await CliWorld.start()
  folder = await mkdtemp(join(tmpdir(), 'cli-test-'))
})
afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('stake', () => {
  test('is bonded, moved, taken out, put back, withdrawn and given away', async () => {
    const { deployer, orchestrators, contracts } = world.devnet
    const [first, second] = orchestrators.map(({ address }) => address)
    const bonded = await world.json('deployer', 'stake', 'bond', '100.5', '--to', 'orchestrator1')
    expect(bonded.status).toBe(0)
    expect(bonded.result).toMatchObject({ amount: '100500000000000000000', orchestrator: first, moved: '0' })
    expect(bonded.transactions.map(({ what }) => what)).toEqual([
      'LivepeerToken.approve',
      'BondingManager.bondWithHint',
    ])
    expect(bonded.changes[0]).toEqual({ what: 'stake', before: '0', after: '100500000000000000000' })
    expect(await contracts.token.allowance(deployer.address, contracts.bondingManager.address)).toBe(0n)

    await world.nextRound()
    const moved = await world.json('deployer', 'stake', 'move', '--to', second!)
    expect(moved.result).toMatchObject({ orchestrator: second, moved: '100500000000000000000' })
    await world.nextRound()
    const unbonded = await world.json('deployer', 'stake', 'unbond', '60')
    expect(unbonded.result).toMatchObject({ amount: '60000000000000000000', lock: '0' })
    expect((await world.json('deployer', 'stake', 'unbond', 'max')).result).toMatchObject({ lock: '1' })

    const rebonded = await world.json('deployer', 'stake', 'rebond', '1', '--to', second!)
    expect(rebonded.transactions.map(({ what }) => what)).toEqual([
      'BondingManager.rebondFromUnbondedWithHint',
    ])
    const early = await world.json('deployer', 'stake', 'withdraw', '0')
    expect(early).toMatchObject({ ok: false, status: 8, transactions: [] })
    expect(early.error.facts).toMatchObject({ reason: 'WithdrawRoundNotReached' })
    expect(early.error.advice).toContain('tessera stake show')
    expect((await world.json('deployer', 'stake', 'withdraw')).result).toMatchObject({ locks: [] })

    await world.nextRound()
    await world.nextRound()
    const shown = await world.json('deployer', 'stake', 'show')
    expect(shown.result.locks).toMatchObject([
      { id: '0', amount: '60000000000000000000', withdrawable: true },
    ])
    const withdrawn = await world.json('deployer', 'stake', 'withdraw')
    expect(withdrawn.result).toMatchObject({ amount: '60000000000000000000', locks: ['0'] })
    expect(withdrawn.changes).toContainEqual(expect.objectContaining({ what: 'wallet' }))

    const given = await world.json('deployer', 'stake', 'transfer', '0.5', '6')
    expect(given).toMatchObject({ ok: true, result: { amount: '500000000000000000' } })
    expect(given.changes[1]).toMatchObject({ before: '0', after: '500000000000000000' })
    // Its earnings cannot be settled by others before its orchestrator called reward.
    const toItself = await world.json('deployer', 'stake', 'transfer', '0.5', 'deployer')
    expect(toItself).toMatchObject({ ok: true, transactions: [] })
    const refused = await world.json('deployer', 'stake', 'transfer', '0.5', 'delegator')
    expect(refused.error.facts).toMatchObject({ reason: 'IllegalClaimEarnings' })
  })

  test('says what it would do on a dry run, and sends nothing', async () => {
    const { address } = world.devnet.deployer
    const before = await world.sentBy(address)
    const dry = await world.json('deployer', 'stake', 'bond', '7', '--to', 'orchestrator1', '--dry-run')
    expect(dry).toMatchObject({ ok: true, status: 0, dryRun: true })
    expect(dry.transactions).toHaveLength(2)
    for (const { hash, gas } of dry.transactions) {
      expect(hash).toBeUndefined()
      expect(Number(gas)).toBeGreaterThan(20_000)
    }
    expect(dry.changes[0]).toMatchObject({ what: 'stake' })
    const text = await world.run([
      'stake',
      'bond',
      '7',
      '--to',
      'orchestrator1',
      '--dry-run',
      '--account',
      'deployer',
    ])
    expect(text.out).toMatch(
      /Dry run: nothing is sent.*allow the BondingManager to take 7 LPT.*Would change:/s,
    )
    expect(text.err).toMatch(/Note: The [\d.]+ LPT that are bonded to another orchestrator move there, too/)
    expect(await world.sentBy(address)).toBe(before)
  })

  test('a move to nobody who works says so before it is sent', async () => {
    const dry = ['--dry-run', '--account', 'delegator']
    const elsewhere = await world.run(['stake', 'move', '--to', 'gateway', ...dry])
    expect(elsewhere.err).toMatch(/Note: 0x\w{40} is no orchestrator/)
    const more = await world.run(['stake', 'unbond', '1', ...dry])
    expect(more.err).not.toContain('Note:')
  })

  test('a mistyped address is refused', async () => {
    const { address } = world.devnet.orchestrators[1]!
    const typo = `${address.slice(0, -1)}${address.endsWith('1') ? '2' : '1'}`
    const refused = await world.json('deployer', 'stake', 'bond', '1', '--to', typo)
    expect(refused).toMatchObject({ status: 2, error: { code: 'CLI_USAGE' } })
    expect(refused.error.message).toContain('checksum')
  })

  test('approves nothing when the bond would be refused', async () => {
    const { address } = world.devnet.gateway
    const before = await world.sentBy(address)
    const poor = await world.json('gateway', 'stake', 'bond', '1', '--to', 'orchestrator1')
    expect(poor).toMatchObject({ ok: false, status: 4, error: { code: 'CLI_TOO_LITTLE' } })
    const { address: orchestrator } = world.devnet.orchestrators[0]!
    const bad = await world.json('orchestrator1', 'stake', 'move', '--to', 'orchestrator2')
    expect(bad).toMatchObject({ status: 3, error: { code: 'CHAIN_REVERTED' } })
    expect(bad.error.message).toContain(`${orchestrator} is an orchestrator and cannot bond to another`)
    expect(await world.sentBy(address)).toBe(before)
  })

  test('is signed with a keystore, and a wrong password is said to be one', async () => {
    const [keystore, password, wrong] = ['key.json', 'password', 'wrong'].map((name) => join(folder, name))
    await writeFile(password!, 'secret\n')
    await writeFile(wrong!, 'sesame\n')
    const key = { privateKey: devPrivateKey(0), password: 'secret' }
    await writeKeystore(keystore!, key, { random: systemRandom, scryptN: 4096 })
    const signing = ['stake', 'bond', '1', '--json', '--keystore', keystore!, '--password-file']
    const bonded = await world.run([...signing, password!])
    expect(bonded).toMatchObject({ status: 0 })
    expect(JSON.parse(bonded.out)).toMatchObject({ account: world.devnet.deployer.address })
    const refused = await world.run([...signing, wrong!])
    expect(refused.status).toBe(2)
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'KEYSTORE_WRONG_PASSWORD' } })
  })
})

describe('orchestrator', () => {
  test('registers, is listed, calls reward once a round, and changes its terms', async () => {
    const { token } = world.devnet.contracts
    const newcomer = await world.json('9', 'stake', 'show')
    await world.send(world.devnet.deployer, token.transfer(newcomer.result.account, lpt(1000n * UNIT)))
    await world.nextRound()
    const terms = ['--service-uri', 'https://node.example:8935', '--reward-cut', '12.5', '--fee-share', '50']
    const registered = await world.json('9', 'orchestrator', 'register', ...terms, '--stake', '1000')
    expect(registered).toMatchObject({ ok: true, result: { inPool: true, rewardCut: '125000' } })
    await world.nextRound()
    const listed = await world.json('9', 'orchestrator', 'list')
    expect(listed.result.orchestrators.at(-1)).toMatchObject({
      address: newcomer.result.account,
      stake: String(1000n * UNIT),
      active: true,
      serviceUri: 'https://node.example:8935',
    })
    const tooEarly = await world.json('9', 'orchestrator', 'update', '--fee-share', '60')
    expect(tooEarly.error.facts).toMatchObject({ reason: 'RewardBeforeUpdateRequired' })
    expect(tooEarly.error.advice).toContain('tessera orchestrator reward')
    const rewarded = await world.json('9', 'orchestrator', 'reward')
    expect(BigInt(rewarded.result.minted)).toBeGreaterThan(0n)
    const again = await world.json('9', 'orchestrator', 'reward')
    expect(again).toMatchObject({ status: 0, transactions: [], result: { minted: '0' } })
    const updated = await world.json('9', 'orchestrator', 'update', '--fee-share', '60')
    expect(updated.transactions).toHaveLength(1)
    const shown = await world.json('9', 'orchestrator', 'show')
    expect(shown.result).toMatchObject({ rewardCut: '125000', feeShare: '600000', place: 3, active: true })
  })

  test.each([[['orchestrator', 'frobnicate']], [['orchestrator', '--reward-cut', '5']], [['frobnicate']]])(
    '%j is a wrong use and has its status',
    async (args) => expect((await world.run(args)).status).toBe(2),
  )

  test('still is the command that runs the node', async () => {
    const { status, err } = await world.run(['orchestrator'])
    expect(status).toBe(2)
    expect(err).toContain("required option '--config <file>' not specified")
  })
})

describe('ticket', () => {
  test('pays a winner from the deposit; the fees are withdrawn', async () => {
    const { gateway, orchestrators, contracts } = world.devnet
    const { roundsManager, ticketBroker } = contracts
    await world.nextRound()
    const round = await roundsManager.currentRound()
    const recipientRand = 42n
    const ticket = {
      recipient: orchestrators[0]!.address,
      sender: gateway.address,
      faceValue: wei(UNIT / 4n),
      winProb: winProb(MAX_UINT256),
      senderNonce: 1,
      recipientRandHash: toHex(keccak256(fromHex(`0x${recipientRand.toString(16).padStart(64, '0')}`))),
      creationRound: round,
      creationRoundBlockHash: await roundsManager.blockHashForRound(round),
    }
    const signature = toHex(await gateway.signMessageHash(fromHex(await ticketBroker.ticketHash(ticket))))
    const file = join(folder, 'ticket.json')
    const fields = { ...ticket, signature, recipientRand }
    await writeFile(
      file,
      JSON.stringify(fields, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    )

    const redeemed = await world.json('delegator', 'ticket', 'redeem', file)
    expect(redeemed).toMatchObject({ ok: true, result: { tickets: [{ faceValue: String(UNIT / 4n) }] } })
    const twice = await world.json('delegator', 'ticket', 'redeem', file)
    expect(twice).toMatchObject({ status: 3, transactions: [] })
    expect(twice.error.facts).toMatchObject({ reason: 'TicketUsed' })
    expect(twice.error.message).toContain('was redeemed before')

    const tooMuch = await world.json('orchestrator1', 'stake', 'fees', '5')
    expect(tooMuch.error.message).toContain('5 ETH is more than the')
    const fees = await world.json('orchestrator1', 'stake', 'fees')
    expect(BigInt(fees.result.amount)).toBeGreaterThan(0n)
    expect(fees.changes[0]).toMatchObject({ what: 'fees', after: '0' })
  })

  test('deposit and reserve are funded, unlocked and withdrawn', async () => {
    const funded = await world.json('8', 'ticket', 'fund', '--deposit', '1.5', '--reserve', '0.5')
    expect(funded.result).toMatchObject({ deposit: String((3n * UNIT) / 2n), reserve: String(UNIT / 2n) })
    const unlocked = await world.json('8', 'ticket', 'unlock')
    expect(unlocked).toMatchObject({ ok: true })
    const early = await world.json('8', 'ticket', 'withdraw')
    expect(early.error.facts).toMatchObject({ reason: 'AccountIsLocked' })
    expect(early.error.message).toContain(`from round ${unlocked.result.withdrawRound} on`)
    expect((await world.json('8', 'ticket', 'cancel-unlock')).ok).toBe(true)
    expect(await world.json('8', 'ticket', 'cancel-unlock')).toMatchObject({ ok: true, transactions: [] })
    await world.json('8', 'ticket', 'unlock')
    await world.nextRound()
    await world.nextRound()
    expect((await world.json('8', 'ticket', 'withdraw')).ok).toBe(true)
    expect((await world.json('8', 'ticket', 'show')).result).toMatchObject({ deposit: '0', reserve: '0' })
    const nothing = await world.json('8', 'ticket', 'unlock')
    expect(nothing.error.advice).toContain('tessera ticket fund')
  })

  test('says how much ETH is missing', async () => {
    const poor = await world.json('8', 'ticket', 'fund', '--deposit', '20000')
    expect(poor).toMatchObject({ status: 4, transactions: [], error: { code: 'CLI_TOO_LITTLE' } })
    expect(poor.error.message).toMatch(/needs up to 20000 ETH/)
  })
})

describe('anything', () => {
  test.each([
    [['stake', 'bond', '1e3'], 2, /Write an amount like 10 or 0.5/],
    [['stake', 'unbond'], 2, /missing required argument 'lpt'/],
    [['stake', 'bond', '1', '--account', 'bob'], 2, /no development account "bob"/],
    [['stake', 'show'], 2, /Name it behind the command/],
    [['round', 'status', '--rpc', 'http://127.0.0.1:1'], 5, /cannot be reached/],
    [['round', 'status', '--rpc', 'ftp://x'], 2, /must be a URL/],
    [['round', 'status', '--controller', `0x${'12'.repeat(20)}`], 5, /no Controller contract/],
    [['ticket', 'redeem', '/nowhere.json', '--account', '1'], 2, /Cannot read \/nowhere.json/],
  ])('%j ends with status %i and says why', async (args, status, words) => {
    const run = await world.run(args)
    expect(run.err).toMatch(words)
    expect(run.status).toBe(status)
    expect(run.out).toBe('')
  })

  test('a transaction can be looked up', async () => {
    const sent = await world.json('7', 'ticket', 'fund', '--deposit', '0.1')
    const hash = sent.transactions[0]!.hash!
    expect((await world.json('7', 'transaction', hash)).result).toMatchObject({ hash, state: 'succeeded' })
    const unknown = await world.json('7', 'transaction', `0x${'00'.repeat(32)}`)
    expect(unknown).toMatchObject({ status: 9, error: { code: 'CLI_NOT_FOUND' } })
  })

  test('a round that is not open yet opens by itself where a network of ours runs', async () => {
    const { roundsManager, addresses } = world.devnet.contracts
    await mineBlocks(world.client, Number(await roundsManager.roundLength()))
    const unbond = ['stake', 'unbond', '1']
    const alone = await world.json('delegator', ...unbond)
    expect(alone).toMatchObject({ status: 8, error: { facts: { reason: 'CurrentRoundIsNotInitialized' } } })
    expect(alone.error.advice).toContain('tessera round init')

    await mkdir(join(folder, 'config'))
    const chain = { rpcUrl: world.anvil.url, controller: addresses.Controller }
    await writeFile(join(folder, 'config', 'gateway.json'), JSON.stringify({ chain }))
    await writeFile(lockFile(folder), String(process.pid))
    const running = await world.json('delegator', ...unbond, '--data', folder)
    expect(running.error.advice).toMatch(/^Wait a second and run the command again/)
  })

  test('a file that is no keystore is named', async () => {
    const [file, password] = [join(folder, 'broken.json'), join(folder, 'empty')]
    await writeFile(file, '{"version":3}')
    await writeFile(password, '')
    const run = await world.run(['stake', 'show', '--keystore', file, '--password-file', password])
    expect(run.status).toBe(2)
    expect(run.err).toMatch(/broken.json is no key file: its structure is missing or malformed/)
  })

  test('an orchestrator without the LPT that it would register with is told so', async () => {
    const terms = ['--service-uri', 'https://a.example', '--reward-cut', '0', '--fee-share', '0']
    const poor = await world.json('19', 'orchestrator', 'register', ...terms, '--stake', '5')
    expect(poor).toMatchObject({ status: 4, error: { code: 'CLI_TOO_LITTLE' } })
    expect(poor.error.message).toContain('has 0 LPT, less than 5 LPT')
  })
})
