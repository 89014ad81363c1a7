/** @module Everything that is said about contract errors, in one table. */
import { bridgeExplanations } from './bridge.ts'
import type { Explanation, Explanations } from './explanation.ts'
import { genesisExplanations } from './genesis.ts'
import { governanceExplanations } from './governance.ts'
import { openZeppelinExplanations } from './openzeppelin.ts'
import { paymentExplanations } from './payments.ts'
import { protocolExplanations } from './protocol.ts'
import { stakingExplanations } from './staking.ts'
import { verificationExplanations } from './verification.ts'

/** Exported for the test that holds it against the contracts. */
export const explanations: Explanations = {
  ...openZeppelinExplanations,
  ...protocolExplanations,
  ...stakingExplanations,
  ...paymentExplanations,
  ...governanceExplanations,
  ...genesisExplanations,
  ...verificationExplanations,
  ...bridgeExplanations,
}

/** @param signature e.g. `InvalidProof(bytes32)`; without an entry of its own that of the name counts. */
export function explanationOf(signature: string): Explanation | undefined {
  const name = signature.slice(0, signature.indexOf('('))
  const key = [signature, name].find((candidate) => Object.hasOwn(explanations, candidate))
  return key === undefined ? undefined : explanations[key]
}
