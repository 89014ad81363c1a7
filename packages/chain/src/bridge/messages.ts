/** @module Messages between the chains of a development network, as their contracts announce them. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { type AbiParameterToPrimitiveType, encodeAbiParameters, keccak256 } from 'viem'
import { devArbSysAbi } from '../abis/dev-arb-sys.ts'
import { devInboxAbi } from '../abis/dev-inbox.ts'
import type { ChainClient } from '../client.ts'

/** ArbSys, on every Arbitrum chain. */
export const ARB_SYS: Address = '0x0000000000000000000000000000000000000064'

const ALIAS_OFFSET = 0x1111000000000000000000000000000000001111n

/** `MESSAGE_NOT_FOUND`: the chain counts a message but does not show it: a reorganisation, or a node that prunes. */
export class MessageNotFoundError extends BaseError {
  constructor(facts: { direction: 'l1-to-l2' | 'l2-to-l1'; number: bigint; block: bigint }) {
    super({
      code: 'MESSAGE_NOT_FOUND',
      message: `Message ${facts.number} is not in block ${facts.block}, where it was sent.`,
      facts,
      retryable: true,
    })
  }
}

type TicketEvent = Extract<(typeof devInboxAbi)[number], { type: 'event'; name: 'RetryableTicketCreated' }>
type TicketParameter = Extract<TicketEvent['inputs'][number], { name: 'ticket' }>

/** A message to L2, as `DevInbox.Ticket`. Amounts in wei. */
export type Ticket = AbiParameterToPrimitiveType<TicketParameter>

/** A message to L1. */
export type Exit = {
  /** Among all messages to L1, from 0. */
  readonly position: bigint
  readonly sender: Address
  readonly to: Address
  readonly l2Block: bigint
  readonly l1Block: bigint
  /** Seconds since 1970. */
  readonly l2Timestamp: bigint
  /** In wei. */
  readonly value: bigint
  readonly data: Hex
  /** keccak256 of the packed message: what the Outbox confirms. */
  readonly leaf: Hex
}

/** Under which address L2 sees a sender of L1. */
export function aliasOf(sender: Address): Address {
  const alias = (BigInt(sender) + ALIAS_OFFSET) % 2n ** 160n
  return `0x${alias.toString(16).padStart(40, '0')}`
}

const ticketParameter = devInboxAbi
  .filter((item) => item.type === 'event')
  .flatMap((item): readonly { readonly name: string }[] => item.inputs)
  .find(({ name }) => name === 'ticket') as TicketParameter // by its name in this ABI, as the type is

/** What the executor on L2 remembers of a ticket. */
export function ticketHash(ticket: Ticket): Hex {
  return keccak256(encodeAbiParameters([ticketParameter], [ticket]))
}

/** The ticket with this number, sent in `block` of L1. @throws {MessageNotFoundError} and as `ChainClient.read`. */
export async function readTicket(
  l1: ChainClient,
  inbox: Address,
  at: { readonly number: bigint; readonly block: bigint },
): Promise<Ticket> {
  const query = l1.viem.getContractEvents({
    abi: devInboxAbi,
    address: inbox,
    eventName: 'RetryableTicketCreated',
    args: { sequenceNumber: at.number },
    fromBlock: at.block,
    toBlock: at.block,
    strict: true,
  })
  const [found] = await l1.guard(query, { what: 'eth_getLogs' })
  if (!found) throw new MessageNotFoundError({ direction: 'l1-to-l2', ...at })
  return found.args.ticket
}

/** The message to L1 at this position, sent in `block` of L2. @throws as `readTicket`. */
export async function readExit(
  l2: ChainClient,
  at: { readonly position: bigint; readonly block: bigint },
): Promise<Exit> {
  const query = l2.viem.getContractEvents({
    abi: devArbSysAbi,
    address: ARB_SYS,
    eventName: 'L2ToL1Tx',
    args: { position: at.position },
    fromBlock: at.block,
    toBlock: at.block,
    strict: true,
  })
  const [found] = await l2.guard(query, { what: 'eth_getLogs' })
  if (!found) throw new MessageNotFoundError({ direction: 'l2-to-l1', number: at.position, block: at.block })
  const { caller, destination, arbBlockNum, ethBlockNum, timestamp, callvalue, data, hash } = found.args
  return {
    position: at.position,
    sender: caller,
    to: destination,
    l2Block: arbBlockNum,
    l1Block: ethBlockNum,
    l2Timestamp: timestamp,
    value: callvalue,
    data,
    leaf: `0x${hash.toString(16).padStart(64, '0')}`,
  }
}
