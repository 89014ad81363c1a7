/** @module Refusals of Controller, proxies, RoundsManager, Minter and token. */
import type { Explanations } from './explanation.ts'

const INTERNAL = 'Only other contracts of the protocol call this.'
const BY_GOVERNANCE = 'Governance owns the contracts: propose it with tessera gov propose.'
const IS_A_BUG = 'This is a fault of the contracts: please report it with the transaction.'

export const protocolExplanations: Explanations = {
  SystemIsPaused: {
    says: 'the protocol is paused',
    advice: 'Everything waits until its owner opens it again; stakes and deposits stay as they are.',
  },
  PauseStateUnchanged: {
    says: 'the protocol is in that state already (paused: {paused})',
    advice: 'Nothing is to be done.',
  },
  CallerMustBeController: { says: '{caller} is not the Controller {controller}', advice: INTERNAL },
  CallerMustBeControllerOwner: {
    says: '{caller} does not own the Controller; {owner} does',
    advice: BY_GOVERNANCE,
  },
  NotOwner: { says: '{caller} is not the owner {owner}', advice: BY_GOVERNANCE },
  NullOwner: { says: 'the zero address cannot own this', advice: 'Name another owner.' },
  TargetContractNotRegistered: {
    says: 'the Controller knows no implementation {targetContractId}, or one without code',
    advice: 'The deployment is not complete: register it first.',
  },
  DirectoryNotCreated: {
    says: 'the Controller could not write its registry anew',
    advice: 'Registering takes about a million gas: send the call with more.',
  },
  RoundLengthIsZero: { says: 'a round has at least one block', advice: 'Choose a length above 0.' },
  InvalidRoundLockAmount: {
    says: '{roundLockAmount:millionths} of a round is more than all of it',
    advice: 'Choose 0 to 100 percent.',
  },
  RoundAlreadyInitialized: { says: 'round {round} is open already', advice: 'Nothing is to be done.' },
  LipUpgradeRoundAlreadySet: {
    says: 'the round of LIP {lip} is {round} already',
    advice: 'It can be set once.',
  },
  BlockIsNotPast: {
    says: 'block {blockNumber} is not over; the current one is {current}',
    advice: 'Ask for an earlier block.',
  },
  BlockIsTooOld: {
    says: 'block {blockNumber} is more than 256 blocks before the current {current}',
    advice: 'Contracts know the hashes of the last 256 blocks only.',
  },
  InvalidInflation: {
    says: 'an inflation of {inflation:billionths} is more than 100 %',
    advice: 'Choose less.',
  },
  InvalidInflationChange: {
    says: 'a change of inflation by {inflationChange:billionths} is more than 100 %',
    advice: 'Choose less.',
  },
  InvalidTargetBondingRate: {
    says: 'a target of {targetBondingRate:billionths} of the supply is more than all of it',
    advice: 'Choose 0 to 100 percent.',
  },
  CallerMustBeBondingManager: { says: '{caller} is not the BondingManager', advice: INTERNAL },
  CallerMustBeBondingManagerOrJobsManager: {
    says: '{caller} is neither the BondingManager nor the TicketBroker',
    advice: INTERNAL,
  },
  CallerMustBeMinterOrJobsManager: {
    says: '{caller} is neither a Minter nor the TicketBroker',
    advice: 'Do not send ETH to the Minter: fund tickets with tessera ticket fund.',
  },
  MintedTokensExceedMintable: {
    says: '{minted:lpt} would be minted in this round, of {mintable:lpt} at most',
    advice: IS_A_BUG,
  },
  NewMinterIsCurrentMinter: { says: 'that is the present Minter', advice: 'Name the new one.' },
  NewMinterIsNull: { says: 'the new Minter is the zero address', advice: 'Name the new one.' },
  NewMinterHasOtherController: {
    says: 'the new Minter belongs to another Controller, {newController}',
    advice: 'Deploy it for this Controller.',
  },
  MinterIsNotRegistered: {
    says: 'the Controller knows another Minter, {registered}',
    advice: 'Only the registered Minter can hand over.',
  },
  TokenTransferFailed: { says: '{amount:lpt} could not be sent to {to}', advice: IS_A_BUG },
  EthTransferFailed: {
    says: '{to} did not take {amount:eth}',
    advice: 'A contract that cannot receive ETH cannot be paid: name another recipient.',
  },
  DecreasedAllowanceBelowZero: {
    says: '{spender} may take {allowance:lpt}, which cannot be lowered by {decrease:lpt}',
    advice: 'Lower it by less.',
  },
  NotMillionths: { says: '{share:millionths} is more than 100 %', advice: 'Choose 0 to 100 percent.' },
  NotBillionths: { says: '{rate:billionths} is more than 100 %', advice: 'Choose 0 to 100 percent.' },
  RayOverflow: { says: '{number} is too large to multiply by 10^27', advice: 'Use a smaller amount.' },
  RoundOutOfRange: { says: 'there is no round {round}', advice: 'Name a smaller round.' },
}
