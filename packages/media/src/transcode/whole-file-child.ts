/** @module Entry of the process that transcodes a whole file. */
import { readFileSync } from 'node:fs'
import { serveParent } from '../child/serve.ts'
import { transcodeSegment } from './transcode-segment.ts'
import { DEFAULT_TRANSCODE_LIMITS } from './transcoder.ts'
import type { WholeFileJob, WholeFileResult } from './whole-file.ts'

/** A file on this machine that its owner asked for: only memory bounds it. */
const LIMITS = {
  ...DEFAULT_TRANSCODE_LIMITS,
  maxBytes: 1 << 30,
  maxDurationMs: 600_000,
  maxFrames: 36_000,
}

serveParent<WholeFileJob, WholeFileResult>(({ path, profiles }) => {
  const encoded = transcodeSegment({ bytes: readFileSync(path), durationMs: 0, profiles, limits: LIMITS })
  const { user, system } = process.cpuUsage()
  return {
    cpuSeconds: (user + system) / 1e6,
    renditions: encoded.map(({ name, frames, bytes }) => ({ name, frames, byteLength: bytes.length })),
  }
})
