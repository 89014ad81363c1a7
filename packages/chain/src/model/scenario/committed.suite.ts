/** @module The random scenarios that every run of the tests replays. */

export const COMMITTED_SEEDS: readonly number[] = [11, 12, 13, 14, 15, 16, 38, 120, 122]
export const COMMITTED_STEPS = 100
