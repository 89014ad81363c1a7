/** @module Errors of the libraries that the contracts use: OpenZeppelin Contracts 5 and solady. */
import type { Explanations } from './explanation.ts'

const SIGNED_BY_ANOTHER = 'Check the account, the chain and the values that were signed.'

export const openZeppelinExplanations: Explanations = {
  ERC20InsufficientAllowance: {
    says: '{spender} may take {allowance:lpt} of the tokens and needs {needed:lpt}',
    advice: 'Approve it first; tessera stake bond does so by itself.',
  },
  ERC20InsufficientBalance: {
    says: '{sender} has {balance:lpt} and needs {needed:lpt}',
    advice: 'Use a smaller amount, or get LPT first.',
  },
  ERC20InvalidApprover: { says: '{approver} cannot approve', advice: 'Use another account.' },
  ERC20InvalidReceiver: { says: '{receiver} cannot receive tokens', advice: 'Name another receiver.' },
  ERC20InvalidSender: { says: '{sender} cannot send tokens', advice: 'Use another account.' },
  ERC20InvalidSpender: { says: '{spender} cannot be approved', advice: 'Name another spender.' },
  ERC2612ExpiredSignature: {
    says: 'the permit was valid until {deadline:time}',
    advice: 'Sign a new one.',
  },
  ERC2612InvalidSigner: {
    says: 'the permit was signed by {signer}, not by {owner}',
    advice: SIGNED_BY_ANOTHER,
  },
  InvalidAccountNonce: {
    says: 'the signature of {account} has the wrong nonce; the next is {currentNonce}',
    advice: 'Sign anew with that nonce.',
  },
  InvalidShortString: { says: 'a short string is malformed', advice: 'Report this with the transaction.' },
  StringTooLong: { says: '{str} has more than 31 bytes', advice: 'Use a shorter text.' },
  AccessControlUnauthorizedAccount: {
    says: '{account} lacks the role {neededRole}',
    advice: 'Use an account that has it, or let its admin grant it.',
  },
  AccessControlBadConfirmation: {
    says: 'a role can be renounced only by its holder',
    advice: 'Send it from that account.',
  },
  ECDSAInvalidSignature: { says: 'the signature is not valid', advice: SIGNED_BY_ANOTHER },
  ECDSAInvalidSignatureLength: { says: 'the signature has {length} bytes', advice: SIGNED_BY_ANOTHER },
  ECDSAInvalidSignatureS: {
    says: 'the signature is in its malleable form (s = {s})',
    advice: 'Sign with a wallet that uses low s values, as all current ones do.',
  },
  SafeCastOverflowedUintDowncast: {
    says: '{value} does not fit into {bits} bits',
    advice: 'Use a smaller value.',
  },
  SafeERC20FailedOperation: {
    says: 'the token {token} refused the transfer',
    advice: 'Check balance and allowance.',
  },
  OwnableUnauthorizedAccount: { says: '{account} is not the owner', advice: 'Send it from the owner.' },
  OwnableInvalidOwner: { says: '{owner} cannot be the owner', advice: 'Name another owner.' },
  EnforcedPause: { says: 'the contract is paused', advice: 'Wait until its admin opens it.' },
  ExpectedPause: { says: 'the contract is not paused', advice: 'This works only while it is.' },
  InvalidInitialization: { says: 'it is initialised already', advice: 'Nothing is to be done.' },
  ReentrancyGuardReentrantCall: {
    says: 'a contract called back while its call was under way',
    advice: 'The recipient must not call back when it is paid.',
  },
  AddressEmptyCode: { says: 'there is no contract at {target}', advice: 'Check the address.' },
  NotInitializing: { says: 'this works during initialisation only', advice: 'Nothing is to be done.' },
  FailedDeployment: { says: 'a contract could not be created', advice: 'It may exist already.' },
  FailedCall: { says: 'a call inside failed without saying why', advice: 'Check what is called.' },
  InsufficientBalance: { says: 'it has {balance:eth} and needs {needed:eth}', advice: 'Send ETH first.' },
  VotesExpiredSignature: { says: 'the signature was valid until {expiry:time}', advice: 'Sign a new one.' },
}
