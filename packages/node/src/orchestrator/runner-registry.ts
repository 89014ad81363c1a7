/** @module The AI runners that workers brought along: which models, how many places, and who is gone. */
import type { Log } from '@tessera/runtime/log'

export type RunnerOffer = {
  /** Base URL at which the orchestrator reaches the runner. */
  readonly url: string
  /** Model to number of sessions at a time. */
  readonly models: ReadonlyMap<string, number>
}

/** One place on a runner. */
export type RunnerLease = Disposable & {
  readonly url: string
  /** Aborts when the runner is gone. */
  readonly lost: AbortSignal
}

type Runner = RunnerOffer & { readonly gone: AbortController; readonly busy: Map<string, number> }

export class RunnerRegistry {
  readonly #log: Log
  readonly #runners = new Set<Runner>()

  constructor(deps: { readonly log: Log }) {
    this.#log = deps.log
  }

  get size(): number {
    return this.#runners.size
  }

  /** Places by model, over all runners. */
  get models(): ReadonlyMap<string, { readonly idle: number; readonly busy: number }> {
    const models = new Map<string, { idle: number; busy: number }>()
    for (const runner of this.#runners) {
      for (const [model, capacity] of runner.models) {
        const sum = models.get(model) ?? { idle: 0, busy: 0 }
        const busy = runner.busy.get(model) ?? 0
        models.set(model, { idle: sum.idle + Math.max(0, capacity - busy), busy: sum.busy + busy })
      }
    }
    return models
  }

  /** Call what it returns when the runner is gone: its sessions learn of it at once. */
  join(offer: RunnerOffer): () => void {
    const runner: Runner = { ...offer, gone: new AbortController(), busy: new Map() }
    this.#runners.add(runner)
    this.#log.info({ url: offer.url, models: [...offer.models.keys()].join() }, 'AI runner joined')
    return () => {
      if (!this.#runners.delete(runner)) return
      runner.gone.abort()
      this.#log.info({ url: offer.url }, 'AI runner left')
    }
  }

  /** A place on the runner with the most of them free; undefined when there is none. */
  lease(model: string): RunnerLease | undefined {
    const idle = (runner: Runner): number => (runner.models.get(model) ?? 0) - (runner.busy.get(model) ?? 0)
    const [runner] = [...this.#runners].filter((r) => idle(r) > 0).sort((a, b) => idle(b) - idle(a))
    if (!runner) return undefined
    runner.busy.set(model, (runner.busy.get(model) ?? 0) + 1)
    let isHeld = true
    return {
      url: runner.url,
      lost: runner.gone.signal,
      [Symbol.dispose]: () => {
        if (isHeld) runner.busy.set(model, (runner.busy.get(model) ?? 1) - 1)
        isHeld = false
      },
    }
  }
}
