/** @module Revert strings of Livepeer's deployed contracts, and the errors of ours that mean the same. */

/** Lower case, so that contracts which shout are found too. */
const MEANINGS: Readonly<Record<string, string>> = {
  'system is paused': 'SystemIsPaused()',
  'current round is not initialized': 'CurrentRoundIsNotInitialized(uint256)',
  'current round is locked': 'CurrentRoundIsLocked(uint256)',
  'round already initialized': 'RoundAlreadyInitialized(uint256)',
  'caller must be bonded': 'CallerMustBeBonded(address)',
  'caller must be unbonded': 'CallerMustBeUnbonded(address)',
  'transcoder must be registered': 'TranscoderMustBeRegistered(address)',
  'transcoder must be active': 'TranscoderMustBeActive(address)',
  'caller must be an active transcoder': 'TranscoderMustBeActive(address)',
  'caller has already called reward for the current round': 'RewardAlreadyCalled(address,uint256)',
  'transcoder has not yet called reward for the current round':
    'DelegateMustCallRewardFirst(address,uint256)',
  'caller must be a reward caller set by the transcoder': 'CallerMustBeRewardCaller(address,address)',
  illegal_claim_earnings: 'IllegalClaimEarnings(address,address)',
  "registered transcoders can't delegate towards other addresses":
    'RegisteredTranscoderCannotDelegate(address)',
  'delegation amount must be greater than 0': 'BondAmountIsZero()',
  'unbond amount must be greater than 0': 'UnbondAmountIsZero()',
  'amount is greater than bonded amount': 'UnbondAmountExceedsBonded(uint256,uint256)',
  'invalid unbonding lock id': 'InvalidUnbondingLock(address,uint256)',
  'withdraw round must be before or equal to the current round': 'WithdrawRoundNotReached(uint256,uint256)',
  'insufficient fees to withdraw': 'InsufficientFees(uint256,uint256)',
  'ticket is expired': 'TicketExpired(uint256,uint256,uint256)',
  'ticket is used': 'TicketUsed(bytes32)',
  'ticket did not win': 'TicketDidNotWin(bytes32)',
  'sender is unlocked': 'SenderIsUnlocked(address,uint256)',
  'sender deposit and reserve are zero': 'NoFunds(address)',
  'sender deposit and reserve insufficient to cover ticket face value':
    'InsufficientFunds(address,uint256,uint256)',
  'unlock already initiated': 'UnlockAlreadyInitiated(uint256)',
  'no unlock request in progress': 'NoUnlockInProgress()',
  'account is locked': 'AccountIsLocked(uint256,uint256)',
  'erc20: insufficient allowance': 'ERC20InsufficientAllowance(address,uint256,uint256)',
  'erc20: transfer amount exceeds balance': 'ERC20InsufficientBalance(address,uint256,uint256)',
}

/** Signature of the error that means the same. */
export function meaningOf(text: string): string | undefined {
  const key = text.trim().toLowerCase()
  return Object.hasOwn(MEANINGS, key) ? MEANINGS[key] : undefined
}
