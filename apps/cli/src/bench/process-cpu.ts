/** @module CPU time of whole process trees, read from the kernel's accounting (Linux). */
import { readdirSync, readFileSync } from 'node:fs'

type Entry = { readonly pid: number; readonly parent: number; readonly ticks: number }

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/**
 * User and system seconds of each root process, its living descendants, and those descendants that ended and were
 * waited for. A root that no longer exists counts nothing.
 */
export function cpuSecondsOfTrees(roots: readonly number[]): number {
  const entries = readAll()
  const children = Map.groupBy(entries.values(), ({ parent }) => parent)
  let ticks = 0
  const visit = (pid: number): void => {
    ticks += entries.get(pid)?.ticks ?? 0
    for (const child of children.get(pid) ?? []) visit(child.pid)
  }
  for (const root of roots) visit(root)
  return ticks / TICKS_PER_SECOND
}

function readAll(): ReadonlyMap<number, Entry> {
  const entries = new Map<number, Entry>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const entry = readOne(pid)
    if (entry) entries.set(pid, entry)
  }
  return entries
}

/** Fields after the parenthesised name: state, ppid, …; 14–17 are utime, stime, cutime, cstime (man 5 proc). */
function readOne(pid: number): Entry | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0)
    return { pid, parent: Number(fields[1]), ticks }
  } catch {
    return undefined // it ended while the list was read
  }
}
