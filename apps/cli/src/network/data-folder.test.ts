import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataFolder } from './data-folder.ts'

describe('DataFolder', () => {
  let parent = ''
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'data-folder-test-'))
  })
  afterEach(() => rmSync(parent, { recursive: true }))

  it('refuses a folder that a live process holds, naming the process', () => {
    const path = join(parent, 'data')
    using _held = DataFolder.open({ path, ephemeral: false })
    writeFileSync(join(path, 'in-use-by'), String(process.ppid))
    expect(() => DataFolder.open({ path, ephemeral: false })).toThrow(`process ${process.ppid}`)
  })

  it('takes over a folder whose holder was killed', () => {
    const path = join(parent, 'data')
    DataFolder.open({ path, ephemeral: false })
    writeFileSync(join(path, 'in-use-by'), '999999999')
    using folder = DataFolder.open({ path, ephemeral: false })
    expect(readFileSync(join(folder.path, 'in-use-by'), 'utf8')).toBe(String(process.pid))
  })

  it('keeps data but not the lock when closed', () => {
    const path = join(parent, 'data')
    {
      using folder = DataFolder.open({ path, ephemeral: false })
      folder.writeConfig('gateway', {})
    }
    expect(existsSync(join(path, 'config', 'gateway.json'))).toBe(true)
    expect(existsSync(join(path, 'in-use-by'))).toBe(false)
  })

  it('leaves nothing of an ephemeral one', () => {
    const folder = DataFolder.open({ path: 'unused', ephemeral: true })
    expect(existsSync(folder.path)).toBe(true)
    folder[Symbol.dispose]()
    expect(existsSync(folder.path)).toBe(false)
  })

  it('writes settings that only their owner can read', () => {
    using folder = DataFolder.open({ path: join(parent, 'data'), ephemeral: false })
    const file = folder.writeConfig('orchestrator 1', { secret: 'x' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('says what to do when the folder cannot be made', () => {
    writeFileSync(join(parent, 'file'), '')
    expect(() => DataFolder.open({ path: join(parent, 'file', 'data'), ephemeral: false })).toThrow(
      'Cannot write to',
    )
  })

  it.runIf(process.platform === 'linux')(
    'says so, and ends, where the system lets nobody make a folder',
    () => {
      expect(() => DataFolder.open({ path: '/proc/nobody-can/data', ephemeral: false })).toThrow(
        'Cannot write to',
      )
    },
  )
})
