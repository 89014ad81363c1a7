/** @module An orchestrator, its work and its receipts, for tests. */
import { address } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { resultHash } from '@tessera/protocol/wire/signatures'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import { LocalSigner } from '../node/signer.ts'
import {
  CONTAINER,
  jobOf,
  profilesHashOf,
  type Receipt,
  type ReceiptDomain,
  type RenditionReceipt,
  type SegmentReceipt,
  type Signed,
  typedData,
  type Work,
} from './receipt.ts'

export const domain: ReceiptDomain = { chainId: 412_346, verifier: address('0x' + '0e'.repeat(20)) }
export const orchestrator: LocalSigner = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 2)
export const ROUND = 50n

export const hashOf = (text: string | Uint8Array): Hex =>
  toHex(keccak256(typeof text === 'string' ? new TextEncoder().encode(text) : text))

/** `packets` whole packets of 188 bytes, all filled with `fill`. */
export function stream(packets: number, fill = 0): Uint8Array {
  return new Uint8Array(188 * packets).fill(fill).map((byte, i) => (i % 188 === 0 ? 0x47 : byte))
}

export function workOf(sequence: bigint, by: LocalSigner = orchestrator): Work {
  return {
    orchestrator: by.address,
    job: jobOf('a1b2c3d4', 'stream'),
    sequence,
    sourceHash: hashOf(`segment ${sequence}`),
    profilesHash: profilesHashOf(DEFAULT_LADDER),
  }
}

export function segmentReceipt(
  renditions: readonly Uint8Array[],
  over: Partial<SegmentReceipt> = {},
): SegmentReceipt {
  return {
    kind: 'segment',
    ...workOf(7n),
    container: CONTAINER.mpegTs,
    resultHash: toHex(resultHash(renditions.map((data) => keccak256(data)))),
    round: ROUND,
    ...over,
  }
}

export function renditionReceipt(data: Uint8Array, over: Partial<RenditionReceipt> = {}): RenditionReceipt {
  return { kind: 'rendition', ...workOf(7n), rendition: 0, dataHash: hashOf(data), round: ROUND, ...over }
}

/** Signed without asking what was signed before. */
export async function sign<T extends Receipt>(
  receipt: T,
  by: { readonly signer?: LocalSigner; readonly domain?: ReceiptDomain } = {},
): Promise<Signed<T>> {
  const data = typedData(by.domain ?? domain, receipt)
  return { receipt, signature: toHex(await (by.signer ?? orchestrator).signTypedData(data)) }
}
