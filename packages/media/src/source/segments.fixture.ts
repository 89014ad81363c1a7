/** @module The generated source as MPEG-TS segments, for tests: 2 s each, times not starting at zero. */
import { MemoryOutput } from '../av/memory-output.ts'
import { type GeneratedConfig, GeneratedSource } from './generated-source.ts'

const FIRST_PTS = 900_000
const GOP_SECONDS = 2

/** `seconds` must be a multiple of 2. */
export function sampleSegments(config: GeneratedConfig): readonly Uint8Array[] {
  using source = new GeneratedSource(config)
  const { video, audio } = source
  const outputs = Array.from({ length: config.seconds / GOP_SECONDS }, () => {
    const output = new MemoryOutput()
    output.addStream((stream) => video.describe(stream.codecpar))
    output.addStream((stream) => audio.describe(stream.codecpar))
    output.begin()
    return output
  })
  for (const { kind, dueSeconds, packet } of source.packets()) {
    const output = outputs[Math.floor(dueSeconds / GOP_SECONDS)]
    if (!output) continue
    const { num, den } = source[kind].timeBase
    const shift = BigInt((FIRST_PTS * den) / (num * 90_000))
    packet.pts += shift
    packet.dts += shift
    output.write(packet, kind === 'video' ? 0 : 1, { num, den })
  }
  return outputs.map((output) => {
    const bytes = output.finish()
    output[Symbol.dispose]()
    return bytes
  })
}
