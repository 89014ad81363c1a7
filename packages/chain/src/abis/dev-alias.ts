// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const devAliasAbi = [
  {"type":"constructor","inputs":[{"name":"executor_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"call","inputs":[{"name":"to","type":"address"},{"name":"data","type":"bytes"}],"outputs":[{"name":"","type":"bytes"}],"stateMutability":"payable"},
  {"type":"function","name":"executor","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"error","name":"NotExecutor","inputs":[{"name":"caller","type":"address"},{"name":"executor","type":"address"}]},
] as const
