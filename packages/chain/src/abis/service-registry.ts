// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const serviceRegistryAbi = [
  {"type":"constructor","inputs":[{"name":"controller_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"controller","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"getServiceURI","inputs":[{"name":"addr","type":"address"}],"outputs":[{"name":"","type":"string"}],"stateMutability":"view"},
  {"type":"function","name":"setController","inputs":[{"name":"newController","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"setServiceURI","inputs":[{"name":"serviceURI","type":"string"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"targetContractId","inputs":[],"outputs":[{"name":"","type":"bytes32"}],"stateMutability":"view"},
  {"type":"event","name":"ParameterUpdate","inputs":[{"name":"param","type":"string","indexed":false}],"anonymous":false},
  {"type":"event","name":"ServiceURIUpdate","inputs":[{"name":"addr","type":"address","indexed":true},{"name":"serviceURI","type":"string","indexed":false}],"anonymous":false},
  {"type":"event","name":"SetController","inputs":[{"name":"controller","type":"address","indexed":false}],"anonymous":false},
  {"type":"error","name":"CallerMustBeController","inputs":[{"name":"caller","type":"address"},{"name":"controller","type":"address"}]},
  {"type":"error","name":"CallerMustBeControllerOwner","inputs":[{"name":"caller","type":"address"},{"name":"owner","type":"address"}]},
  {"type":"error","name":"SystemIsPaused","inputs":[]},
] as const
