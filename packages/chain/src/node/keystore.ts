/** @module Private keys in files: encrypted web3 keystores (version 3), and plain ones for development. */
import { createCipheriv, createDecipheriv, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { chmod, open, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { BaseError, MalformedError } from '@tessera/runtime/errors'
import type { Random } from '@tessera/runtime/random'
import { keccak256 } from 'viem'
import { LocalSigner } from './signer.ts'

/** `KEYSTORE_WRONG_PASSWORD`: the checksum does not match what the password decrypts. */
export class WrongPasswordError extends BaseError {
  constructor(file?: string) {
    super({
      code: 'KEYSTORE_WRONG_PASSWORD',
      message: `The password does not open ${file ?? 'the keystore'}.`,
      advice: 'Check the password and that the file is the right one.',
      ...(file !== undefined && { facts: { file } }),
    })
  }
}

/** `KEYSTORE_MALFORMED`: the file holds no key in a form that is known; `field` names what is missing or wrong. */
export class KeyFileError extends BaseError {
  constructor(facts: { file: string; field: string }, cause: unknown) {
    super({
      code: 'KEYSTORE_MALFORMED',
      message: `${facts.file} is no key file: its ${facts.field} is missing or malformed.`,
      advice:
        'Give a version 3 keystore, the JSON file that geth and Livepeer’s node write (UTC--…), or one with 64 hex digits.',
      facts,
      cause,
    })
  }
}

/** Scrypt cost as in geth's "standard" keystores: about a second and 256 MiB. */
const SCRYPT = { n: 262_144, r: 8, p: 1 }
/** Nothing that a file demands may take more memory than this. */
const MAX_SCRYPT_BYTES = 1024 ** 3
const MAX_PBKDF2_ROUNDS = 10_000_000
const MAX_FILE_BYTES = 64 * 1024
const KEY_BYTES = 32

const scryptKey = promisify<string, Uint8Array, number, object, Buffer>(scrypt)
const pbkdf2Key = promisify(pbkdf2)

/**
 * Reads a key file: a version 3 keystore (geth, go-livepeer) or 64 hex digits.
 * @param password needed for keystores only; a function is asked for it once the file is known to be one.
 * @throws {KeyFileError | WrongPasswordError}
 */
export async function readKeyFile(
  path: string,
  password?: string | (() => Promise<string>),
): Promise<LocalSigner> {
  const content = await readFile(path)
  try {
    if (content.length > MAX_FILE_BYTES) throw malformed('size')
    const text = content.toString('utf8').trim()
    if (!text.startsWith('{')) return LocalSigner.fromPrivateKey(normalised(text))
    if (password === undefined) throw new WrongPasswordError(path)
    const sealed = parseKeystore(text)
    const given = typeof password === 'string' ? password : await password()
    return LocalSigner.fromPrivateKey(await unsealed(sealed, given))
  } catch (error) {
    if (error instanceof WrongPasswordError) throw new WrongPasswordError(path)
    if (!(error instanceof MalformedError)) throw error
    throw new KeyFileError({ file: path, field: String(error.facts.field ?? 'content') }, error)
  }
}

/** Writes the key in the clear, readable by its owner only: for keys that guard nothing of worth. */
export async function writePlainKeyFile(path: string, privateKey: Hex): Promise<void> {
  await writePrivately(path, `${privateKey}\n`)
}

/** Writes a version 3 keystore, readable by its owner only. `scryptN` is a power of two; lower it only in tests. */
export async function writeKeystore(
  path: string,
  key: { readonly privateKey: Hex; readonly password: string },
  deps: { readonly random: Random; readonly scryptN?: number },
): Promise<void> {
  await writePrivately(path, await encryptKeystore(key, deps))
}

/** @returns the JSON text of a version 3 keystore. */
export async function encryptKeystore(
  key: { readonly privateKey: Hex; readonly password: string },
  deps: { readonly random: Random; readonly scryptN?: number },
): Promise<string> {
  const salt = deps.random.bytes(32)
  const iv = deps.random.bytes(16)
  const kdfparams = { dklen: 32, salt: bare(salt), ...SCRYPT, n: deps.scryptN ?? SCRYPT.n }
  const derived = await deriveScrypt(key.password, kdfparams)
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  const ciphertext = concatBytes(cipher.update(fromHex(key.privateKey)), cipher.final())
  return JSON.stringify({
    version: 3,
    id: uuid(deps.random.bytes(16)),
    address: LocalSigner.fromPrivateKey(key.privateKey).address.slice(2).toLowerCase(),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: bare(iv) },
      ciphertext: bare(ciphertext),
      kdf: 'scrypt',
      kdfparams,
      mac: checksum(derived, ciphertext).slice(2),
    },
  })
}

/** @throws {MalformedError | WrongPasswordError} */
export async function decryptKeystore(json: string, password: string): Promise<Hex> {
  return unsealed(parseKeystore(json), password)
}

type Sealed = {
  readonly ciphertext: Uint8Array
  readonly iv: Uint8Array
  readonly mac: Uint8Array
  readonly kdf: unknown
  readonly kdfparams: Fields
}

function parseKeystore(json: string): Sealed {
  const { version, crypto, Crypto } = fields(parseJson(json))
  const sealed = fields(crypto ?? Crypto)
  if (version !== 3 || sealed.cipher !== 'aes-128-ctr') throw malformed('version or cipher')
  const ciphertext = bytes(sealed.ciphertext, 'ciphertext')
  const iv = bytes(fields(sealed.cipherparams).iv, 'iv')
  const mac = bytes(sealed.mac, 'mac')
  if (ciphertext.length !== KEY_BYTES || iv.length !== 16 || mac.length !== 32) throw malformed('lengths')
  return { ciphertext, iv, mac, kdf: sealed.kdf, kdfparams: fields(sealed.kdfparams) }
}

async function unsealed(sealed: Sealed, password: string): Promise<Hex> {
  const { ciphertext, iv, mac, kdf, kdfparams } = sealed
  const derived = await deriveKey(password, kdf, kdfparams)
  if (!timingSafeEqual(fromHex(checksum(derived, ciphertext)), mac)) throw new WrongPasswordError()
  const decipher = createDecipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  return toHex(concatBytes(decipher.update(ciphertext), decipher.final()))
}

type Fields = Readonly<Record<string, unknown>>

function deriveKey(password: string, kdf: unknown, params: Fields): Promise<Uint8Array> {
  if (params.dklen !== 32) throw malformed('dklen')
  if (kdf === 'scrypt') return deriveScrypt(password, params)
  if (kdf === 'pbkdf2' && params.prf === 'hmac-sha256') {
    const rounds = count(params.c, MAX_PBKDF2_ROUNDS, 'c')
    return pbkdf2Key(password, bytes(params.salt, 'salt'), rounds, 32, 'sha256')
  }
  throw malformed('kdf')
}

async function deriveScrypt(password: string, params: Fields): Promise<Uint8Array> {
  const r = count(params.r, 64, 'r')
  const p = count(params.p, 64, 'p')
  const n = count(params.n, MAX_SCRYPT_BYTES / (128 * r), 'n')
  // RFC 7914 §2: N is a power of two below 2^(16 r). No wallet writes others; OpenSSL refuses them.
  if ((n & (n - 1)) !== 0 || n < 2 || Math.log2(n) >= 16 * r) throw malformed('n')
  // Node needs a little more than the 128 × N × r bytes of the algorithm.
  const maxmem = 128 * n * r + 128 * r * p + 1024 * 1024
  return scryptKey(password, bytes(params.salt, 'salt'), 32, { N: n, r, p, maxmem })
}

/** Tells a wrong password from a damaged file: keccak256 of the second half of the derived key and the ciphertext. */
function checksum(derived: Uint8Array, ciphertext: Uint8Array): Hex {
  return keccak256(concatBytes(derived.subarray(16, 32), ciphertext))
}

/** Created with mode 0600, and set so when the file was there with another. */
async function writePrivately(path: string, content: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await chmod(path, 0o600)
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw malformed('JSON')
  }
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw malformed('structure')
  return { ...value }
}

function bytes(value: unknown, field: string): Uint8Array {
  if (typeof value !== 'string') throw malformed(field)
  return fromHex(value)
}

function count(value: unknown, max: number, field: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > max)
    throw malformed(field)
  return value
}

function normalised(text: string): Hex {
  return text.startsWith('0x') ? `0x${text.slice(2)}` : `0x${text}`
}

const bare = (value: Uint8Array): string => toHex(value).slice(2)

/** RFC 9562 version 4. */
function uuid(random: Uint8Array): string {
  const value = Uint8Array.from(random)
  value[6] = (value[6]! & 0x0f) | 0x40
  value[8] = (value[8]! & 0x3f) | 0x80
  return bare(value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function malformed(field: string): MalformedError {
  return new MalformedError('keystore', { field })
}
