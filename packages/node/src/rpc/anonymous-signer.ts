/** @module The identity of a node that works off chain. */
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Signer } from '@tessera/protocol/signer'

/** Address zero and empty signatures (go-livepeer wire, off-chain network): peers off chain check nothing. */
export const anonymousSigner: Signer = {
  address: ZERO_ADDRESS,
  signMessageHash: async () => new Uint8Array(),
}
