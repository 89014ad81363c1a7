/** @module The pipelines this software can run. One more is one more file and one more line here. */
import type { LivePipeline } from './pipeline.ts'
import { edgeSketch } from './pipelines/edge-sketch.ts'

export const livePipelines: readonly LivePipeline[] = [edgeSketch]

export function findPipeline(modelId: string): LivePipeline | undefined {
  return livePipelines.find((pipeline) => pipeline.modelId === modelId)
}
