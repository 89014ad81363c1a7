/** @module A proposal as a value: calls that the treasury makes when it is accepted, and a text. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { encodeAbiParameters, keccak256, toBytes } from 'viem'
import type { PROPOSAL_STATES } from '../reverts/value-text.ts'
import type { TransactionCall } from '../transaction-call.ts'

export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** What is hashed into the id, but for the text, which is hashed on its own. */
export type ProposalContent = {
  /** The treasury makes them in this order; all or none. */
  readonly actions: readonly ProposalAction[]
  /** Markdown; the first line is the title. */
  readonly description: string
}

export type ProposalAction = { readonly target: Address; readonly value: bigint; readonly data: Hex }

/** An action out of a call that somebody else would send. @throws {RangeError} for the creation of a contract. */
export function actionOf({ to, value, data }: TransactionCall): ProposalAction {
  if (to === undefined) throw new RangeError('A proposal cannot create a contract.')
  return { target: to, value, data }
}

/** OpenZeppelin's governor: keccak256 of the encoded actions and of the text's hash. */
export function proposalId({ actions, description }: ProposalContent): bigint {
  const types = [
    { type: 'address[]' },
    { type: 'uint256[]' },
    { type: 'bytes[]' },
    { type: 'bytes32' },
  ] as const
  const { targets, values, calldatas } = columns(actions)
  return BigInt(
    keccak256(encodeAbiParameters(types, [targets, values, calldatas, descriptionHash(description)])),
  )
}

export function descriptionHash(description: string): Hex {
  return keccak256(toBytes(description))
}

/** The form in which the contract takes the actions. */
export function columns(actions: readonly ProposalAction[]): {
  readonly targets: readonly Address[]
  readonly values: readonly bigint[]
  readonly calldatas: readonly Hex[]
} {
  return {
    targets: actions.map(({ target }) => target),
    values: actions.map(({ value }) => value),
    calldatas: actions.map(({ data }) => data),
  }
}
