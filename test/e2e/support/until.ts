/** @module Waiting for a condition instead of for a time. */
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/** Asks until the answer is neither undefined nor false. A probe that throws has not answered yet. @throws after `withinMs` */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 60_000,
): Promise<T> {
  let failure: unknown
  for (const endMs = Date.now() + withinMs; Date.now() < endMs; await sleep(POLL_MS)) {
    try {
      const answer = await probe()
      if (answer !== undefined && answer !== false) return answer
      failure = undefined
    } catch (error) {
      failure = error
    }
  }
  throw new Error(`Waited ${withinMs / 1000} s for ${what}.`, { cause: failure })
}
