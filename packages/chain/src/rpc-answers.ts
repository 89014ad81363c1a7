/** @module The form that answers of a node must have before anything is computed with them (Ethereum's execution-apis). */
import { RpcFaultError } from './errors.ts'

type Form = (result: unknown) => boolean

/** A number below 2^64: blocks, gas, nonces, chain ids. */
const small: Form = (result) => isHex(result, 1, 16)
/** A number below 2^256: amounts and prices. */
const large: Form = (result) => isHex(result, 1, 64)
const bytes: Form = (result) => isHex(result, 0) && result.length % 2 === 0
const hash: Form = (result) => isHex(result, 64, 64)
const orNull =
  (form: Form): Form =>
  (result) =>
    result === null || form(result)

/** Of a mined transaction: of others there is none. */
const receipt: Form = (result) =>
  isObject(result) &&
  hash(result.transactionHash) &&
  small(result.blockNumber) &&
  hash(result.blockHash) &&
  (result.status === '0x0' || result.status === '0x1') &&
  small(result.gasUsed) &&
  large(result.effectiveGasPrice)

const block: Form = (result) =>
  isObject(result) &&
  orNull(small)(result.number) &&
  orNull(hash)(result.hash) &&
  small(result.timestamp) &&
  (result.baseFeePerGas === undefined || large(result.baseFeePerGas))

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['eth_chainId', small],
  ['eth_blockNumber', small],
  ['eth_estimateGas', small],
  ['eth_getTransactionCount', small],
  ['eth_getBalance', large],
  ['eth_gasPrice', large],
  ['eth_maxPriorityFeePerGas', large],
  ['eth_getCode', bytes],
  ['eth_call', bytes],
  ['eth_sendRawTransaction', hash],
  ['eth_getTransactionReceipt', orNull(receipt)],
  ['eth_getBlockByNumber', orNull(block)],
  ['eth_getBlockByHash', orNull(block)],
])

/** @returns `result` as it is. @throws {RpcFaultError} when no answer to `method` looks like this. */
export function checkAnswer(endpoint: string, method: string, result: unknown): unknown {
  const form = FORMS.get(method)
  if (form === undefined || form(result)) return result
  throw new RpcFaultError({ endpoint, method, rpcMessage: 'The answer has not the form that it must have.' })
}

function isHex(value: unknown, least: number, most?: number): value is string {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]*$/.test(value)) return false
  const digits = value.length - 2
  return digits >= least && (most === undefined || digits <= most)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
