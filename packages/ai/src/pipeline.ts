/** @module What a real-time pipeline is: an ONNX graph over frames, its parameters, and what it honestly claims to be. */
import { BaseError } from '@tessera/runtime/errors'

/** A number that viewers may change while the stream runs. */
export type NumberParam = {
  readonly default: number
  readonly min: number
  readonly max: number
  readonly description: string
}

/** Values for every parameter of a pipeline, all within their ranges. */
export type PipelineParams = Readonly<Record<string, number>>

/**
 * One frame in, one frame out. The graph has the input `frame` (uint8 `[1, height, width, 3]`, RGB), one scalar float32
 * input for each parameter, by its name, and the output `result` of the same type and size as `frame`.
 */
export type LivePipeline = {
  /** Name of the capability on the network. */
  readonly pipeline: 'live-video-to-video'
  readonly modelId: string
  readonly title: string
  readonly description: string
  /** `classical`: an algorithm with constants chosen by hand. `neural`: weights found by training. */
  readonly kind: 'classical' | 'neural'
  readonly params: Readonly<Record<string, NumberParam>>
  /** The model as the bytes of an ONNX file. */
  readonly model: () => Uint8Array
}

/** Parameters that are not an object, or a value that is not a number within its range. */
export class PipelineParamsError extends BaseError {
  constructor(modelId: string, problem: string) {
    super({
      code: 'AI_BAD_PARAMS',
      message: `Bad parameters for ${modelId}: ${problem}.`,
      facts: { modelId },
    })
  }
}

/**
 * A whole set of parameters from JSON. What is absent has its default: an update replaces the set, as at Livepeer's
 * runners. Unknown keys are ignored, because clients send one dictionary to all kinds of models.
 *
 * @throws {PipelineParamsError}
 */
export function parseParams(pipeline: LivePipeline, input: unknown): PipelineParams {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new PipelineParamsError(pipeline.modelId, 'not an object')
  }
  const given = new Map<string, unknown>(Object.entries(input))
  const entries = Object.entries(pipeline.params).map(([name, param]): [string, number] => {
    const value = given.get(name) ?? param.default
    if (typeof value !== 'number' || !(value >= param.min && value <= param.max)) {
      throw new PipelineParamsError(pipeline.modelId, `${name} must be from ${param.min} to ${param.max}`)
    }
    return [name, value]
  })
  return Object.fromEntries(entries)
}
