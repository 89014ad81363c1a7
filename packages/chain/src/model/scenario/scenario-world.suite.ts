/** @module What the draws of a random scenario share. */
import type { Protocol } from '../protocol.ts'
import { ACTORS, type AccountName } from './names.suite.ts'
import type { Step } from './steps.suite.ts'
import type { TicketBook } from './ticket-book.suite.ts'

/** A call, before anybody knows what comes of it. */
export type Draft = Pick<Step, 'by' | 'op' | 'args' | 'round'>

export type World = { readonly protocol: Protocol; readonly tickets: TicketBook }

export const EVERYBODY: readonly AccountName[] = [...ACTORS, 'B', '0', 'TREASURY']

export function call(by: AccountName, op: string, ...args: (string | bigint)[]): Draft {
  return { by, op, args: args.map(String), round: '' }
}
