// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const pollAbi = [
  {"type":"constructor","inputs":[{"name":"endBlock_","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"destroy","inputs":[],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"endBlock","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"vote","inputs":[{"name":"choiceID","type":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"event","name":"Vote","inputs":[{"name":"voter","type":"address","indexed":true},{"name":"choiceID","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"error","name":"PollIsActive","inputs":[{"name":"endBlock","type":"uint256"},{"name":"current","type":"uint256"}]},
  {"type":"error","name":"PollIsOver","inputs":[{"name":"endBlock","type":"uint256"},{"name":"current","type":"uint256"}]},
  {"type":"error","name":"TransferFailed","inputs":[{"name":"recipient","type":"address"},{"name":"amount","type":"uint256"}]},
] as const
