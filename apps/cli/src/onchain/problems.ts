/** @module What an on-chain command refuses by itself, before or after it asks the chain. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** `CLI_USAGE`: an argument, option or file that makes no sense. Nothing was sent. */
export class UsageError extends BaseError {
  constructor(message: string, advice?: string, facts: Facts = {}) {
    super({ code: 'CLI_USAGE', message, ...(advice && { advice }), facts })
  }
}

/** `CLI_NOT_FOUND`: what was named is not there: a proposal, a message, a transaction. Nothing was sent. */
export class NotFoundError extends BaseError {
  constructor(message: string, advice: string, facts: Facts = {}) {
    super({ code: 'CLI_NOT_FOUND', message, advice, facts })
  }
}

/** `CLI_NO_CHAIN`: neither options nor a local network say where the chain is. */
export class NoChainError extends BaseError {
  constructor(message: string, advice: string, cause?: unknown) {
    super({ code: 'CLI_NO_CHAIN', message, advice, cause })
  }
}

/** `CLI_TOO_LITTLE`: the account has less than the command needs. Nothing was sent. */
export class TooLittleError extends BaseError {
  constructor(message: string, advice: string, facts: Facts = {}) {
    super({ code: 'CLI_TOO_LITTLE', message, advice, facts })
  }
}

/** `CLI_DECLINED`: a person was asked and said no, or pressed Ctrl-C in time. Nothing was sent. */
export class DeclinedError extends BaseError {
  constructor() {
    super({ code: 'CLI_DECLINED', message: 'Stopped. Nothing was sent.' })
  }
}

/** `CLI_UNDECIDED`: waiting ended before a block held the transaction; it may still be mined. */
export class UndecidedError extends BaseError {
  constructor(facts: { transaction: string; why: string }) {
    super({
      code: 'CLI_UNDECIDED',
      message: `${facts.why} The transaction ${facts.transaction} may still be mined.`,
      advice: `Look again with: tessera transaction ${facts.transaction}`,
      facts: { transaction: facts.transaction },
    })
  }
}

/** `CLI_TRANSACTION_FAILED`: a block holds the transaction, and a contract refused it: nothing happened but its cost in wei. */
export class FailedTransactionError extends BaseError {
  constructor(costs: string, facts: { hash: string; block: bigint; cost: bigint }) {
    super({
      code: 'CLI_TRANSACTION_FAILED',
      message: `It was refused by the contract in block ${facts.block}; it cost ${costs}.`,
      advice: 'Run the command again: its simulation says what the contract refuses now.',
      facts,
    })
  }
}

/** `CLI_SUPERSEDED`: another transaction of the account took the nonce. It is not sent again: a person may have meant it. */
export class SupersededError extends BaseError {
  constructor(facts: { transaction: string; nonce: number }) {
    super({
      code: 'CLI_SUPERSEDED',
      message: `Another transaction of this account took nonce ${facts.nonce}; ${facts.transaction} will never be mined.`,
      advice: 'If you did not cancel it on purpose, run the command again.',
      facts,
    })
  }
}
