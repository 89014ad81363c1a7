/** @module Every guard that a test claims to prove, with the fault that takes it out. One file for each suite of tests. */
import { attacks } from './faults/attacks.ts'
import { bondingIssues } from './faults/bonding-issues.ts'
import { bridgeInvariants } from './faults/bridge-invariants.ts'
import { bridgeIssues } from './faults/bridge-issues.ts'
import { earningsIssues } from './faults/earnings-issues.ts'
import { governanceIssues } from './faults/governance-issues.ts'
import { protocolInvariants } from './faults/protocol-invariants.ts'
import { registryAttacks } from './faults/registry-attacks.ts'
import { stablecoinInvariants } from './faults/stablecoin-invariants.ts'
import { ticketIssues } from './faults/ticket-issues.ts'
import { votesInvariants } from './faults/votes-invariants.ts'
import { votesIssues } from './faults/votes-issues.ts'
import type { Mutant } from './mutant.ts'

export const mutants: readonly Mutant[] = [
  ...bondingIssues,
  ...earningsIssues,
  ...ticketIssues,
  ...votesIssues,
  ...governanceIssues,
  ...bridgeIssues,
  ...protocolInvariants,
  ...votesInvariants,
  ...stablecoinInvariants,
  ...bridgeInvariants,
  ...attacks,
  ...registryAttacks,
]
