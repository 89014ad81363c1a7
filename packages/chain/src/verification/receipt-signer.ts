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
  /** Segments whose results are remembered, about 300 bytes each. Default 200,000. */
  readonly maxRemembered?: number
}

/** Work without its orchestrator, who is the signer. */
export type OwnWork = Omit<Work, 'orchestrator'>

type Remembered = { readonly round: bigint; readonly hashes: readonly Hex[] }

/**
 * Encoders are not deterministic, so a segment that is asked for twice may come out differently: honest, and yet two
 * signatures of it would be a proof of wrong work. This signer remembers what it signed for as long as it counts. A
 * restart forgets, which is harmless as long as jobs contain session ids of the process (`jobOf`).
 */
export class ReceiptSigner {
  readonly #config: ReceiptSignerConfig
  readonly #signer: TypedDataSigner
  readonly #signed = new Map<string, Remembered>()

  constructor(config: ReceiptSignerConfig, signer: TypedDataSigner) {
    this.#config = config
    this.#signer = signer
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
    this.#remember(subject, { round, hashes: hashes.map(toHex) })
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
    const signed = this.#signed.get(workKey(subject))?.hashes[rendition]
    if (signed === undefined) throw new EvidenceRefusedError('NoSuchRendition', { rendition })
    if (signed !== dataHash) {
      throw new ConflictingReceiptError({ sequence: of.sequence, signed, asked: dataHash })
    }
    return this.#sign({ kind: 'rendition', ...subject, rendition, dataHash, round })
  }

  /** Before anything is signed: a crash in between must not lead to a second signature. */
  #remember(subject: Work, result: Remembered): void {
    this.#forgetExpired(result.round)
    const key = workKey(subject)
    const before = this.#signed.get(key)
    const [signed, asked] = [before?.hashes.join(), result.hashes.join()]
    if (before && signed !== asked) {
      throw new ConflictingReceiptError({ sequence: subject.sequence, signed: signed ?? '', asked })
    }
    // Signing the same result again renews it: both receipts count until the younger one expires.
    this.#signed.delete(key)
    const limit = this.#config.maxRemembered ?? 200_000
    if (this.#signed.size >= limit) throw new ReceiptMemoryFullError({ remembered: this.#signed.size })
    this.#signed.set(key, result)
  }

  /** Entries are in the order of their rounds. */
  #forgetExpired(round: bigint): void {
    for (const [key, { round: signedIn }] of this.#signed) {
      if (round - signedIn <= this.#config.receiptValidity) return
      this.#signed.delete(key)
    }
  }

  async #sign<T extends SegmentReceipt | RenditionReceipt>(receipt: T): Promise<Signed<T>> {
    const signature = await this.#signer.signTypedData(typedData(this.#config.domain, receipt))
    return { receipt, signature: toHex(signature) }
  }
}
