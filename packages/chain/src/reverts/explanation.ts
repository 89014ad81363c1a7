/** @module What a contract's error means to a person, as a table entry. */

/** How a value of an error is written. */
export type ValueUnit =
  /** 10^-18 LPT */
  | 'lpt'
  /** wei */
  | 'eth'
  /** 10^-6, as percent */
  | 'millionths'
  /** 10^-9, as percent */
  | 'billionths'
  /** 10^-27, as percent */
  | 'ray'
  /** seconds since 1970, as UTC */
  | 'time'
  /** a long number by its first digits; commands take those in its place */
  | 'id'
  /** of a governor's proposal, by its name */
  | 'proposalState'
  /** revert data of another call, in words */
  | 'revert'

export type Explanation = {
  /**
   * What is wrong, a sentence without its full stop. `{name}` stands for the error's argument of that name, and
   * `{name:unit}` for it in a unit.
   */
  readonly says: string
  /** What to do, a sentence or two. */
  readonly advice: string
}

/** By name; by signature (`InvalidProof(bytes32)`) where two errors share a name. */
export type Explanations = Readonly<Record<string, Explanation>>
