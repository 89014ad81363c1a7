/** @module `tessera publish`: a generated picture or a file, to a running gateway. */
import { publishSource } from '@tessera/media/source/publish-source'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { networkPorts } from '../network/ports.ts'

export type PublishOptions = {
  readonly url?: string
  readonly seconds: number
  readonly input?: string
  readonly portBase?: number
}

/** Ctrl-C ends it early, which is no failure. */
export async function publish(options: PublishOptions): Promise<void> {
  const ports = networkPorts({ base: options.portBase, orchestrators: 2 })
  const url = options.url ?? `rtmp://localhost:${ports.rtmp}/live/demo`
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())
  const { seconds, input } = options
  try {
    const published = await publishSource(
      { url, seconds, ...(input && { input }) },
      {
        clock: systemClock,
        log: silentLog,
        signal: stopped.signal,
        onStarted: () =>
          process.stdout.write(`Publishing ${input ?? 'a generated picture'} to ${url}. Ctrl-C stops it.\n`),
      },
    )
    process.stdout.write(
      `Published ${published.frames} frames in ${(published.durationMs / 1000).toFixed(1)} s.\n`,
    )
  } catch (error) {
    if (!stopped.signal.aborted) throw error
    process.stdout.write('\nStopped.\n')
  }
}
