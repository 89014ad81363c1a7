import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { FolderStore } from './folder.ts'
import { objectStoreSuite } from './object-store.suite.ts'

const folders: string[] = []

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-store-'))
  folders.push(folder)
  return folder
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

objectStoreSuite('FolderStore', async (maxBytes) => FolderStore.open({ folder: await newFolder(), maxBytes }))

describe('FolderStore', () => {
  it('finds its objects again, and still counts them', async () => {
    const folder = await newFolder()
    const before = await FolderStore.open({ folder, maxBytes: 100 })
    await before.put('s/old', new Uint8Array(60))
    await writeFile(join(folder, '.partial-9'), 'half')
    const store = await FolderStore.open({ folder, maxBytes: 100 })
    expect(await store.get('s/old')).toHaveLength(60)
    expect(await readdir(folder)).toEqual(['s'])
    await store.put('s/new', new Uint8Array(60))
    expect(await store.get('s/old')).toBeUndefined()
  })

  it('says that the disk is full, keeps what it has, and goes on when there is room again', async () => {
    const folder = await newFolder()
    let isFull = false
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const store = await FolderStore.open(
      { folder, maxBytes: 1000 },
      { writeFile: (path, bytes) => (isFull ? Promise.reject(full) : writeFile(path, bytes)) },
    )
    await store.put('a', new Uint8Array(5))
    isFull = true
    const refused = store.put('b', new Uint8Array(5))
    await expect(refused).rejects.toMatchObject({
      code: 'STORE_FULL',
      advice: expect.stringContaining('Free space'),
    })
    expect(await store.get('a')).toHaveLength(5)
    isFull = false
    await store.put('b', new Uint8Array(5))
    expect(await readdir(folder)).toEqual(['a', 'b'])
  })
})
