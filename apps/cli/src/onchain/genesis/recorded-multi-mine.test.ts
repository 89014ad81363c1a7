import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, address } from '@tessera/protocol/address'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { recordedMultiMine } from './recorded-multi-mine.ts'

const numbered = (digit: number): Address => address(`0x${String(digit).repeat(40)}`)
const [mine, multiMine, other] = [numbered(1), numbered(2), numbered(3)]
const genesisHash = `0x${'ab'.repeat(32)}` as const
const client = { genesisHash, hasCode: async (at: Address) => at === multiMine }
const record = {
  ...{ format: 'tessera-genesis-deployment', version: 1, chainId: 1, genesisHash, deployer: numbered(4) },
  ...{ controller: numbered(5), token: numbered(6), root: '0x', grants: [], mine, multiMine, complete: true },
}
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorded-multi-mine-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function found(fields: object, of = mine): Promise<Address | undefined> {
  await writeFile(join(folder, 'deployment.json'), JSON.stringify({ ...record, ...fields }))
  return recordedMultiMine(client, of, folder)
}

it('finds the one that was created with the mine', async () => {
  expect(await found({})).toBe(multiMine)
})

it.each<[string, object]>([
  ['is not complete', { complete: false }],
  ['is about another chain', { genesisHash: `0x${'cd'.repeat(32)}` }],
  ['names an address without code', { multiMine: other }],
])('finds none when the record %s', async (_, fields) => {
  expect(await found(fields)).toBeUndefined()
})

it('finds none for another mine, nor where nothing was recorded', async () => {
  expect(await found({}, other)).toBeUndefined()
  expect(await recordedMultiMine(client, mine, join(folder, 'none'))).toBeUndefined()
})
