/** @module A deliberate fault in a contract, and the test that has to see it. */

/** One text of a source file and what stands there in the faulty version. */
type Edit = {
  /** path under `contracts/src` */
  readonly file: string
  /** exact text; has to occur once, so that a mutant never hits something else after the code moved */
  readonly find: string
  readonly replace: string
}

/** A guard that is taken out. Several edits where guards stand behind each other. */
export type Mutant = {
  /** what is taken out; the runner takes a part of it as a filter */
  readonly name: string
  readonly edits: readonly Edit[]
  /** path under `contracts/test` */
  readonly suite: string
  /** start of the names of the tests of which at least one must fail */
  readonly test: string
  /** text that the failure must contain, where a suite checks many rules at once */
  readonly says?: string
}

export const edit = (file: string, find: string, replace = ''): Edit => ({ file, find, replace })

/** Mutants of public issues whose tests, named by their number, are in `regression/<suite>Issues.t.sol`. */
export const issuesOf =
  (suite: string) =>
  (number: string, name: string, ...edits: readonly Edit[]): Mutant => ({
    name: `issue ${number}: ${name}`,
    edits,
    suite: `regression/${suite}Issues.t.sol`,
    test: `test(Fuzz)?_issue${number}_`,
  })

/**
 * Mutants that the campaign or the fixed walk of `invariant/<suite>.t.sol` has to see, by the check whose message begins
 * with `says`.
 */
export const invariantsOf =
  (suite: string) =>
  (says: string, name: string, ...edits: readonly Edit[]): Mutant => ({
    name: `invariant ${says} ${name}`,
    edits,
    suite: `invariant/${suite}.t.sol`,
    test: '(invariant|test_aLongWalk)',
    says,
  })

/** The text of the file with the fault in it. Throws when the code is not what the mutant was written for. */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const count = text.split(find).length - 1
  if (count !== 1)
    throw new Error(`${file} has ${JSON.stringify(find)} ${count} times, not once: update the mutant`)
  return text.replace(find, () => replace)
}
