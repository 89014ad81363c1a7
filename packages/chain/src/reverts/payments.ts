/** @module Refusals of the ticket brokers. */
import type { Explanations } from './explanation.ts'

const ASK_THE_SENDER = 'The ticket is worthless; the node that accepted it should have refused it.'

export const paymentExplanations: Explanations = {
  ValueDoesNotEqualSum: {
    says: '{value:eth} was sent for a deposit of {depositAmount:eth} and a reserve of {reserveAmount:eth}',
    advice: 'Send exactly their sum.',
  },
  InvalidTicketValidityPeriod: {
    says: 'tickets must be valid for at least one round',
    advice: 'Choose a period of 1 or more.',
  },
  TicketRecipientIsNull: { says: 'the ticket has no recipient', advice: ASK_THE_SENDER },
  TicketSenderIsNull: { says: 'the ticket has no sender', advice: ASK_THE_SENDER },
  InvalidAuxDataLength: {
    says: 'the ticket carries {length} bytes of data instead of 64',
    advice: ASK_THE_SENDER,
  },
  CreationRoundHasNoBlockHash: {
    says: 'round {creationRound}, in which the ticket says it was made, was never opened',
    advice: ASK_THE_SENDER,
  },
  CreationRoundBlockHashMismatch: {
    says: 'the ticket names block {given} for round {creationRound}, and it was {stored}',
    advice: 'It was made for another chain, or before a reorganisation: it cannot be redeemed here.',
  },
  TicketExpired: {
    says: 'the ticket of round {creationRound} was valid for {validityPeriod} rounds, and this is round {currentRound}',
    advice: 'It is lost. Redeem winning tickets at once; an orchestrator node does so by itself.',
  },
  RecipientRandMismatch: {
    says: 'the given recipientRand is not the one whose hash {recipientRandHash} is in the ticket',
    advice: 'Take ticket and recipientRand from the same record.',
  },
  TicketUsed: {
    says: 'ticket {ticketHash} was redeemed before',
    advice: 'Nothing is to be done: it was paid then.',
  },
  InvalidSignatureLength: { says: 'the signature has {length} bytes instead of 65', advice: ASK_THE_SENDER },
  InvalidTicketSignature: {
    says: 'ticket {ticketHash} was signed by {recovered}, not by its sender',
    advice: ASK_THE_SENDER,
  },
  TicketDidNotWin: {
    says: 'ticket {ticketHash} did not win',
    advice: 'Only winning tickets are paid. Check that signature and recipientRand belong to it.',
  },
  SenderIsUnlocked: {
    says: '{sender} has unlocked its funds since round {withdrawRound}',
    advice: 'The ticket can be redeemed again if the sender funds its deposit or cancels the unlock in time.',
  },
  InsufficientFunds: {
    says: '{sender} could pay {available:eth} now, less than the {faceValue:eth} of the ticket',
    advice: 'The ticket stays valid: try again when the sender has funded its deposit, or in the next round.',
  },
  NoFunds: {
    says: '{sender} has neither deposit nor reserve',
    advice: 'Fund them first: tessera ticket fund --deposit 1 --reserve 1.',
  },
  UnlockAlreadyInitiated: {
    says: 'the funds are being unlocked already, from round {withdrawRound} on',
    advice: 'Wait for that round, then tessera ticket withdraw.',
  },
  NoUnlockInProgress: {
    says: 'the funds are locked',
    advice:
      'Unlock them first with tessera ticket unlock (for a stablecoin with --stablecoin), and wait for the period.',
  },
  AccountIsLocked: {
    says: 'the funds are free from round {withdrawRound} on, and this is round {currentRound}',
    advice: 'Wait: tessera ticket show (for a stablecoin with --stablecoin) says about how long.',
  },
  FeesAlreadyClaimed: {
    says: '{staker} has its share of the fees of {transcoder} in round {round} already',
    advice: 'Nothing is to be done.',
  },
  FundingIsClosed: {
    says: 'this broker takes no new deposits',
    advice: 'Deposits and reserves that are there can be withdrawn.',
  },
  NothingToClaim: {
    says: '{staker} has no share in the fees of {transcoder} in these rounds',
    advice: 'Shares go to those who were bonded to it when the fees came.',
  },
  RecipientMustBeActive: {
    says: '{recipient} is not active in this round',
    advice: 'Redeem while the orchestrator is active; the ticket stays valid for some rounds.',
  },
  RoundIsNotOver: {
    says: 'shares of round {round} are known when it is over, and this is round {currentRound}',
    advice: 'Wait for the next round.',
  },
  StakeHistoryIsMissing: {
    says: 'there is no BondingVotes contract to read stakes from',
    advice: 'Register it at the Controller first.',
  },
  UnexpectedAmountReceived: {
    says: 'the token moved {received} of {expected} base units',
    advice: 'Tokens that take a fee of transfers cannot be used here.',
  },
  'InvalidRecipient(address)': { says: '{recipient} cannot be paid', advice: 'Name another recipient.' },
  CallerMustBePayee: {
    says: '{caller} sent in an authorization to pay {payee}',
    advice: 'Let the payee send it, or sign a TransferWithAuthorization instead.',
  },
  AuthorizationNotYetValid: {
    says: 'the authorization holds after {validAfter:time}, and it is {time:time}',
    advice: 'Send it later.',
  },
  AuthorizationExpired: {
    says: 'the authorization held until {validBefore:time}, and it is {time:time}',
    advice: 'Sign a new one.',
  },
  AuthorizationUsedOrCanceled: {
    says: 'the authorization {nonce} of {authorizer} was used or cancelled before',
    advice: 'Sign one with another nonce.',
  },
  InvalidAuthorizationSignature: {
    says: 'the authorization of {authorizer} is signed by {recovered}',
    advice: 'Sign exactly the values that are sent, for this token and chain.',
  },
}
