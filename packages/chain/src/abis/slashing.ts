// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const slashingAbi = [
  {"type":"event","name":"EarningsClaimed","inputs":[{"name":"delegate","type":"address","indexed":true},{"name":"delegator","type":"address","indexed":true},{"name":"rewards","type":"uint256","indexed":false},{"name":"fees","type":"uint256","indexed":false},{"name":"startRound","type":"uint256","indexed":false},{"name":"endRound","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"event","name":"TranscoderDeactivated","inputs":[{"name":"transcoder","type":"address","indexed":true},{"name":"deactivationRound","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"event","name":"TranscoderSlashed","inputs":[{"name":"transcoder","type":"address","indexed":true},{"name":"finder","type":"address","indexed":false},{"name":"penalty","type":"uint256","indexed":false},{"name":"finderReward","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"error","name":"AlreadyInPool","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"NotInPool","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"NullPoolMember","inputs":[]},
  {"type":"error","name":"PoolIsFull","inputs":[{"name":"maxSize","type":"uint256"}]},
  {"type":"error","name":"PoolKeyIsZero","inputs":[{"name":"id","type":"address"}]},
  {"type":"error","name":"SafeCastOverflowedUintDowncast","inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}]},
] as const
