/** @module The machine's processes: who descends from whom, and who still lives. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

type ProcessRow = { readonly pid: number; readonly parent: number; readonly command: string }

/** Living processes only: one that has ended and was not collected by its parent yet does not count. */
function livingProcesses(): readonly ProcessRow[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs()
}

/** Children, grandchildren and so on. */
export function descendantsOf(pid: number): readonly ProcessRow[] {
  const all = livingProcesses()
  const found: ProcessRow[] = []
  const visit = (parent: number): void => {
    for (const row of all.filter((candidate) => candidate.parent === parent)) {
      found.push(row)
      visit(row.pid)
    }
  }
  visit(pid)
  return found
}

export function livingOf(pids: readonly number[]): readonly ProcessRow[] {
  return livingProcesses().filter(({ pid }) => pids.includes(pid))
}

function fromProc(): readonly ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // "pid (name) state parent …"; the name may hold spaces and brackets.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return state === 'Z' || state === 'X' ? [] : [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return [] // it ended while we looked
      }
    })
}

function fromPs(): readonly ProcessRow[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' })
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || state?.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }]
  })
}
