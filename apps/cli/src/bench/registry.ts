/** @module All benches by name; one file each, loaded when it runs. */
import { BaseError } from '@tessera/runtime/errors'
import type { Bench } from './bench.ts'

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  network: async () => (await import('./network.ts')).networkBench,
}

class UnknownBenchError extends BaseError {
  constructor(name: string) {
    super({
      code: 'BENCH_UNKNOWN',
      message: `There is no bench called ${name}.`,
      advice: `There are: ${Object.keys(BENCHES).join(', ')}.`,
    })
  }
}

/** @throws {UnknownBenchError} */
export function loadBench(name: string): Promise<Bench> {
  const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  if (!load) throw new UnknownBenchError(name)
  return load()
}
