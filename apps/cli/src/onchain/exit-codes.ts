/** @module What the exit status of an on-chain command says. */
import { isRefusal } from '@tessera/chain/refusals'
import { BaseError } from '@tessera/runtime/errors'

/** Documented in docs/cli.md; scripts rely on them. */
export const EXIT = {
  done: 0,
  /** Anything that has no status of its own. */
  failed: 1,
  /** Arguments, options or files that make no sense: nothing was asked of the chain. */
  usage: 2,
  /** A contract refused; the error in the output has its name and values. */
  refused: 3,
  /** The account has too little ETH or tokens. */
  funds: 4,
  /** No answer, the wrong chain, or no contracts there. */
  unreachable: 5,
  /** A person said no. */
  declined: 6,
  /** A transaction was sent and its outcome is not known yet. */
  undecided: 7,
  /** Too early: what was asked for becomes possible by itself, later. */
  notYet: 8,
  /** What was named is not there: a proposal, a message, a transaction, an account in a genesis. */
  notFound: 9,
} as const

const BY_CODE: Readonly<Record<string, number>> = {
  CLI_USAGE: EXIT.usage,
  MALFORMED: EXIT.usage,
  KEYSTORE_MALFORMED: EXIT.usage,
  KEYSTORE_WRONG_PASSWORD: EXIT.usage,
  GENESIS_CSV: EXIT.usage,
  GENESIS_PLAN: EXIT.usage,
  GENESIS_FILES: EXIT.usage,
  GENESIS_OTHER_MINE: EXIT.usage,
  GENESIS_BLOCKS: EXIT.usage,
  DEPLOY_PARAMS: EXIT.usage,
  CLI_DEPLOYMENT_FILE: EXIT.usage,
  CHAIN_REVERTED: EXIT.refused,
  CLI_TRANSACTION_FAILED: EXIT.refused,
  CHAIN_INSUFFICIENT_FUNDS: EXIT.funds,
  CLI_TOO_LITTLE: EXIT.funds,
  CHAIN_RPC_UNREACHABLE: EXIT.unreachable,
  CHAIN_RPC_TIMEOUT: EXIT.unreachable,
  CHAIN_RPC_FAULT: EXIT.unreachable,
  CHAIN_WRONG_CHAIN: EXIT.unreachable,
  CHAIN_CONTRACT_MISSING: EXIT.unreachable,
  CLI_NO_CHAIN: EXIT.unreachable,
  CLI_DECLINED: EXIT.declined,
  CLI_UNDECIDED: EXIT.undecided,
  CLI_SUPERSEDED: EXIT.undecided,
  CLI_BROKE_OFF: EXIT.undecided,
  CLI_ACCOUNT_BUSY: EXIT.notYet,
  CLI_NOT_YET: EXIT.notYet,
  CLI_NOT_FOUND: EXIT.notFound,
  GENESIS_NOT_LISTED: EXIT.notFound,
}

export function exitCodeOf(error: unknown): number {
  if (isRefusal(error, 'round-not-open') || isRefusal(error, 'too-early')) return EXIT.notYet
  return (BaseError.isInstance(error) ? BY_CODE[error.code] : undefined) ?? EXIT.failed
}
