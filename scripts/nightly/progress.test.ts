import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, nextSlice, Progress } from './progress.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-nightly-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('progress', () => {
  const path = (): string => join(folder, 'state/nightly.json')

  it('goes on where the last night ended', () => {
    const first = new Progress(path(), 'a')
    first.add('Votes', 1000)
    first.add('Votes', 500)
    const second = new Progress(path(), 'a')
    expect(second.done('Votes')).toBe(1500)
    expect(second.done('fuzz')).toBe(0)
  })

  it('starts again when the sources changed', () => {
    new Progress(path(), 'a').add('Votes', 1000)
    expect(new Progress(path(), 'b').done('Votes')).toBe(0)
  })

  it.each(['', '{}', '[1]', '{"sources":"a","done":{"Votes":-1}}', '{"sources":"a","done":{"Votes":"9"}}'])(
    'starts again from a file that says %j',
    (text) => {
      mkdirSync(join(folder, 'state'))
      writeFileSync(path(), text)
      expect(new Progress(path(), 'a').done('Votes')).toBe(0)
    },
  )
})

describe('the digest of the sources', () => {
  it('changes with a name and with content', () => {
    const digests = new Set<string>()
    writeFileSync(join(folder, 'a.sol'), 'x')
    digests.add(digestOf([folder]))
    writeFileSync(join(folder, 'a.sol'), 'y')
    digests.add(digestOf([folder]))
    rmSync(join(folder, 'a.sol'))
    writeFileSync(join(folder, 'b.sol'), 'y')
    digests.add(digestOf([folder]))
    expect(digests.size).toBe(3)
    expect(digests).toContain(digestOf([folder]))
  })
})

describe('the next slice', () => {
  const progress = (done: Readonly<Record<string, number>>) => ({ done: (name: string) => done[name] ?? 0 })
  const limits = { runs: 2500, slice: 1000 }

  it('is of the campaign that is the least far', () => {
    const slice = nextSlice(['a', 'b'], progress({ a: 1000 }), new Set(), limits)
    expect(slice).toEqual({ name: 'b', before: 0, runs: 1000 })
  })

  it('passes over what is being run', () => {
    expect(nextSlice(['a', 'b'], progress({ a: 1000 }), new Set(['b']), limits)?.name).toBe('a')
  })

  it('ends with what is left', () => {
    const slice = nextSlice(['a'], progress({ a: 2000 }), new Set(), limits)
    expect(slice).toEqual({ name: 'a', before: 2000, runs: 500 })
    expect(nextSlice(['a'], progress({ a: 2500 }), new Set(), limits)).toBeUndefined()
  })
})
