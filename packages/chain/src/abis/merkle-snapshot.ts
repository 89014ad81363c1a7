// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const merkleSnapshotAbi = [
  {"type":"constructor","inputs":[{"name":"controller_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"controller","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"setController","inputs":[{"name":"newController","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"setSnapshot","inputs":[{"name":"id","type":"bytes32"},{"name":"root","type":"bytes32"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"snapshot","inputs":[{"name":"id","type":"bytes32"}],"outputs":[{"name":"root","type":"bytes32"}],"stateMutability":"view"},
  {"type":"function","name":"verify","inputs":[{"name":"id","type":"bytes32"},{"name":"proof","type":"bytes32[]"},{"name":"leaf","type":"bytes32"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  {"type":"event","name":"ParameterUpdate","inputs":[{"name":"param","type":"string","indexed":false}],"anonymous":false},
  {"type":"event","name":"SetController","inputs":[{"name":"controller","type":"address","indexed":false}],"anonymous":false},
  {"type":"error","name":"CallerMustBeController","inputs":[{"name":"caller","type":"address"},{"name":"controller","type":"address"}]},
  {"type":"error","name":"CallerMustBeControllerOwner","inputs":[{"name":"caller","type":"address"},{"name":"owner","type":"address"}]},
  {"type":"error","name":"SystemIsPaused","inputs":[]},
] as const
