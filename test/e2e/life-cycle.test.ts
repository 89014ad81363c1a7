import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { allPorts, isPortFree } from '../../apps/cli/src/network/ports.ts'
import { freePortBase } from './support/free-ports.ts'
import { UpProcess } from './support/network.ts'
import { livingOf } from './support/processes.ts'
import { body, ended, playlist, publish } from './support/stream.ts'
import { until } from './support/until.ts'

const STACK_TRACE = /^\s+at /m

async function portsAreFree(network: UpProcess): Promise<boolean> {
  const free = await Promise.all(allPorts(network.ports).map(({ port }) => isPortFree(port)))
  return free.every(Boolean)
}

describe('the life of a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-e2e-'))
  const data = join(folder, 'data')
  const up = (...args: string[]) => UpProcess.start({ args })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('ends with all of its processes at Ctrl-C, and goes on from there when started again', async () => {
    await using first = await up('--data', data)
    const { frames } = await publish(first, { seconds: 4 })
    await ended(first, frames)
    const before = await first.view()
    const pids = first.allPids()
    expect(pids.length).toBeGreaterThan(6)
    expect(await first.interrupt()).toEqual({ code: 0, signal: null })
    expect(livingOf(pids)).toEqual([])
    expect(await portsAreFree(first)).toBe(true)
    expect(first.output).toContain('Everything has stopped.')
    expect(first.output).not.toMatch(STACK_TRACE)
    expect(existsSync(join(data, 'in-use-by'))).toBe(false)

    await using second = await up('--data', data)
    const after = await until('the chain', async () => {
      const view = await second.view()
      return view.chain && view
    })
    expect(after.chain!.block).toBeGreaterThan(before.chain!.block)
    expect(Number(after.chain!.round)).toBeGreaterThanOrEqual(Number(before.chain!.round))
    expect(controllerIn(second)).toBe(controllerIn(first))
    expect(await second.stream()).toMatchObject({ framesIn: frames, isLive: false })
    const { segments, hasEnded } = await playlist(second, 'source')
    expect(hasEnded).toBe(true)
    for (const { url } of segments) expect((await body(url)).length).toBeGreaterThan(0)

    await killedFromOutside(second)
    await using third = await up('--data', data)
    const again = await until('the chain', async () => (await third.view()).chain)
    expect(again.block).toBeGreaterThanOrEqual(before.chain!.block)
    expect(controllerIn(third)).toBe(controllerIn(first))
  })

  it('leaves nothing behind when it is ephemeral', async () => {
    await using network = await up('--ephemeral')
    const path = /^Data and logs: (.+)$/m.exec(network.output)?.[1] ?? ''
    expect(existsSync(path)).toBe(true)
    expect(await network.interrupt()).toEqual({ code: 0, signal: null })
    expect(existsSync(path)).toBe(false)
  })

  it('names the port that another program uses, and what to do', async () => {
    const portBase = await freePortBase()
    const other = createServer()
    await new Promise<void>((resolve, reject) => {
      other.once('error', reject)
      other.listen(portBase + 1, '127.0.0.1', resolve)
    })
    await using network = await UpProcess.spawn({ portBase, args: ['--data', data] })
    expect(await network.exited).toEqual({ code: 1, signal: null })
    await new Promise((resolve) => other.close(resolve))
    expect(network.output).toContain(`port ${portBase + 1} (HTTP)`)
    expect(network.output).toContain('--port-base')
    expect(network.output).not.toMatch(STACK_TRACE)
  })

  it('says what to do when it cannot write its data', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await using network = await UpProcess.spawn({ args: ['--data', join(file, 'data')] })
    expect(await network.exited).toEqual({ code: 1, signal: null })
    expect(network.output).toContain('Cannot write to')
    expect(network.output).toContain('--data')
    expect(network.output).not.toMatch(STACK_TRACE)
  })
})

/** `kill -9` of `up` alone: its children notice and leave. */
async function killedFromOutside(network: UpProcess): Promise<void> {
  const pids = network.allPids()
  network.kill('SIGKILL')
  await network.exited
  await until('all children to be gone', () => livingOf(pids).length === 0, 20_000)
  expect(await portsAreFree(network)).toBe(true)
}

const controllerIn = (network: UpProcess): string | undefined =>
  /Controller (0x[0-9a-fA-F]{40})/.exec(network.output)?.[1]
