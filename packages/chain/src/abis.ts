/** @module ABIs of the contracts we call: the part of each that is used. */
import { type ParseAbi, parseAbi } from 'viem'

const controllerSignatures = [
  'function owner() view returns (address)',
  'function paused() view returns (bool)',
  'function unpause()',
  'function getContract(bytes32 id) view returns (address)',
  'function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash)',
] as const

export const controllerAbi: ParseAbi<typeof controllerSignatures> = parseAbi(controllerSignatures)

const bondingManagerSignatures = [
  'function bond(uint256 amount, address to)',
  'function unbond(uint256 amount)',
  'function reward()',
  'function transcoder(uint256 rewardCut, uint256 feeShare)',
  'function withdrawFees(address recipient, uint256 amount)',
  'function setUnbondingPeriod(uint64 unbondingPeriod)',
  'function setNumActiveTranscoders(uint256 numActiveTranscoders)',
  'function getDelegator(address delegator) view returns (uint256 bondedAmount, uint256 fees, address delegateAddress, uint256 delegatedAmount, uint256 startRound, uint256 lastClaimRound, uint256 nextUnbondingLockId)',
  'function getTranscoder(address transcoder) view returns (uint256 lastRewardRound, uint256 rewardCut, uint256 feeShare, uint256 lastActiveStakeUpdateRound, uint256 activationRound, uint256 deactivationRound, uint256 activeCumulativeRewards, uint256 cumulativeRewards, uint256 cumulativeFees, uint256 lastFeeRound)',
  'function getFirstTranscoderInPool() view returns (address)',
  'function getNextTranscoderInPool(address transcoder) view returns (address)',
  'function getTranscoderPoolSize() view returns (uint256)',
  'function getTranscoderPoolMaxSize() view returns (uint256)',
  'function transcoderTotalStake(address transcoder) view returns (uint256)',
  'function isActiveTranscoder(address transcoder) view returns (bool)',
  'function isRegisteredTranscoder(address transcoder) view returns (bool)',
  'function getTotalBonded() view returns (uint256)',
  'function pendingStake(address delegator, uint256 endRound) view returns (uint256)',
  'function pendingFees(address delegator, uint256 endRound) view returns (uint256)',
  'function unbondingPeriod() view returns (uint64)',
  'event Bond(address indexed newDelegate, address indexed oldDelegate, address indexed delegator, uint256 additionalAmount, uint256 bondedAmount)',
  'event Unbond(address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound)',
  'event Reward(address indexed transcoder, uint256 amount)',
  'event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare)',
  'event TranscoderActivated(address indexed transcoder, uint256 activationRound)',
  'event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound)',
] as const

export const bondingManagerAbi: ParseAbi<typeof bondingManagerSignatures> = parseAbi(bondingManagerSignatures)

const ticketBrokerSignatures = [
  'struct Ticket { address recipient; address sender; uint256 faceValue; uint256 winProb; uint256 senderNonce; bytes32 recipientRandHash; bytes auxData; }',
  'struct Sender { uint256 deposit; uint256 withdrawRound; }',
  'struct ReserveInfo { uint256 fundsRemaining; uint256 claimedInCurrentRound; }',
  'function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) payable',
  'function fundDeposit() payable',
  'function fundReserve() payable',
  'function redeemWinningTicket(Ticket ticket, bytes sig, uint256 recipientRand)',
  'function unlock()',
  'function cancelUnlock()',
  'function withdraw()',
  'function setUnlockPeriod(uint256 unlockPeriod)',
  'function setTicketValidityPeriod(uint256 ticketValidityPeriod)',
  'function getSenderInfo(address sender) view returns (Sender sender, ReserveInfo reserve)',
  'function claimableReserve(address reserveHolder, address claimant) view returns (uint256)',
  'function claimedReserve(address reserveHolder, address claimant) view returns (uint256)',
  'function usedTickets(bytes32 ticketHash) view returns (bool)',
  'function isUnlockInProgress(address sender) view returns (bool)',
  'function ticketValidityPeriod() view returns (uint256)',
  'function unlockPeriod() view returns (uint256)',
  'function getTicketHash(Ticket ticket) pure returns (bytes32)',
  'event DepositFunded(address indexed sender, uint256 amount)',
  'event ReserveFunded(address indexed reserveHolder, uint256 amount)',
  'event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount)',
  'event Unlock(address indexed sender, uint256 startRound, uint256 endRound)',
  'event UnlockCancelled(address indexed sender)',
  'event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve)',
  'event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount)',
  'event WinningTicketRedeemed(address indexed sender, address indexed recipient, uint256 faceValue, uint256 winProb, uint256 senderNonce, uint256 recipientRand, bytes auxData)',
] as const

export const ticketBrokerAbi: ParseAbi<typeof ticketBrokerSignatures> = parseAbi(ticketBrokerSignatures)

const roundsManagerSignatures = [
  'function initializeRound()',
  'function setRoundLength(uint256 roundLength)',
  'function setRoundLockAmount(uint256 roundLockAmount)',
  'function blockNum() view returns (uint256)',
  'function blockHashForRound(uint256 round) view returns (bytes32)',
  'function currentRound() view returns (uint256)',
  'function currentRoundStartBlock() view returns (uint256)',
  'function currentRoundInitialized() view returns (bool)',
  'function currentRoundLocked() view returns (bool)',
  'function lastInitializedRound() view returns (uint256)',
  'function roundLength() view returns (uint256)',
  'event NewRound(uint256 indexed round, bytes32 blockHash)',
] as const

export const roundsManagerAbi: ParseAbi<typeof roundsManagerSignatures> = parseAbi(roundsManagerSignatures)

const serviceRegistrySignatures = [
  'function setServiceURI(string serviceURI)',
  'function getServiceURI(address addr) view returns (string)',
  'event ServiceURIUpdate(address indexed addr, string serviceURI)',
] as const

export const serviceRegistryAbi: ParseAbi<typeof serviceRegistrySignatures> =
  parseAbi(serviceRegistrySignatures)

const minterSignatures = [
  'function inflation() view returns (uint256)',
  'function inflationChange() view returns (uint256)',
  'function targetBondingRate() view returns (uint256)',
  'function currentMintableTokens() view returns (uint256)',
  'function currentMintedTokens() view returns (uint256)',
  'function getGlobalTotalSupply() view returns (uint256)',
  'event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation)',
] as const

export const minterAbi: ParseAbi<typeof minterSignatures> = parseAbi(minterSignatures)

const tokenSignatures = [
  'function balanceOf(address account) view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function mint(address to, uint256 amount)',
  'function grantRole(bytes32 role, address account)',
  'function hasRole(bytes32 role, address account) view returns (bool)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
] as const

export const tokenAbi: ParseAbi<typeof tokenSignatures> = parseAbi(tokenSignatures)

const errorsSignatures = ['error Error(string)', 'error Panic(uint256)'] as const

/** Errors that any contract may raise. Strings and panics need no ABI. */
export const errorsAbi: ParseAbi<typeof errorsSignatures> = parseAbi(errorsSignatures)
