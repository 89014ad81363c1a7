/** @module Messages to L2 that failed there, in words. */
import { describeMessage } from '@tessera/chain/bridge/describe-message'
import type { MessageFailure } from '@tessera/chain/bridge/l2'
import type { Ticket } from '@tessera/chain/bridge/messages'
import { explainRevert } from '@tessera/chain/reverts/explain'
import { decodeRevert } from '@tessera/chain/reverts/revert'
import { NotFoundError } from '../problems.ts'
import { shownText } from '../shown-text.ts'
import type { OpenBridge } from './open-bridge.ts'

export type Failure = {
  readonly number: bigint
  readonly ticket: Ticket
  /** What it was to do. */
  readonly does: string
  /** Why the first attempt failed. */
  readonly why: string
}

/** All that failed and were not redeemed since, or the one with this number. @throws {NotFoundError} */
export async function failures(bridge: OpenBridge, number?: number): Promise<readonly Failure[]> {
  const all = await bridge.bridgeL2.failures()
  if (number === undefined) return Promise.all(all.map((one) => told(bridge, one)))
  const found = all.find((one) => one.number === BigInt(number))
  if (found) return [await told(bridge, found)]
  const isTaken = BigInt(number) < (await bridge.bridgeL2.ticketCount())
  throw new NotFoundError(
    isTaken
      ? `Message ${number} is executed; it does not wait for a retry.`
      : `L2 has no message ${number} yet.`,
    isTaken ? 'Nothing is to be done.' : 'If it was sent on L1, wait a few seconds for the relayer.',
    { number, executed: isTaken },
  )
}

async function told(
  { bridgeL1, bridgeL2 }: OpenBridge,
  { number, reason }: MessageFailure,
): Promise<Failure> {
  const ticket = await bridgeL1.ticket(number)
  const why =
    reason === '0x'
      ? `it gave no reason: its gas (${ticket.gasLimit}) may have run out, or its gas price was below the base fee`
      : explainRevert(decodeRevert(reason)).says
  return { number, ticket, does: shownText(describeMessage(ticket, bridgeL2.addresses)), why: shownText(why) }
}
