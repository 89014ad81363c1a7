/** @module Tells a person when the disk that holds a network's data is nearly full, and when it has room again. */
import { statfs } from 'node:fs/promises'
import { type Clock, systemClock } from '@tessera/runtime/clock'

export type DiskRoomDeps = {
  /** Free bytes of the disk that holds the folder. */
  readonly freeBytes: (folder: string) => Promise<number>
  readonly clock: Clock
  readonly tell: (line: string) => void
}

/** About ten minutes of a stream in all renditions. */
const LOW_BYTES = 256 * 1024 * 1024
/** Said to be enough again only well above the mark, or it would flutter. */
const ENOUGH_BYTES = 1.25 * LOW_BYTES
const INTERVAL_MS = 2_000

/** Runs until `signal` aborts. The logs cannot say it: they are on the same disk. */
export async function watchDiskRoom(folder: string, signal: AbortSignal, deps: DiskRoomDeps): Promise<void> {
  let isLow = false
  while (!signal.aborted) {
    const free = await deps.freeBytes(folder).catch(() => undefined)
    if (free !== undefined && free < LOW_BYTES && !isLow) {
      isLow = true
      deps.tell(
        `The disk of ${folder} is nearly full (${Math.floor(free / 2 ** 20)} MiB left). Make room: streams and payments wait for it for a minute, then segments are lost.`,
      )
    } else if (free !== undefined && free > ENOUGH_BYTES && isLow) {
      isLow = false
      deps.tell(`The disk of ${folder} has room again.`)
    }
    await deps.clock.sleep(INTERVAL_MS, { signal }).catch(() => undefined)
  }
}

export const systemDiskRoom: Omit<DiskRoomDeps, 'tell'> = {
  clock: systemClock,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
}
