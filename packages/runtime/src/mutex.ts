/** @module Mutual exclusion between asynchronous sections, first come first served. */

export class Mutex {
  #tail: Promise<unknown> = Promise.resolve()

  run<T>(section: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(section, section)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
