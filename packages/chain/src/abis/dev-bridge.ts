// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const devBridgeAbi = [
  {"type":"constructor","inputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"activeOutbox","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"connect","inputs":[{"name":"inbox_","type":"address"},{"name":"outbox_","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"deployer","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"enqueue","inputs":[],"outputs":[{"name":"sequenceNumber","type":"uint256"}],"stateMutability":"payable"},
  {"type":"function","name":"executeCall","inputs":[{"name":"to","type":"address"},{"name":"value","type":"uint256"},{"name":"data","type":"bytes"}],"outputs":[{"name":"success","type":"bool"},{"name":"answer","type":"bytes"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"inbox","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"messageCount","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"outbox","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"error","name":"AlreadyConnected","inputs":[{"name":"inbox","type":"address"},{"name":"outbox","type":"address"}]},
  {"type":"error","name":"NotDeployer","inputs":[{"name":"caller","type":"address"},{"name":"deployer","type":"address"}]},
  {"type":"error","name":"NotInbox","inputs":[{"name":"caller","type":"address"},{"name":"inbox","type":"address"}]},
  {"type":"error","name":"NotOutbox","inputs":[{"name":"caller","type":"address"},{"name":"outbox","type":"address"}]},
] as const
