/** @module Functions that no fuzz test has to call, and why. `*.name` stands for every contract. */
export const exempt: ReadonlyMap<string, string> = new Map([])
