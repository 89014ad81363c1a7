// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const termsAbi = [
  {"type":"event","name":"TranscoderActivated","inputs":[{"name":"transcoder","type":"address","indexed":true},{"name":"activationRound","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"event","name":"TranscoderDeactivated","inputs":[{"name":"transcoder","type":"address","indexed":true},{"name":"deactivationRound","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"event","name":"TranscoderUpdate","inputs":[{"name":"transcoder","type":"address","indexed":true},{"name":"rewardCut","type":"uint256","indexed":false},{"name":"feeShare","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"error","name":"AlreadyInPool","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"CurrentRoundIsLocked","inputs":[{"name":"round","type":"uint256"}]},
  {"type":"error","name":"InvalidFeeShare","inputs":[{"name":"feeShare","type":"uint256"}]},
  {"type":"error","name":"InvalidRewardCut","inputs":[{"name":"rewardCut","type":"uint256"}]},
  {"type":"error","name":"NotInPool","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"NotMillionths","inputs":[{"name":"share","type":"uint256"}]},
  {"type":"error","name":"NullPoolMember","inputs":[]},
  {"type":"error","name":"PoolIsFull","inputs":[{"name":"maxSize","type":"uint256"}]},
  {"type":"error","name":"PoolKeyIsZero","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"RewardBeforeUpdateRequired","inputs":[{"name":"transcoder","type":"address"},{"name":"round","type":"uint256"}]},
  {"type":"error","name":"SafeCastOverflowedUintDowncast","inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}]},
  {"type":"error","name":"TranscoderMustBeRegistered","inputs":[{"name":"transcoder","type":"address"}]},
] as const
