/** @module What a deploying command refuses by itself. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** `CLI_ACCOUNT_BUSY`: transactions of the account wait for a block; what they do is not known yet. */
export class AccountBusyError extends BaseError {
  constructor(facts: { account: string; waiting: number }) {
    super({
      code: 'CLI_ACCOUNT_BUSY',
      message: `${facts.waiting} transactions of ${facts.account} wait for a block.`,
      advice: 'Run the command again when they are mined, or cancel them in a wallet.',
      facts,
    })
  }
}

/** `CLI_BROKE_OFF`: a deployment waited too long for a block, or a person stopped it. What was sent may still be mined. */
export class BrokeOffError extends BaseError {
  constructor(why: string, facts: { what: string }) {
    super({
      code: 'CLI_BROKE_OFF',
      message: `${why} What was sent may still be mined.`,
      advice: 'Run the same command again later: it goes on from there.',
      facts,
    })
  }
}

/** `CLI_DEPLOYMENT_FILE`: the report of a deployment is malformed, or belongs to another one. */
export class DeploymentFileError extends BaseError {
  constructor(message: string, advice: string, facts: Facts = {}) {
    super({ code: 'CLI_DEPLOYMENT_FILE', message, advice, facts })
  }
}
