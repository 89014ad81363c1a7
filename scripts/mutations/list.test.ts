import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mutants } from './list.ts'
import { applyEdit } from './mutant.ts'

const suite = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../contracts/test/${file}`, import.meta.url)), 'utf8')

const source = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../contracts/src/${file}`, import.meta.url)), 'utf8')

describe('the list of mutants', () => {
  it.each(mutants)('fits the code: $name', ({ edits }) => {
    const files = new Map<string, string>()
    for (const edit of edits) {
      const before = files.get(edit.file) ?? source(edit.file)
      const after = applyEdit(before, edit)
      expect(after).not.toBe(before)
      files.set(edit.file, after)
    }
  })

  it.each(mutants)('has a test: $name', ({ suite: file, test }) => {
    const names = [...suite(file).matchAll(/function (\w+)\(/g)].map(([, name]) => name)
    expect(names.filter((name) => new RegExp(`^${test}`).test(name!))).not.toEqual([])
  })

  it('has names that tell them apart', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  })

  it('has one for each public issue and for each invariant', () => {
    for (let issue = 1; issue <= 32; issue += 1)
      expect(mutants.some(({ name }) => name.startsWith(`issue ${issue}:`))).toBe(true)
    for (let rule = 1; rule <= 12; rule += 1)
      expect(mutants.some(({ name }) => name.startsWith(`invariant ${rule}:`))).toBe(true)
  })
})
