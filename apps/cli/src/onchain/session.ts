/** @module One on-chain command from its options to its output. */
import type { ChainClient } from '@tessera/chain/client'
import { Staking } from '@tessera/chain/contracts/staking'
import { connectContracts, type LivepeerContracts } from '@tessera/chain/livepeer-contracts'
import type { LocalSigner } from '@tessera/chain/node/signer'
import { isRefusal } from '@tessera/chain/refusals'
import { type RoundTimes, readRoundTimes } from '@tessera/chain/round-times'
import type { Address } from '@tessera/protocol/address'
import { BaseError } from '@tessera/runtime/errors'
import { Conductor } from './deploy/conductor.ts'
import { exitCodeOf } from './exit-codes.ts'
import { failureDocument, failureText } from './failure.ts'
import type { ReadingOptions, SendingOptions } from './options.ts'
import { writeErr, writeOut } from './output.ts'
import { pasteableAdvice, pasteableReport } from './pasteable.ts'
import type { Change, Plan, Sent } from './plan.ts'
import { type Envelope, type Report, successDocument } from './report.ts'
import { successText } from './report-text.ts'
import { oneLine } from './shown-text.ts'
import { Wallet } from './wallet.ts'
import { findChain, findController, isRunningHere } from './where.ts'
import { assertNamed, findAddress, findSigner } from './who.ts'

type AnyOptions = ReadingOptions | SendingOptions

/** What a verb has: the chain, the contracts, the account, and a way to send. */
export class ChainSession {
  readonly client: ChainClient
  /** Steps of the command as they happen, for people; goes to standard error. */
  readonly tell: (line: string) => void
  readonly #options: AnyOptions
  readonly #sent: Sent[] = []
  readonly #changes: Change[] = []
  #told = false
  #contracts: Promise<LivepeerContracts> | undefined
  #signer: Promise<LocalSigner> | undefined

  constructor(client: ChainClient, options: AnyOptions) {
    this.client = client
    this.#options = options
    this.tell = (line) => writeErr(oneLine(line))
  }

  /** Those of the Controller; not asked for until a verb needs them. */
  contracts(): Promise<LivepeerContracts> {
    this.#contracts ??= (async () =>
      connectContracts(this.client, findController(this.client, this.#options)))()
    return this.#contracts
  }

  /** BondingManager with hints and locks. */
  async staking(): Promise<Staking> {
    return new Staking(this.client, (await this.contracts()).addresses.BondingManager)
  }

  /** The protocol's time, with the pace of blocks. */
  async times(): Promise<RoundTimes> {
    return readRoundTimes(this.client, (await this.contracts()).roundsManager)
  }

  /** The Controller's address. @throws {UsageError} when nobody knows it. */
  get controller(): Address {
    return findController(this.client, this.#options)
  }

  /** The key of `--keystore` or `--account`. */
  signer(): Promise<LocalSigner> {
    this.#signer ??= findSigner(this.client, this.#options)
    return this.#signer
  }

  /** The account that `given` names (an address or a development account), or the one that signs. */
  async address(given?: string): Promise<Address> {
    return given === undefined
      ? (await this.signer()).address
      : findAddress(this.client, this.#options, given)
  }

  /** Whom a verb that only reads is about. @throws {UsageError} */
  subject(given: string | undefined): Promise<Address> {
    assertNamed(this.#options, given)
    return this.address(given)
  }

  /**
   * Simulates all of the plan, then sends it; on a dry run only the former. `on` another chain when given, with the
   * same account. @throws as `Wallet.perform`.
   */
  async perform(plan: Plan, on: ChainClient = this.client): Promise<void> {
    const signer = await this.signer()
    const wallet = new Wallet(sendingDefaults(this.#options), { client: on, signer, tell: this.tell })
    this.#changes.push(...(await wallet.perform(plan, (sent) => void this.#sent.push(sent))))
  }

  /** For deployments: many transactions that follow from each other. */
  async conductor(): Promise<Conductor> {
    const signer = await this.signer()
    const onSent = (sent: Sent): void => void this.#sent.push(sent)
    this.#told = !this.isDryRun
    return new Conductor(sendingDefaults(this.#options), {
      client: this.client,
      signer,
      tell: this.tell,
      onSent,
    })
  }

  get isDryRun(): boolean {
    return sendingDefaults(this.#options).dryRun
  }

  /** What happened so far. */
  async envelope(command: string): Promise<Envelope> {
    return {
      command,
      chainId: this.client.chainId,
      account: (await this.#signer?.catch(() => undefined))?.address,
      dryRun: this.isDryRun,
      told: this.#told,
      transactions: this.#sent,
      changes: this.#changes,
    }
  }
}

/** Connects, runs the verb, prints its report, sets the exit status. Never rejects. */
export async function withChain(
  command: string,
  options: AnyOptions,
  run: (session: ChainSession) => Promise<Report>,
): Promise<void> {
  let session: ChainSession | undefined
  try {
    session = new ChainSession(await findChain(options), options)
    const report = pasteableReport(await run(session), options)
    const envelope = await session.envelope(command)
    if (options.json) print(successDocument(envelope, report))
    else writeOut(successText(envelope, report))
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    const envelope = (await session?.envelope(command)) ?? {
      command,
      dryRun: false,
      transactions: [],
      changes: [],
    }
    const advice = adviceHere(error, options)
    if (options.json) print(failureDocument(envelope, error, advice))
    else writeErr(failureText(envelope, error, advice))
  }
}

/** What the errors themselves cannot know: whether somebody opens rounds here, and how commands are called. */
function adviceHere(error: unknown, options: AnyOptions): string | undefined {
  if (!isRefusal(error, 'round-not-open') || !isRunningHere(options)) {
    const own = BaseError.isInstance(error) ? error.advice : undefined
    return own === undefined ? undefined : pasteableAdvice(own, options)
  }
  return 'Wait a second and run the command again: the orchestrators of this network open each round.'
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function sendingDefaults(options: AnyOptions): SendingOptions & { readonly dryRun: boolean } {
  return { dryRun: false, yes: false, maxFee: 100, timeout: 600, ...options }
}
