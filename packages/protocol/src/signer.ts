/** @module Who signs: a key in memory, a keystore, a wallet or a remote service. */
import type { Address } from './address.ts'

/** Holder of one secp256k1 key. */
export type Signer = {
  readonly address: Address
  /**
   * `personal_sign` of a 32-byte hash: signs keccak256("\x19Ethereum Signed Message:\n32" || hash).
   * Resolves to 65 bytes r, s, v with low s and v 27 or 28.
   */
  signMessageHash(hash: Uint8Array): Promise<Uint8Array>
}
