import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { profile } from '@tessera/protocol/profile'
import { afterAll, describe, expect, it } from 'vitest'
import { recordSource } from '../source/record-source.ts'
import { transcodeWholeFile } from './whole-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'whole-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SMALL = profile({
  name: 'small',
  width: 160,
  height: 90,
  bitrateBps: 200_000,
  codec: 'h264',
  format: 'mpegts',
  gopMs: 2_000,
})

describe('transcodeWholeFile', () => {
  it('transcodes every frame of a recorded source and says what it cost', async () => {
    const path = join(folder, 'source.ts')
    await recordSource({ path, seconds: 5, width: 320, height: 180, fps: 25 })
    const result = await transcodeWholeFile({ path, profiles: [SMALL] })
    expect(result.renditions).toMatchObject([{ name: 'small', frames: 125 }])
    expect(result.cpuSeconds).toBeGreaterThan(0)
  })

  it('fails with the transcoder’s own code', async () => {
    const path = new URL('./whole-file.ts', import.meta.url).pathname
    await expect(transcodeWholeFile({ path, profiles: [SMALL] })).rejects.toMatchObject({
      code: 'TRANSCODE_INVALID_INPUT',
    })
  })
})
