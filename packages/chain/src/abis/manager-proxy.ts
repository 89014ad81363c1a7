// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const managerProxyAbi = [
  {"type":"constructor","inputs":[{"name":"controller_","type":"address"},{"name":"targetContractId_","type":"bytes32"}],"stateMutability":"nonpayable"},
  {"type":"fallback","stateMutability":"payable"},
  {"type":"event","name":"SetController","inputs":[{"name":"controller","type":"address","indexed":false}],"anonymous":false},
  {"type":"error","name":"CallerMustBeController","inputs":[{"name":"caller","type":"address"},{"name":"controller","type":"address"}]},
  {"type":"error","name":"TargetContractNotRegistered","inputs":[{"name":"targetContractId","type":"bytes32"}]},
] as const
