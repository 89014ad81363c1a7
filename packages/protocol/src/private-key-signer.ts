/** @module A signer that holds its key in memory: development and tests. */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@tessera/runtime/bytes'
import { address } from './address.ts'
import { keccak256 } from './keccak.ts'
import type { Signer } from './signer.ts'
import { personalHash } from './wire/signatures.ts'

/** Signs deterministically (RFC 6979). `privateKey`: 32 bytes. */
export function privateKeySigner(privateKey: Uint8Array): Signer {
  const publicKey = secp256k1.getPublicKey(privateKey, false)
  return {
    address: address(keccak256(publicKey.subarray(1)).subarray(12)),
    signMessageHash: async (hash) => {
      const signed = secp256k1.sign(personalHash(hash), privateKey, { prehash: false, format: 'recovered' })
      return concatBytes(signed.subarray(1), Uint8Array.of(27 + signed[0]!))
    },
  }
}
