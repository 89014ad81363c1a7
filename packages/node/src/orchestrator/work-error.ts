/** @module Why a segment was not transcoded, in the texts that Livepeer's gateways know. */
import { readWireError } from '@tessera/protocol/wire/error-codes'
import { BaseError } from '@tessera/runtime/errors'

/** `message` is the text for the wire. */
export class WorkError extends BaseError {
  constructor(livepeerText: string, options: { readonly retryable?: boolean } = {}) {
    super({
      code: 'WORK_FAILED',
      message: livepeerText,
      retryable: options.retryable ?? readWireError(livepeerText).retry !== 'never',
    })
  }
}
