/** @module A process with a pool, for a test that kills it. Prints the ids of its children. */
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { CodecPool } from './codec-pool.ts'

const pool = await CodecPool.start({ size: 2 }, { clock: systemClock, log: silentLog })
process.stdout.write(`${JSON.stringify(pool.pids)}\n`)
