// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.
export const devInboxAbi = [
  {"type":"constructor","inputs":[{"name":"bridge_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"blockOf","inputs":[{"name":"sequenceNumber","type":"uint256"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"bridge","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"calculateRetryableSubmissionFee","inputs":[{"name":"dataLength","type":"uint256"},{"name":"baseFee","type":"uint256"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"createRetryableTicket","inputs":[{"name":"to","type":"address"},{"name":"l2CallValue","type":"uint256"},{"name":"maxSubmissionCost","type":"uint256"},{"name":"excessFeeRefundAddress","type":"address"},{"name":"","type":"address"},{"name":"gasLimit","type":"uint256"},{"name":"maxFeePerGas","type":"uint256"},{"name":"data","type":"bytes"}],"outputs":[{"name":"sequenceNumber","type":"uint256"}],"stateMutability":"payable"},
  {"type":"event","name":"RetryableTicketCreated","inputs":[{"name":"sequenceNumber","type":"uint256","indexed":true},{"name":"sender","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"ticket","type":"tuple","indexed":false,"components":[{"name":"sender","type":"address"},{"name":"to","type":"address"},{"name":"l2CallValue","type":"uint256"},{"name":"deposit","type":"uint256"},{"name":"submissionFee","type":"uint256"},{"name":"excessFeeRefundAddress","type":"address"},{"name":"gasLimit","type":"uint256"},{"name":"maxFeePerGas","type":"uint256"},{"name":"data","type":"bytes"}]}],"anonymous":false},
  {"type":"error","name":"DataTooLarge","inputs":[{"name":"dataLength","type":"uint256"},{"name":"maxDataLength","type":"uint256"}]},
  {"type":"error","name":"InsufficientSubmissionCost","inputs":[{"name":"expected","type":"uint256"},{"name":"actual","type":"uint256"}]},
  {"type":"error","name":"InsufficientValue","inputs":[{"name":"expected","type":"uint256"},{"name":"actual","type":"uint256"}]},
] as const
