/** @module Really decodes delivered media in a child process: the last word on what a viewer gets. */
import { BaseError } from '@tessera/runtime/errors'
import { ForkedProcess } from '../child/forked-process.ts'
import type { DecodedSegment } from './decoded-media.ts'

/** What was delivered does not decode. */
class DecodeError extends BaseError {
  constructor(cause: unknown) {
    super({
      code: 'MEDIA_UNDECODABLE',
      message: 'Delivered media does not decode.',
      facts: BaseError.isInstance(cause) ? cause.facts : {},
      cause,
    })
  }
}

/**
 * Decodes each MPEG-TS segment on its own, as a player that begins there would: pictures with their times and the
 * counters burnt into them, and the sound. One entry a segment, in order. Segments go one by one to the process, so
 * that memory stays that of one of them.
 *
 * @throws {DecodeError} for the first segment that has no picture; {@link AbortSignal.reason} when aborted.
 */
export async function decodeMedia(
  segments: readonly Uint8Array[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly DecodedSegment[]> {
  const { signal } = options
  signal?.throwIfAborted()
  const entry = new URL('./decode-child.ts', import.meta.url)
  await using child = new ForkedProcess<readonly Uint8Array[], readonly DecodedSegment[]>(entry)
  const onAbort = (): void => void child.kill()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const decoded: DecodedSegment[] = []
    for (const segment of segments) decoded.push(...(await child.call([segment])))
    return decoded
  } catch (error) {
    throw signal?.aborted ? signal.reason : new DecodeError(error)
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
