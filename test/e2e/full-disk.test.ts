import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { UpProcess } from './support/network.ts'
import { countTo, delivered, ended, publish, segmentsDone } from './support/stream.ts'
import { until } from './support/until.ts'

const STACK_TRACE = /^\s+at /m
const MIB = 2 ** 20

/** A disk of its own takes the right to mount one. */
const disk = mkdtempSync(join(tmpdir(), 'tessera-e2e-disk-'))
const hasDisk = succeeds('mount', '-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk)

function succeeds(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0
}

function fillDisk(): () => void {
  const path = join(disk, 'ballast')
  const file = openSync(path, 'w')
  try {
    for (let size = 1024 * MIB; size > 0; size -= MIB) writeSync(file, new Uint8Array(MIB))
  } catch {
    // Full, as wanted.
  }
  closeSync(file)
  return () => rmSync(path)
}

describe.runIf(hasDisk)('a network on a disk that fills up', () => {
  afterAll(() => void succeeds('umount', '-l', disk))

  it('says so before it starts', async () => {
    const makeRoom = fillDisk()
    await using network = await UpProcess.spawn({ args: ['--data', join(disk, 'late')] })
    expect(await network.exited).toEqual({ code: 1, signal: null })
    makeRoom()
    expect(network.output).toMatch(/Cannot write to .*free disk space/s)
    expect(network.output).not.toMatch(STACK_TRACE)
  })

  it('tells its user, waits for room, and loses nothing', async () => {
    mkdirSync(join(disk, 'data'))
    await using network = await UpProcess.start({ args: ['--data', join(disk, 'data')] })
    const publishing = publish(network, { seconds: 12 })
    await until('the first segment', async () => (await segmentsDone(network)) > 0)
    const makeRoom = fillDisk()
    await network.says(/nearly full .*Make room/)
    makeRoom()
    await network.says(/has room again/)
    const { frames } = await publishing
    await ended(network, frames)
    expect(await network.stream()).toMatchObject({ framesIn: frames, segmentsLost: 0 })
    expect((await delivered(network, 'source')).counters).toEqual(countTo(frames))
    expect((await delivered(network, '360p')).counters).toEqual(countTo(frames))
    expect(network.output).not.toContain('ended by itself')
    expect(network.output).not.toMatch(STACK_TRACE)
  })
})

afterAll(() => rmSync(disk, { recursive: true, force: true }))
