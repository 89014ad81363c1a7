/** @module Signs receipts for an orchestrator, and never two that contradict each other. */
import type { Address } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import { resultHash } from '@tessera/protocol/wire/signatures'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import type { TypedDataDefinition } from 'viem'
import { ConflictingReceiptError, EvidenceRefusedError, ReceiptMemoryFullError } from './errors.ts'
import {
  assertWork,
  CONTAINER,
  type ReceiptDomain,
  type RenditionReceipt,
  type SegmentReceipt,
  type Signed,
  typedData,
  type Work,
  workKey,
} from './receipt.ts'
import { areSame, type ReceiptMemory, type SignedResult } from './receipt-memory.ts'
import { isTransportStream } from './transport-stream.ts'

/** Holder of the orchestrator's key. */
export type TypedDataSigner = {
  readonly address: Address
  signTypedData(data: TypedDataDefinition): Promise<Uint8Array>
}

export type ReceiptSignerConfig = {
  readonly domain: ReceiptDomain
  /** The Verifier's `receiptValidity`: what is older needs not be remembered. */
  readonly receiptValidity: bigint
  /** Segments whose results are remembered, some 200 bytes each. Default 1,000,000. */
  readonly maxRemembered?: number
}

/** Work without its orchestrator, who is the signer. */
export type OwnWork = Omit<Work, 'orchestrator'>

/**
 * Encoders are not deterministic, so a segment that is asked for twice may come out differently: honest, and yet two
 * signatures of it would be a proof of wrong work. This signer remembers what it signed for as long as it counts.
 */
export class ReceiptSigner {
  readonly #config: ReceiptSignerConfig
  readonly #signer: TypedDataSigner
  readonly #memory: ReceiptMemory
  #newestRound = 0n

  constructor(
    config: ReceiptSignerConfig,
    deps: { readonly signer: TypedDataSigner; readonly memory: ReceiptMemory },
  ) {
    this.#config = config
    this.#signer = deps.signer
    this.#memory = deps.memory
  }

  /**
   * For the answer to a segment: the renditions in the order of the profiles. Says that they are transport streams only
   * when they are.
   *
   * @throws {ConflictingReceiptError} when another result was signed for this work.
   */
  async signSegment(
    of: OwnWork,
    renditions: readonly Uint8Array[],
    round: bigint,
  ): Promise<Signed<SegmentReceipt>> {
    const subject = { ...of, orchestrator: this.#signer.address }
    assertWork(subject)
    const hashes = renditions.map((data) => keccak256(data))
    const container = renditions.every(isTransportStream) ? CONTAINER.mpegTs : CONTAINER.unspecified
    const key = this.#keyOf(subject)
    this.#forgetExpired(round)
    const signed = this.#memory.get(key)
    const limit = this.#config.maxRemembered ?? 1_000_000
    if (!signed && this.#memory.size >= limit) throw new ReceiptMemoryFullError({ remembered: limit })
    this.#remember(key, { round, hashes: hashes.map(toHex) }, of)
    return this.#sign({
      kind: 'segment',
      ...subject,
      container,
      resultHash: toHex(resultHash(hashes)),
      round,
    })
  }

  /**
   * For the bytes of a rendition as they are handed over.
   *
   * @throws {ConflictingReceiptError} when the result was signed for other bytes.
   * @throws {EvidenceRefusedError} `NoSuchRendition` when no result was signed for this work, or a shorter one.
   */
  async signRendition(
    of: OwnWork,
    rendition: number,
    data: Uint8Array,
    round: bigint,
  ): Promise<Signed<RenditionReceipt>> {
    const subject = { ...of, orchestrator: this.#signer.address }
    assertWork(subject)
    const dataHash = toHex(keccak256(data))
    const key = this.#keyOf(subject)
    const signed = this.#memory.get(key)
    const hash = signed?.hashes[rendition]
    if (!signed || hash === undefined) throw new EvidenceRefusedError('NoSuchRendition', { rendition })
    if (hash !== dataHash)
      throw new ConflictingReceiptError({ sequence: of.sequence, signed: hash, asked: dataHash })
    this.#remember(key, { ...signed, round }, of)
    return this.#sign({ kind: 'rendition', ...subject, rendition, dataHash, round })
  }

  /** Before anything is signed: a crash in between must not lead to another result. Counts until its last receipt does. */
  #remember(key: Hex, { round, hashes }: SignedResult, of: OwnWork): void {
    const kept = this.#memory.set(key, { round, hashes })
    if (areSame(kept.hashes, hashes)) return
    const { sequence } = of
    throw new ConflictingReceiptError({ sequence, signed: kept.hashes.join(), asked: hashes.join() })
  }

  #forgetExpired(round: bigint): void {
    if (round <= this.#newestRound) return
    this.#newestRound = round
    this.#memory.forgetBefore(round - this.#config.receiptValidity)
  }

  #keyOf(subject: Work): Hex {
    const { chainId, verifier } = this.#config.domain
    return toHex(
      keccak256(new TextEncoder().encode(`${chainId} ${verifier.toLowerCase()} ${workKey(subject)}`)),
    )
  }

  async #sign<T extends SegmentReceipt | RenditionReceipt>(receipt: T): Promise<Signed<T>> {
    const signature = await this.#signer.signTypedData(typedData(this.#config.domain, receipt))
    return { receipt, signature: toHex(signature) }
  }
}
