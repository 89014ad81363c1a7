// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const createAndCallAbi = [
  {"type":"constructor","inputs":[{"name":"initCode","type":"bytes"},{"name":"call","type":"bytes"}],"stateMutability":"nonpayable"},
  {"type":"error","name":"AddressEmptyCode","inputs":[{"name":"target","type":"address"}]},
  {"type":"error","name":"FailedCall","inputs":[]},
  {"type":"error","name":"InsufficientBalance","inputs":[{"name":"balance","type":"uint256"},{"name":"needed","type":"uint256"}]},
] as const
