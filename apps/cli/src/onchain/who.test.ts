import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChainClient } from '@tessera/chain/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertNamed, findSigner } from './who.ts'

const client = { chainId: 31_337 } as ChainClient
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'who-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a keystore that is not there, or is none, is named before a password is asked for', async () => {
  const [missing, empty] = [join(folder, 'missing'), join(folder, 'empty')]
  await writeFile(empty, '{}')
  await expect(findSigner(client, { keystore: missing })).rejects.toThrow(`Cannot read ${missing}`)
  await expect(findSigner(client, { keystore: empty })).rejects.toThrow(`${empty} is no key file`)
})

test('a verb that only reads says that the account can be its argument', () => {
  expect(() => assertNamed({}, undefined)).toThrow(
    expect.objectContaining({ advice: expect.stringMatching(/^Name it behind the command: an address/) }),
  )
})

test.each([
  [{}, 'gateway'],
  [{ account: 'gateway' }, undefined],
  [{ keystore: 'key.json' }, undefined],
])('is satisfied with %j and the argument %s', (options, given) => {
  expect(() => assertNamed(options, given)).not.toThrow()
})
