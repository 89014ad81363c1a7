/** @module Tells of work that runs side by side in the order in which it was begun. */

/**
 * What it returns calls `tell` with each result once it is there and all that was begun before has ended, and hands the
 * result on. Transactions of an account are mined in the order of their nonces, but their receipts are seen in any.
 */
export function inOrder<T>(tell: (result: T) => void): (work: Promise<T>) => Promise<T> {
  let earlier: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = Promise.allSettled([earlier, work])
    const told = turn.then(async () => {
      const result = await work
      tell(result)
      return result
    })
    earlier = told.catch(() => undefined)
    return told
  }
}
