/** @module Writes the generated source to a file, for what needs the same input again and again. */
import { ForkedProcess } from '../child/forked-process.ts'
import type { GeneratedConfig } from './generated-source.ts'

export type RecordJob = GeneratedConfig & { readonly path: string }

/** As fast as the machine can, in a child process. The file is MPEG-TS with H.264 and AAC; an existing one is replaced. */
export async function recordSource(job: RecordJob): Promise<void> {
  await using child = new ForkedProcess<RecordJob, void>(new URL('./record-child.ts', import.meta.url))
  await child.call(job)
}
