/** @module Entry of the process that writes the generated source to a file. */
import { writeFileSync } from 'node:fs'
import { MemoryOutput } from '../av/memory-output.ts'
import { serveParent } from '../child/serve.ts'
import { GeneratedSource } from './generated-source.ts'
import type { RecordJob } from './record-source.ts'

serveParent<RecordJob, void>((job) => {
  using source = new GeneratedSource(job)
  using output = new MemoryOutput()
  const tracks = { video: source.video, audio: source.audio }
  const index = {
    video: output.addStream((stream) => tracks.video.describe(stream.codecpar)),
    audio: output.addStream((stream) => tracks.audio.describe(stream.codecpar)),
  }
  output.begin()
  for (const { kind, packet } of source.packets()) output.write(packet, index[kind], tracks[kind].timeBase)
  writeFileSync(job.path, output.finish())
})
