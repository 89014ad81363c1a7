import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concatBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { silentLog } from '@tessera/runtime/log'
import { describe, expect, it } from 'vitest'
import type { AccessUnit } from '../ingest/ingest-stream.ts'
import { RtmpServer } from '../rtmp/server.ts'
import { publishSource } from './publish-source.ts'
import { sampleSegments } from './segments.fixture.ts'

const DEPS = { clock: systemClock, log: silentLog }
const SMALL = { width: 320, height: 180, fps: 25 }

async function startServer() {
  const units: AccessUnit[] = []
  const ended = Promise.withResolvers<void>()
  const server = await RtmpServer.listen(
    { host: '127.0.0.1', port: 0 },
    {
      ...DEPS,
      authorize: async ({ name }) =>
        name === 'key' ? { id: 'x' } : new BaseError({ code: 'WRONG_KEY', message: 'The key is wrong.' }),
      onPublish: async (stream) => {
        for await (const unit of stream) units.push(unit)
        ended.resolve()
      },
    },
  )
  const url = (key = 'key'): string => `rtmp://127.0.0.1:${server.port}/live/${key}`
  const video = () => units.filter((unit) => unit.kind === 'video')
  return {
    server,
    url,
    video,
    units,
    ended: ended.promise,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

describe('publishSource', () => {
  it('sends exactly the frames it promised, in real time, with keyframes 2 s apart', async () => {
    await using server = await startServer()
    let startedMs = 0
    const onStarted = (): void => {
      startedMs = systemClock.monotonicMs()
    }
    const published = await publishSource({ url: server.url(), seconds: 3, ...SMALL }, { ...DEPS, onStarted })
    expect(systemClock.monotonicMs() - startedMs).toBeGreaterThan(2800)
    expect(published).toMatchObject({ frames: 75, durationMs: 3000 })
    await server.ended
    expect(server.video().map(({ pts }) => pts)).toEqual(Array.from({ length: 75 }, (_, i) => i * 3600))
    const keyframes = server
      .video()
      .flatMap((unit, index) => (unit.kind === 'video' && unit.isKeyframe ? [index] : []))
    expect(keyframes).toEqual([0, 50])
    expect(server.units.length - 75).toBeGreaterThan(130)
  })

  it('sends a file: every picture copied, sound included', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'tessera-source-'))
    const input = join(folder.path, 'input.ts')
    await writeFile(input, concatBytes(...sampleSegments({ ...SMALL, seconds: 2 })))
    await using server = await startServer()
    expect(await publishSource({ url: server.url(), input }, DEPS)).toMatchObject({ frames: 50 })
    await server.ended
    expect(server.video()).toHaveLength(50)
    expect(server.units.length - 50).toBeGreaterThan(80)
  })

  it('tells why it cannot', async () => {
    await using server = await startServer()
    const refusal = (input: Parameters<typeof publishSource>[0]) =>
      publishSource(input, DEPS).then(
        () => 'published',
        (error: BaseError) => `${error.code} ${error.facts.reason ?? ''}`,
      )
    expect(await refusal({ url: server.url('wrong'), seconds: 1, ...SMALL })).toMatch(
      /^SOURCE_REFUSED The key is wrong/,
    )
    expect(await refusal({ url: 'rtmp://127.0.0.1:1/live/key', seconds: 1 })).toMatch('SOURCE_UNREACHABLE')
    expect(await refusal({ url: 'http://127.0.0.1/live', seconds: 1 })).toMatch('SOURCE_BAD_URL')
    expect(await refusal({ url: server.url(), seconds: 1, width: 33 })).toMatch('SOURCE_BAD_SETTINGS')
    expect(await refusal({ url: server.url(), input: '/nowhere.mp4' })).toMatch('SOURCE_FILE_UNREADABLE')
    expect(await refusal({ url: server.url(), input: process.execPath })).toMatch('SOURCE_FILE_UNSUPPORTED')
  })

  it('stops at once when told to', async () => {
    await using server = await startServer()
    const stop = new AbortController()
    const running = publishSource(
      { url: server.url(), seconds: 60, ...SMALL },
      { ...DEPS, signal: stop.signal, onStarted: () => stop.abort(new Error('enough')) },
    )
    await expect(running).rejects.toThrow('enough')
  })
})
