/** @module Bench `network`: what the whole network costs beyond the codec work that it is for. */
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordSource } from '@tessera/media/source/record-source'
import { transcodeWholeFile } from '@tessera/media/transcode/whole-file'
import { fitLadder } from '@tessera/node/gateway/fit-ladder'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { systemClock } from '@tessera/runtime/clock'
import { type BenchOptions, type BenchRow, benchRow } from './bench.ts'
import { type Estimate, interleave, type Measured, medianRatio, medianWithInterval } from './interleaved.ts'
import { costOfPublishing, type NetworkCost } from './published-file.ts'
import { quietMachine } from './quiet-machine.ts'

/** The demonstration's source. */
const SOURCE = { seconds: 16, width: 1280, height: 720, fps: 25 }
/** Keyframe distance of the source, hence the length of the network's segments. */
const SEGMENT_MS = 2_000

const BASELINE =
  'CPU seconds of one process of the same codec library (not the ffmpeg command) that transcodes the same file whole: same ladder, encoder settings and keyframes, one decoder, audio copied'

/** The reasons are in docs/decisions/0007-what-the-network-may-cost.md. */
const TARGETS = { ladder: 1.5, withAi: 3, idleCores: 0.1, startSeconds: 20 }

export async function networkBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'tessera-bench-'))
  const path = join(folder.path, 'source.ts')
  options.progress(`making ${SOURCE.seconds} s of ${SOURCE.width}x${SOURCE.height} at ${SOURCE.fps} fps`)
  await recordSource({ ...SOURCE, path })
  const costs: NetworkCost[] = []
  const ladder = await measurePairs('ladder', { path, realtime: false, costs }, options)
  const withAi = await measurePairs('ladder and AI', { path, realtime: true, costs }, options)
  return [
    ratioRow('network-cpu-ratio', medianRatio(ladder), TARGETS.ladder, 'without real-time AI'),
    ratioRow('network-ai-cpu-ratio', medianRatio(withAi), TARGETS.withAi, 'with real-time AI'),
    benchRow({
      figure: 'idle-cpu',
      ...medianWithInterval(costs.map(({ idleShare }) => idleShare)),
      unit: 'cores',
      baseline: `the running network over 8 s without a stream; it is contained in the ratios too`,
      target: TARGETS.idleCores,
    }),
    benchRow({
      figure: 'start-seconds',
      ...medianWithInterval(costs.map(({ startSeconds }) => startSeconds)),
      unit: 's',
      baseline: 'until every process of `up --ephemeral` serves',
      target: TARGETS.startSeconds,
    }),
  ]
}

function ratioRow(figure: string, estimate: Estimate, target: number, mode: string): BenchRow {
  return benchRow({ figure, ...estimate, unit: 'ratio', baseline: `${mode}; ${BASELINE}`, target })
}

function measurePairs(
  name: string,
  subject: { readonly path: string; readonly realtime: boolean; readonly costs: NetworkCost[] },
  options: BenchOptions,
): Promise<readonly Measured[]> {
  const { pairs, portBase, progress, signal } = options
  const { path, realtime, costs } = subject
  const profiles = fitLadder(DEFAULT_LADDER, SOURCE).map((profile) => ({ ...profile, gopMs: SEGMENT_MS }))
  return interleave(
    pairs,
    async () => {
      const cost = await costOfPublishing({ path, realtime, portBase }, { progress, signal })
      costs.push(cost)
      return cost.cpuSeconds
    },
    async () => {
      await quietMachine(systemClock, signal)
      return (await transcodeWholeFile({ path, profiles }, { signal })).cpuSeconds
    },
    (pair, measured) => progress(`${name}, pair ${pair} of ${pairs}: ${inWords(measured)}`),
  )
}

function inWords({ subject, baseline }: Measured): string {
  const ratio = (subject / baseline).toFixed(2)
  return `network ${subject.toFixed(1)} s, one process ${baseline.toFixed(1)} s of CPU: ${ratio}`
}
