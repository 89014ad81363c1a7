/** @module What the pool needs of a codec process. */
import { ForkedProcess } from '../child/forked-process.ts'
import type { TranscodeInput, TranscodeLimits } from './transcoder.ts'

export type CodecJob = TranscodeInput & { readonly limits: TranscodeLimits }

/** A rendition as it travels between processes. */
export type EncodedRendition = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly frames: number
}

/** One long-lived process that does one job at a time. */
export interface CodecProcess {
  readonly pid: number | undefined
  /** Rejects when the process cannot be used at all. */
  readonly ready: Promise<void>
  /** @throws {ProcessDiedError} when it dies; any other `BaseError` is the job's own failure. */
  call(job: CodecJob): Promise<readonly EncodedRendition[]>
  rssBytes(): number | undefined
  kill(): Promise<void>
}

export const forkCodecProcess = (): CodecProcess =>
  new ForkedProcess<CodecJob, readonly EncodedRendition[]>(new URL('./transcode-child.ts', import.meta.url))
