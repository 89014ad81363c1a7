/** @module ONNX Runtime on the CPU, inside this process. */
import { BaseError } from '@tessera/runtime/errors'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { LivePipeline, PipelineParams } from '../pipeline.ts'
import type { Backend, FrameProcessor, RgbFrame } from './backend.ts'

/** ONNX Runtime is missing, refuses the model, or fails on a frame. */
export class OnnxBackendError extends BaseError {
  constructor(what: 'not installed' | 'model refused' | 'frame failed', cause?: unknown) {
    super({ code: 'AI_ONNX', message: `ONNX Runtime: ${what}.`, cause })
  }
}

export type OnnxBackendConfig = {
  /** Threads of one inference. One is best when several streams share the machine. */
  readonly threads: number
}

/** The library is loaded with the first model: a node that runs no AI does not pay for its 46 MB. */
export function onnxBackend(config: OnnxBackendConfig): Backend {
  return {
    id: 'onnxruntime-cpu',
    load: async (pipeline, { width, height }) => {
      const runtime = await import('onnxruntime-node').catch((cause: unknown) => {
        throw new OnnxBackendError('not installed', cause)
      })
      const session = await runtime.InferenceSession.create(pipeline.model(), {
        executionProviders: ['cpu'],
        intraOpNumThreads: config.threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
      }).catch((cause: unknown) => {
        throw new OnnxBackendError('model refused', cause)
      })
      const processor = new OnnxProcessor(pipeline, session, runtime.Tensor)
      await processor.process({ width, height, data: new Uint8Array(width * height * 3) }, defaults(pipeline))
      return processor
    },
  }
}

const defaults = (pipeline: LivePipeline): PipelineParams =>
  Object.fromEntries(Object.entries(pipeline.params).map(([name, param]) => [name, param.default]))

class OnnxProcessor implements FrameProcessor {
  readonly #pipeline: LivePipeline
  readonly #session: InferenceSession
  readonly #Tensor: typeof Tensor

  constructor(pipeline: LivePipeline, session: InferenceSession, tensor: typeof Tensor) {
    this.#pipeline = pipeline
    this.#session = session
    this.#Tensor = tensor
  }

  async process(frame: RgbFrame, params: PipelineParams): Promise<RgbFrame> {
    const { width, height, data } = frame
    const feeds: Record<string, Tensor> = { frame: new this.#Tensor('uint8', data, [1, height, width, 3]) }
    for (const name of Object.keys(this.#pipeline.params)) {
      feeds[name] = new this.#Tensor('float32', Float32Array.of(params[name] ?? 0), [])
    }
    try {
      const { result } = await this.#session.run(feeds)
      if (!(result?.data instanceof Uint8Array) || result.data.length !== data.length) {
        throw new Error('The model answered with another type or size.')
      }
      return { width, height, data: result.data }
    } catch (cause) {
      throw new OnnxBackendError('frame failed', cause)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}
