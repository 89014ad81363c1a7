// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const pollCreatorAbi = [
  {"type":"constructor","inputs":[{"name":"bondingManager_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"POLL_CREATION_COST","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"POLL_PERIOD","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"QUORUM","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"QUOTA","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"bondingManager","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"createPoll","inputs":[{"name":"proposal","type":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"event","name":"PollCreated","inputs":[{"name":"poll","type":"address","indexed":true},{"name":"proposal","type":"bytes","indexed":false},{"name":"endBlock","type":"uint256","indexed":false},{"name":"quorum","type":"uint256","indexed":false},{"name":"quota","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"error","name":"InsufficientStake","inputs":[{"name":"caller","type":"address"},{"name":"stake","type":"uint256"},{"name":"required","type":"uint256"}]},
] as const
