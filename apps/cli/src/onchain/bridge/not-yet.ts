/** @module What is on its way over the bridge but not there yet. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** `CLI_NOT_YET`: what was asked for becomes possible by itself, later. Nothing was sent for it. */
export class NotYetError extends BaseError {
  constructor(message: string, advice: string, facts: Facts = {}) {
    super({ code: 'CLI_NOT_YET', message, advice, facts })
  }
}
