/** @module Refusals of the bridge between L1 and L2, and of the messaging of the development chains. */
import type { Explanations } from './explanation.ts'

const INTERNAL = 'Only contracts of the bridge call this.'
const BY_RELAYER = 'The relayer of the development network does this by itself.'
const ONCE = 'It can be done once; nothing is left to do.'

export const bridgeExplanations: Explanations = {
  AliasNotReady: { says: 'the alias {aliasAddress} of {sender} is not set up', advice: BY_RELAYER },
  AlreadyConnected: {
    says: 'the bridge is connected to {inbox} and {outbox}',
    advice: 'Nothing is to be done.',
  },
  AlreadySpent: { says: 'withdrawal {index} is paid out already', advice: 'Nothing is to be done.' },
  ApprovalFailed: {
    says: '{token} did not let {spender} take {value} base units',
    advice: 'Check the token of the escrow.',
  },
  CallHookDataNotAllowed: {
    says: '{length} bytes for a call on the other side cannot be sent along',
    advice: 'Send the deposit without data.',
  },
  ChallengePeriodNotOver: {
    says: 'withdrawal {index} can be executed from {executableAt:time} on',
    advice: 'Wait until then, and run tessera bridge claim.',
  },
  ClaimStakeDisabled: { says: 'stake of L1 cannot be claimed now', advice: 'Governance switches it on.' },
  CounterpartNotSet: {
    says: 'the gateway has no counterpart yet',
    advice: 'The deployment is not complete.',
  },
  DelegatorAlreadyMigrated: { says: '{l1Addr} is migrated already', advice: ONCE },
  DataTooLarge: {
    says: 'the message has {dataLength} bytes, and at most {maxDataLength} can be sent',
    advice: 'Send less data in one message.',
  },
  DelegatorPoolImplementationNotSet: {
    says: 'there is no code for pools of delegators',
    advice: 'The deployment is not complete.',
  },
  EmptyUnbondingLock: {
    says: 'unbonding lock {unbondingLockId} is empty',
    advice: 'Migrate only locks that hold LPT.',
  },
  EscrowShortfall: {
    says: '{amount:lpt} is to be paid and the escrow holds {balance:lpt}',
    advice: 'The rest would be minted: let the admin of the gateway name its minter.',
  },
  FailAuth: {
    says: '{signer} signed and {caller} sent it, not {l1Addr}',
    advice: 'The migrating account itself sends or signs it.',
  },
  FeeTransferFailed: {
    says: '{to} did not take {amount:eth} of fees',
    advice: 'A contract that cannot receive ETH cannot be migrated.',
  },
  InsufficientSubmissionCost: {
    says: 'the message costs {expected:eth} to submit, and {actual:eth} was sent',
    advice: 'Try again: the price follows the base fee of L1.',
  },
  InsufficientValue: {
    says: 'the message needs {expected:eth}, and {actual:eth} was sent',
    advice: 'Send submission cost plus gas limit times gas price.',
  },
  InvalidClaim: {
    says: 'a stake of {stake:lpt} is more than the {remaining:lpt} that are left',
    advice: 'Check the amount of the snapshot.',
  },
  InvalidDelegatedStake: {
    says: 'a delegated stake of {delegatedStake:lpt} is less than the {taken:lpt} taken from it',
    advice: INTERNAL,
  },
  InvalidMinter: { says: '{newMinter} cannot be the minter', advice: 'Name another.' },
  'InvalidProof(bytes32)': {
    says: 'the proof does not lead from {leaf} to the root of the snapshot',
    advice: 'Make the proof from the same list, for this account and amounts.',
  },
  L2AddressMismatch: {
    says: '{l1Addr} can migrate to its own address only, not to {l2Addr}',
    advice: 'Use the same address on both chains.',
  },
  NoSubmissionCost: { says: 'no cost of submission is given', advice: 'Give what the inbox asks for.' },
  NoUnbondingLocks: { says: 'no unbonding lock is named', advice: 'Name at least one.' },
  NotConfirmed: { says: 'withdrawal {index} is not confirmed on L1 yet', advice: BY_RELAYER },
  NotDeployer: { says: '{caller} did not deploy this; {deployer} did', advice: 'Send it from there.' },
  NotExecutor: { says: '{caller} is not {executor}', advice: BY_RELAYER },
  NotFromBridge: { says: '{caller} is not the bridge {bridge}', advice: INTERNAL },
  NotInbox: { says: '{caller} is not the inbox {inbox}', advice: INTERNAL },
  NotL1LPTGateway: { says: '{caller} is not the L1 gateway {l1LPTGateway}', advice: INTERNAL },
  NotL1Migrator: { says: '{caller} is not the L1 migrator {l1Migrator}', advice: INTERNAL },
  NotL2LPTGateway: { says: '{caller} is not the L2 gateway {l2LPTGateway}', advice: INTERNAL },
  NotMigrator: { says: '{caller} is not the migrator {migrator}', advice: INTERNAL },
  NotNextMessage: { says: 'message {next} comes before {index}', advice: BY_RELAYER },
  NotNextTicket: { says: 'message {next} comes before {sequenceNumber}', advice: BY_RELAYER },
  NotOutbox: { says: '{caller} is not the outbox {outbox}', advice: INTERNAL },
  NotRedeemable: {
    says: 'message {sequenceNumber} cannot be redeemed in state {status}',
    advice: 'It was redeemed or has expired.',
  },
  NotSequencer: { says: '{caller} is not the sequencer {sequencer}', advice: BY_RELAYER },
  NotValidator: { says: '{caller} is not the validator {validator}', advice: BY_RELAYER },
  NullL2Address: { says: 'the address on L2 is the zero address', advice: 'Name another.' },
  NullRecipient: { says: 'the recipient is the zero address', advice: 'Name another.' },
  OnlyCounterpartAlias: { says: '{caller} is not the alias {expected} of the counterpart', advice: INTERNAL },
  OnlyCounterpartGateway: {
    says: 'the message is from {l2Sender}, not from the counterpart {counterpart}',
    advice: INTERNAL,
  },
  ProofTooLong: { says: 'a proof of {proofLength} hashes is too long', advice: 'Make the proof anew.' },
  Reentered: { says: 'a message was executed inside another', advice: 'Execute them one after the other.' },
  SenderAlreadyMigrated: { says: '{l1Addr} is migrated already', advice: ONCE },
  TokenNotLpt: { says: '{token} is not LPT ({lpt})', advice: 'Only LPT crosses this bridge.' },
  TooLittleGas: { says: '{gas} gas is less than the {needed} needed', advice: 'Send it with more gas.' },
  UnbondingLockAlreadyMigrated: {
    says: 'lock {unbondingLockId} of {l1Addr} is migrated already',
    advice: ONCE,
  },
  UnexpectedEth: { says: 'a message to L1 costs no ETH, and {value} wei came along', advice: 'Send none.' },
  UnknownRoot: { says: 'no state with root {root} was confirmed', advice: 'Make the proof anew.' },
  WrongEthValue: {
    says: '{value:eth} was sent and {expected:eth} is needed',
    advice: 'Send exactly submission cost plus gas limit times gas price.',
  },
  WrongTicket: { says: 'message {sequenceNumber} is not {ticketHash}', advice: BY_RELAYER },
  WrongValue: { says: '{value:eth} was sent and {expected:eth} is needed', advice: BY_RELAYER },
  ZeroAmount: { says: 'the amount is 0', advice: 'Give an amount above 0.' },
}
