/** @module keccak-256, the hash of everything that is signed here. */
import { createKeccak } from 'hash-wasm'

/** WebAssembly: hashing whole segments and renditions in JavaScript took a sixth of a core per stream. */
const hasher = await createKeccak(256)

/** 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return hasher.init().update(bytes).digest('binary')
}
