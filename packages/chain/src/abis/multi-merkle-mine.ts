// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const multiMerkleMineAbi = [
  {"type":"function","name":"multiGenerate","inputs":[{"name":"mine","type":"address"},{"name":"recipients","type":"address[]"},{"name":"proofs","type":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"error","name":"CallerPeriodNotStarted","inputs":[{"name":"now_","type":"uint256"},{"name":"callerStartBlock","type":"uint256"}]},
  {"type":"error","name":"InvalidProofLength","inputs":[{"name":"length","type":"uint256"}]},
  {"type":"error","name":"ProofsEndEarly","inputs":[{"name":"length","type":"uint256"},{"name":"needed","type":"uint256"}]},
  {"type":"error","name":"RecipientsAndProofsDiffer","inputs":[{"name":"recipients","type":"uint256"},{"name":"proofs","type":"uint256"}]},
  {"type":"error","name":"SafeERC20FailedOperation","inputs":[{"name":"token","type":"address"}]},
] as const
