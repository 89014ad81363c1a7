import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mutants } from './list.ts'
import { applyEdit } from './mutant.ts'

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

  it('has one for each public issue that code can answer, and for each invariant', () => {
    for (let issue = 1; issue <= 32; issue += 1)
      expect(mutants.some(({ name }) => name.startsWith(`issue ${issue}:`))).toBe(true)
    for (let rule = 1; rule <= 12; rule += 1)
      expect(mutants.some(({ name }) => name.startsWith(`invariant ${rule}:`))).toBe(true)
  })
})
