// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const l1LPTDataCacheAbi = [
  {"type":"constructor","inputs":[{"name":"inbox_","type":"address"},{"name":"l1Lpt_","type":"address"},{"name":"l2LPTDataCache_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"cacheTotalSupply","inputs":[{"name":"maxGas","type":"uint256"},{"name":"gasPriceBid","type":"uint256"},{"name":"maxSubmissionCost","type":"uint256"}],"outputs":[],"stateMutability":"payable"},
  {"type":"function","name":"getCacheTotalSupplyData","inputs":[],"outputs":[{"name":"totalSupply","type":"uint256"},{"name":"data","type":"bytes"}],"stateMutability":"view"},
  {"type":"function","name":"inbox","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"l1Lpt","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"l2LPTDataCache","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"event","name":"CacheTotalSupplyInitiated","inputs":[{"name":"seqNo","type":"uint256","indexed":false},{"name":"totalSupply","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"event","name":"TxToL2","inputs":[{"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"seqNum","type":"uint256","indexed":true},{"name":"data","type":"bytes","indexed":false}],"anonymous":false},
  {"type":"error","name":"NotFromBridge","inputs":[{"name":"caller","type":"address"},{"name":"bridge","type":"address"}]},
  {"type":"error","name":"OnlyCounterpartGateway","inputs":[{"name":"l2Sender","type":"address"},{"name":"counterpart","type":"address"}]},
] as const
