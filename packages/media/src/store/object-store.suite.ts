/** @module What every object store must do. Run it from the test of each implementation. */
import { describe, expect, it } from 'vitest'
import type { ObjectStore } from './object-store.ts'

const bytes = (size: number, fill = 7): Uint8Array => new Uint8Array(size).fill(fill)

/** @param open makes an empty store that holds `maxBytes`. */
export function objectStoreSuite(name: string, open: (maxBytes: number) => Promise<ObjectStore>): void {
  describe(name, () => {
    it('gives back what was put, under keys of several parts', async () => {
      const store = await open(1000)
      await store.put('stream/720p/0.ts', bytes(10))
      expect(await store.get('stream/720p/0.ts')).toEqual(bytes(10))
      expect(await store.get('stream/720p/1.ts')).toBeUndefined()
      expect(await store.get('stream/720p')).toBeUndefined()
    })

    it('is not changed when the caller changes its bytes afterwards', async () => {
      const store = await open(1000)
      const mine = bytes(4)
      await store.put('a', mine)
      mine.fill(0)
      expect(await store.get('a')).toEqual(bytes(4))
    })

    it('replaces an object, and counts only the new one', async () => {
      const store = await open(100)
      await store.put('a', bytes(60))
      await store.put('b', bytes(20))
      await store.put('a', bytes(80, 8))
      expect(await store.get('a')).toEqual(bytes(80, 8))
      expect(await store.get('b')).toEqual(bytes(20))
    })

    it('makes room by removing the oldest objects', async () => {
      const store = await open(100)
      for (const key of ['a', 'b', 'c']) await store.put(key, bytes(40))
      expect(await store.get('a')).toBeUndefined()
      expect(await store.get('b')).toBeDefined()
      expect(await store.get('c')).toBeDefined()
    })

    it('refuses an object that is larger than the store, and keeps the others', async () => {
      const store = await open(100)
      await store.put('a', bytes(40))
      await expect(store.put('b', bytes(101))).rejects.toMatchObject({ code: 'STORE_FULL' })
      expect(await store.get('a')).toEqual(bytes(40))
    })

    it('deletes one object, or all under a prefix', async () => {
      const store = await open(1000)
      for (const key of ['s/1', 's/2', 's/x/3', 'st/1']) await store.put(key, bytes(1))
      await store.delete('s/1')
      await store.delete('nothing')
      expect(await store.get('s/1')).toBeUndefined()
      await store.deleteUnder('s')
      expect(await store.get('s/x/3')).toBeUndefined()
      expect(await store.get('st/1')).toBeDefined()
    })

    it('refuses keys that could leave the store', async () => {
      const store = await open(1000)
      for (const key of ['', '..', '../a', 'a/../b', '/a', 'a//b', 'a/', '.hidden', 'a\\b', 'a b', 'a\0']) {
        await expect(store.put(key, bytes(1))).rejects.toMatchObject({ code: 'MALFORMED' })
        expect(await store.get(key)).toBeUndefined()
        await store.delete(key)
        await store.deleteUnder(key)
      }
    })

    it('takes many writes at once', async () => {
      const store = await open(10_000)
      const keys = Array.from({ length: 50 }, (_, i) => `s/${i}`)
      await Promise.all(keys.map((key, i) => store.put(key, bytes(100, i))))
      for (const [i, key] of keys.entries()) expect(await store.get(key)).toEqual(bytes(100, i))
    })
  })
}
