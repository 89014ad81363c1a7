import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@tessera/runtime/random'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  decryptKeystore,
  encryptKeystore,
  readKeyFile,
  writeKeystore,
  writePlainKeyFile,
} from './keystore.ts'
import { LocalSigner } from './signer.ts'

// The PBKDF2 vector of the Web3 Secret Storage Definition (ethereum.org). Its scrypt vector breaks RFC 7914 (N too large).
const SPEC_KEY = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
const SPEC_PBKDF2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  version: 3,
}
const key = { privateKey: SPEC_KEY, password: 'päss wörd' } as const
const deps = { random: seededRandom(7), scryptN: 1024 }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keystore-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('opens the PBKDF2 vector of the definition', async () => {
  expect(await decryptKeystore(JSON.stringify(SPEC_PBKDF2), 'testpassword')).toBe(SPEC_KEY)
})

test('writes keystores that it can open again, for their owner only', async () => {
  const path = join(folder, 'key.json')
  await writeKeystore(path, key, deps)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const signer = await readKeyFile(path, key.password)
  expect(signer.address).toBe(LocalSigner.fromPrivateKey(SPEC_KEY).address)
})

test('tells a wrong password', async () => {
  const json = await encryptKeystore(key, deps)
  await expect(decryptKeystore(json, 'wrong')).rejects.toMatchObject({ code: 'KEYSTORE_WRONG_PASSWORD' })
})

test('writes plain keys for their owner only, also over a readable file', async () => {
  const path = join(folder, 'dev.key')
  await writeFile(path, 'old', { mode: 0o644 })
  await writePlainKeyFile(path, SPEC_KEY)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await readKeyFile(path)).address).toBe(LocalSigner.fromPrivateKey(SPEC_KEY).address)
})

test('refuses costs that would exhaust the machine or that scrypt does not allow', async () => {
  const sealed = JSON.parse(await encryptKeystore(key, deps))
  for (const cost of [
    { n: 2 ** 30, r: 64 },
    { n: 2 ** 18, r: 1 },
    { n: 1000 },
    { n: 1 },
    { r: 0 },
    { p: 1e9 },
  ]) {
    const crypto = { ...sealed.crypto, kdfparams: { ...sealed.crypto.kdfparams, ...cost } }
    const json = JSON.stringify({ ...sealed, crypto })
    await expect(decryptKeystore(json, key.password)).rejects.toMatchObject({ code: 'MALFORMED' })
  }
})

test('answers any JSON with an error of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (json) => {
      await expect(decryptKeystore(json, 'x')).rejects.toMatchObject({ code: 'MALFORMED' })
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('names the file that holds no key, and what is wrong with it', async () => {
  const path = join(folder, 'key.json')
  const read = async (content: string) => {
    await writeFile(path, content)
    return readKeyFile(path, 'x').catch((error: unknown) => error)
  }
  const facts = (field: string) => ({ code: 'KEYSTORE_MALFORMED', facts: { file: path, field } })
  expect(await read('{')).toMatchObject(facts('JSON'))
  expect(await read('{"version":1,"crypto":{}}')).toMatchObject(facts('version or cipher'))
  expect(await read('0x1234')).toMatchObject({ message: expect.stringContaining(path) })
  expect(await read('x'.repeat(70_000))).toMatchObject(facts('size'))
})

test('names the file that a password does not open', async () => {
  const path = join(folder, 'key.json')
  await writeKeystore(path, key, deps)
  await expect(readKeyFile(path, 'wrong')).rejects.toThrow(`The password does not open ${path}.`)
})

test('asks for a password only when it can open the file', async () => {
  const ask = async (): Promise<string> => {
    throw new Error('asked')
  }
  const [empty, plain] = [join(folder, 'empty'), join(folder, 'plain')]
  await writeFile(empty, '{}')
  await expect(readKeyFile(empty, ask)).rejects.toMatchObject({ code: 'KEYSTORE_MALFORMED' })
  await writePlainKeyFile(plain, SPEC_KEY)
  expect((await readKeyFile(plain, ask)).address).toBe(LocalSigner.fromPrivateKey(SPEC_KEY).address)
})
