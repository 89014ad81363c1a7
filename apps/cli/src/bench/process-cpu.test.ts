import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { cpuSecondsOfTrees } from './process-cpu.ts'

const isLinux = process.platform === 'linux'

describe.runIf(isLinux)('cpuSecondsOfTrees', () => {
  it('counts the time of this process', () => {
    const before = cpuSecondsOfTrees([process.pid])
    const used = process.cpuUsage()
    while (process.cpuUsage(used).user < 60_000);
    expect(cpuSecondsOfTrees([process.pid])).toBeGreaterThanOrEqual(before + 0.04)
  })

  it('counts grandchildren that have ended', async () => {
    const burn = 'const t=process.cpuUsage();while(process.cpuUsage(t).user<100000);'
    const script = `require('child_process').spawnSync(process.execPath,['-e',${JSON.stringify(burn)}]);process.stdin.resume();console.log('x')`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    expect(cpuSecondsOfTrees([child.pid!])).toBeGreaterThanOrEqual(0.1)
    child.kill()
    await once(child, 'exit')
    expect(cpuSecondsOfTrees([child.pid!])).toBe(0)
  })
})
