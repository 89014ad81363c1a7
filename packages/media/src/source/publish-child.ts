/** @module Entry of the process that makes, or reads, a source and sends it in real time. */

import { unixMs } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { AvError } from '../av/check.ts'
import { serveParent } from '../child/serve.ts'
import { FileSource } from './file-source.ts'
import { GeneratedSource } from './generated-source.ts'
import { RtmpOutput, ServerWords } from './rtmp-output.ts'
import type { PublishEvent, PublishedSource, SourceInput } from './source.ts'
import { SourceError } from './source-errors.ts'
import type { PacketSource } from './timed-packets.ts'

const MIN_EVENT_INTERVAL_MS = 500
/** Time for the library's log lines to arrive: they come over the event loop. */
const LOG_DELAY_MS = 50

serveParent<SourceInput, PublishedSource, PublishEvent>(async (input, emit) => {
  const words = new ServerWords()
  using source = openSource(input)
  using output = await connect(input.url, source, words)
  const startedAt = unixMs(systemClock.nowMs())
  const startMs = systemClock.monotonicMs()
  emit({ kind: 'started' })
  let frames = 0
  let lastEventMs = startMs
  let videoSeconds = 0
  for (const { kind, dueSeconds, packet } of source.packets()) {
    const nowMs = systemClock.monotonicMs()
    // Also when late: the channel to the parent is read between packets.
    await systemClock.sleep(Math.max(0, startMs + dueSeconds * 1000 - nowMs))
    await sending(words, () => output.write(kind, packet))
    if (kind === 'video') {
      frames++
      videoSeconds = Math.max(videoSeconds, dueSeconds)
    }
    if (nowMs - lastEventMs < MIN_EVENT_INTERVAL_MS) continue
    lastEventMs = nowMs
    emit({ kind: 'progress', frames })
  }
  await sending(words, () => output.finish())
  const durationMs = frames > 1 ? Math.round((videoSeconds * 1000 * frames) / (frames - 1)) : 0
  return { frames, durationMs, startedAt }
})

function openSource(input: SourceInput): PacketSource {
  const seconds = input.seconds ?? Number.POSITIVE_INFINITY
  if ('input' in input) return FileSource.open(input.input, seconds)
  const { width = 1280, height = 720, fps = 25 } = input
  return new GeneratedSource({ seconds, width, height, fps })
}

async function connect(url: string, source: PacketSource, words: ServerWords): Promise<RtmpOutput> {
  try {
    return new RtmpOutput(url, source)
  } catch (error) {
    if (!(error instanceof AvError)) throw error
    await systemClock.sleep(LOG_DELAY_MS)
    const reason = words.refusal
    if (reason !== undefined) throw new SourceError('SOURCE_REFUSED', { reason }, error)
    throw new SourceError('SOURCE_UNREACHABLE', { reason: words.lastLine ?? error.message }, error)
  }
}

async function sending(words: ServerWords, step: () => void): Promise<void> {
  try {
    step()
  } catch (error) {
    if (!(error instanceof AvError)) throw error
    await systemClock.sleep(LOG_DELAY_MS)
    const { refusal, lastLine } = words
    if (refusal !== undefined) throw new SourceError('SOURCE_REFUSED', { reason: refusal }, error)
    throw new SourceError('SOURCE_CONNECTION_LOST', { reason: lastLine ?? error.message }, error)
  }
}
