/** @module Transcodes a whole file in one process of its own: what the network's transcoding is compared with. */
import type { Profile } from '@tessera/protocol/profile'
import { ForkedProcess } from '../child/forked-process.ts'

export type WholeFileJob = {
  /** An MPEG-TS file. */
  readonly path: string
  readonly profiles: readonly Profile[]
}

export type WholeFileResult = {
  /** User and system time of the process, its start included. */
  readonly cpuSeconds: number
  readonly renditions: readonly {
    readonly name: string
    readonly frames: number
    readonly byteLength: number
  }[]
}

/**
 * One decoder, the scaling cascade and the encoders of all profiles with the settings of {@link Transcoder}, from the
 * file's first picture to its last. Audio is copied. No network, no payment, no check.
 *
 * @throws {TranscodeError} when the file cannot be transcoded; {@link AbortSignal.reason} when aborted.
 */
export async function transcodeWholeFile(
  job: WholeFileJob,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<WholeFileResult> {
  const { signal } = options
  signal?.throwIfAborted()
  const entry = new URL('./whole-file-child.ts', import.meta.url)
  await using child = new ForkedProcess<WholeFileJob, WholeFileResult>(entry)
  const onAbort = (): void => void child.kill()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await child.call(job)
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
