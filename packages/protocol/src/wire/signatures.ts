/** @module Signatures of the wire: what is signed, and who signed it. */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bigintToBytes, bytesToBigint, concatBytes, toHex } from '@tessera/runtime/bytes'
import { type Address, address, sameAddress } from '../address.ts'
import { keccak256 } from '../keccak.ts'

const PERSONAL_PREFIX = new TextEncoder().encode('\x19Ethereum Signed Message:\n32')
const HALF_ORDER = secp256k1.Point.Fn.ORDER >> 1n

/** The hash that is really signed when `personal_sign` gets a 32-byte hash (EIP-191). */
export function personalHash(hash: Uint8Array): Uint8Array {
  return keccak256(concatBytes(PERSONAL_PREFIX, hash))
}

/** Why a signature was refused. */
export type BadSignature = 'bad-length' | 'bad-v' | 'high-s' | 'unrecoverable'

/**
 * Address whose key signed `hash` with `personal_sign`, or why there is none. High s is refused: a second valid
 * form of a signature would make a second ticket with another win value.
 */
export function recoverSigner(hash: Uint8Array, signature: Uint8Array): Address | BadSignature {
  return recoverDigestSigner(personalHash(hash), signature)
}

/** As `recoverSigner`, for a digest that was signed as it is (EIP-712). */
export function recoverDigestSigner(digest: Uint8Array, signature: Uint8Array): Address | BadSignature {
  if (signature.length !== 65) return 'bad-length'
  const v = signature[64]!
  if (v !== 27 && v !== 28) return 'bad-v'
  if (bytesToBigint(signature.subarray(32, 64)) > HALF_ORDER) return 'high-s'
  try {
    const recovered = concatBytes(Uint8Array.of(v - 27), signature.subarray(0, 64))
    const point = secp256k1.Signature.fromBytes(recovered, 'recovered').recoverPublicKey(digest)
    return address(keccak256(point.toBytes(false).subarray(1)).subarray(12))
  } catch {
    return 'unrecoverable'
  }
}

export function isSignedBy(signer: Address, hash: Uint8Array, signature: Uint8Array): boolean {
  const recovered = recoverSigner(hash, signature)
  return recovered.startsWith('0x') && sameAddress(recovered as Address, signer)
}

/** Hash to sign for an OrchestratorRequest: keccak of the checksummed address as text. Static, so replayable by design. */
export function orchestratorRequestHash(sender: Address): Uint8Array {
  return keccak256(new TextEncoder().encode(address(sender)))
}

/**
 * Bytes that a segment order commits to: `manifestId || BE32(seq) || hash || hex of keccak(name)[0:4] of each profile`.
 * Only the names of the profiles are covered, not duration, token or capabilities.
 */
export function segmentOrderBytes(order: {
  readonly manifestId: string
  readonly seq: number
  readonly hash: Uint8Array
  readonly profiles: readonly { readonly name: string }[]
}): Uint8Array {
  const utf8 = new TextEncoder()
  const names = order.profiles.map(({ name }) => toHex(keccak256(utf8.encode(name)).subarray(0, 4)).slice(2))
  return concatBytes(
    utf8.encode(order.manifestId),
    bigintToBytes(BigInt(order.seq), 32),
    order.hash,
    utf8.encode(names.join('')),
  )
}

/** Hash to sign for a segment order. */
export function segmentOrderHash(order: Parameters<typeof segmentOrderBytes>[0]): Uint8Array {
  return keccak256(segmentOrderBytes(order))
}

/** Hash to sign for a result: keccak of the joined keccak of each rendition, in order; signed without a further keccak. */
export function resultHash(renditionHashes: readonly Uint8Array[]): Uint8Array {
  return keccak256(concatBytes(...renditionHashes))
}
