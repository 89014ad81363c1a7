/** @module What runs a pipeline's model on frames. */
import type { LivePipeline, PipelineParams } from '../pipeline.ts'

/** RGB bytes, interleaved, rows without padding: width × height × 3. */
export type RgbFrame = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** A model ready to run. Calls do not overlap. */
export type FrameProcessor = AsyncDisposable & {
  /** A new frame of the same size; the input is not changed. */
  process(frame: RgbFrame, params: PipelineParams): Promise<RgbFrame>
}

export type Backend = {
  readonly id: string
  /** Loads the model and runs it once, so that the first real frame is not the slow one. */
  load(
    pipeline: LivePipeline,
    size: { readonly width: number; readonly height: number },
  ): Promise<FrameProcessor>
}
