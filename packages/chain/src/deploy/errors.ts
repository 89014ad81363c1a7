/** @module Why a deployment is refused, or cannot go on. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** `DEPLOY_NO_ADDRESS`: a creation succeeded without a contract address, which no honest node reports. */
export class NoAddressError extends BaseError {
  constructor(facts: { contract: string; transaction: string }) {
    super({ code: 'DEPLOY_NO_ADDRESS', message: `Creating ${facts.contract} gave no address.`, facts })
  }
}

/** `DEPLOY_NOT_OWNER`: the Controller belongs to somebody else, who alone can register contracts at it. */
export class NotOwnerError extends BaseError {
  constructor(facts: { controller: string; owner: string; account: string }) {
    super({
      code: 'DEPLOY_NOT_OWNER',
      message: `The Controller ${facts.controller} belongs to ${facts.owner}, not to ${facts.account}.`,
      advice: 'Go on with the account that began the deployment, or begin another one.',
      facts,
    })
  }
}

/**
 * `DEPLOY_TAKEN_OVER`: a contract was set up by a stranger, or otherwise than the parameters say. Deployments of ours set
 * their contracts up in the transactions that create them, so it was put into the registry by other means.
 */
export class TakenOverError extends BaseError {
  constructor(facts: { contract: string; address: string; value: string; found: string; wanted: string }) {
    super({
      code: 'DEPLOY_TAKEN_OVER',
      message: `The ${facts.contract} at ${facts.address} was not set up by this deployment: its ${facts.value} is ${facts.found}, not ${facts.wanted}.`,
      advice: 'Do not use it. Begin another deployment, with a new Controller.',
      facts,
    })
  }
}

/** `DEPLOY_TOO_MANY_ROUNDS`: round numbers would soon outgrow the bits in which votes note them. */
export class TooManyRoundsError extends BaseError {
  constructor(facts: {
    block: bigint
    roundLength: bigint
    round: bigint
    lastRound: bigint
    needs: bigint
  }) {
    super({
      code: 'DEPLOY_TOO_MANY_ROUNDS',
      message: `At block ${facts.block} rounds of ${facts.roundLength} blocks begin with number ${facts.round}, and none above ${facts.lastRound} can be counted.`,
      advice: `Make a round at least ${facts.needs} blocks long.`,
      facts,
    })
  }
}

/** `DEPLOY_PARAMS`: the file of parameters is malformed, or a value is outside its limits. `field` names the place. */
export class ParamsError extends BaseError {
  constructor(field: string, message: string, facts: Facts = {}, advice?: string) {
    super({ code: 'DEPLOY_PARAMS', message, facts: { field, ...facts }, ...(advice && { advice }) })
  }
}
