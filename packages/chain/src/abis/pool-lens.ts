// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const poolLensAbi = [
  {"type":"constructor","inputs":[{"name":"bondingManager","type":"address"}],"stateMutability":"nonpayable"},
] as const
