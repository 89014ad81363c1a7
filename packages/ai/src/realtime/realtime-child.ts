/** @module Entry of the child process of one live stream: codecs and model run here, so that their crashes stay here. */
import { toPlainError } from '@tessera/media/child/messages'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { onnxBackend } from '../backends/onnx.ts'
import { findPipeline } from '../registry.ts'
import { FramePump } from './frame-pump.ts'
import type { ChildConfig, FromChild, ToChild } from './messages.ts'

/** The size the model is warmed up at; it takes any. */
const WARM_UP = { width: 640, height: 360 } as const

const send = (message: FromChild): void => void process.send?.(message)

// The parent is gone or closed the channel: nobody wants what we do.
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole process group; the parent decides when we stop.
process.on('SIGINT', () => undefined)

let pump: FramePump | undefined

process.on('message', (message: ToChild) => {
  switch (message.kind) {
    case 'start':
      return void serve(message.config).catch((error: unknown) =>
        send({ kind: 'error', error: toPlainError(error) }),
      )
    case 'input':
      pump?.input(message.bytes, message.startsSegment)
      break
    case 'params':
      pump?.update(message.params)
      break
    case 'end':
      pump?.end()
  }
})

async function serve(config: ChildConfig): Promise<void> {
  const pipeline = findPipeline(config.modelId)
  if (!pipeline) {
    throw new BaseError({
      code: 'AI_UNKNOWN_MODEL',
      message: 'No such model.',
      facts: { modelId: config.modelId },
    })
  }
  await using processor = await onnxBackend({ threads: config.threads }).load(pipeline, WARM_UP)
  pump = new FramePump(config, { clock: systemClock, processor, send })
  send({ kind: 'ready' })
  await pump.run()
  send({ kind: 'ended' })
}
