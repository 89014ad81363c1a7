/** @module TranscodeResult and PaymentResult <-> their messages, which are raw bodies. */
import { create, toBinary } from '@bufbuild/protobuf'
import { MalformedError } from '@tessera/runtime/errors'
import {
  PaymentResultSchema,
  TranscodeResultSchema,
  type TranscodeResult as WireResult,
} from '../gen/net/segment_pb.ts'
import type { OrchestratorInfo } from '../orchestrator-info.ts'
import type { TranscodeOutcome, TranscodeResult } from '../transcode-result.ts'
import { pixels, seq } from '../units.ts'
import { atMost, exactly, parseMessage, safeNumber, text } from './fields.ts'
import { MAX_PROFILES, MAX_TRANSCODE_RESULT_BYTES } from './limits.ts'
import { orchestratorInfoFromWire, orchestratorInfoToWire } from './orchestrator-info.ts'

const MAX_ERROR_TEXT = 4096

export function encodeTranscodeResult(result: TranscodeResult): Uint8Array {
  const { outcome } = result
  return toBinary(
    TranscodeResultSchema,
    create(TranscodeResultSchema, {
      seq: BigInt(result.seq),
      result:
        outcome.kind === 'failed'
          ? { case: 'error', value: outcome.error }
          : { case: 'data', value: { segments: [...outcome.renditions], sig: outcome.signature } },
      ...(result.info && { info: orchestratorInfoToWire(result.info) }),
    }),
  )
}

/** @throws {MalformedError} also when there is neither an error nor data. */
export function decodeTranscodeResult(bytes: Uint8Array): TranscodeResult {
  const message = parseMessage(TranscodeResultSchema, bytes, MAX_TRANSCODE_RESULT_BYTES)
  return {
    seq: seq(safeNumber(message.seq, 'segment number')),
    outcome: outcomeFromWire(message.result),
    ...(message.info && { info: orchestratorInfoFromWire(message.info) }),
  }
}

function outcomeFromWire(result: WireResult['result']): TranscodeOutcome {
  if (result.case === 'error') {
    return { kind: 'failed', error: text(result.value, 'transcode error', MAX_ERROR_TEXT) }
  }
  if (result.case !== 'data') throw new MalformedError('TranscodeResult: neither error nor data')
  const { segments, sig } = result.value
  return {
    kind: 'done',
    renditions: atMost(segments, MAX_PROFILES, 'list of renditions').map((segment) => ({
      url: text(segment.url, 'rendition URL'),
      pixels: pixels(BigInt(safeNumber(segment.pixels, 'pixel count'))),
    })),
    signature: sig.length === 0 ? sig : exactly(sig, 65, 'result signature'),
  }
}

export function encodePaymentResult(info: OrchestratorInfo): Uint8Array {
  return toBinary(PaymentResultSchema, create(PaymentResultSchema, { info: orchestratorInfoToWire(info) }))
}

/** @throws {MalformedError} */
export function decodePaymentResult(bytes: Uint8Array): OrchestratorInfo {
  const { info } = parseMessage(PaymentResultSchema, bytes, MAX_TRANSCODE_RESULT_BYTES)
  if (!info) throw new MalformedError('PaymentResult without info')
  return orchestratorInfoFromWire(info)
}
