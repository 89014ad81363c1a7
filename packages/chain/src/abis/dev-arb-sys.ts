// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const devArbSysAbi = [
  {"type":"function","name":"arbBlockNumber","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"blockOf","inputs":[{"name":"position","type":"uint256"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"messageCount","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"sendTxToL1","inputs":[{"name":"destination","type":"address"},{"name":"data","type":"bytes"}],"outputs":[{"name":"position","type":"uint256"}],"stateMutability":"payable"},
  {"type":"event","name":"L2ToL1Tx","inputs":[{"name":"caller","type":"address","indexed":false},{"name":"destination","type":"address","indexed":true},{"name":"hash","type":"uint256","indexed":true},{"name":"position","type":"uint256","indexed":true},{"name":"arbBlockNum","type":"uint256","indexed":false},{"name":"ethBlockNum","type":"uint256","indexed":false},{"name":"timestamp","type":"uint256","indexed":false},{"name":"callvalue","type":"uint256","indexed":false},{"name":"data","type":"bytes","indexed":false}],"anonymous":false},
] as const
