/** @module What tickets are paid from, in ETH or in a stablecoin: the same verbs work on both. */
import type { TransactionCall } from '@tessera/chain/transaction-call'
import type { Address } from '@tessera/protocol/address'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { wei } from '@tessera/protocol/units'
import { formatEth, parseAmount } from '../amounts.ts'
import type { Json } from '../json.ts'
import type { Step, Watch } from '../plan.ts'
import type { ChainSession } from '../session.ts'
import { watchEth } from '../watched.ts'
import { openStablecoin, type StablecoinOptions } from './stablecoin.ts'

export type PurseInfo = {
  readonly deposit: bigint
  readonly reserve: bigint
  /** 0 when it is locked. */
  readonly withdrawRound: bigint
  readonly claimedInCurrentRound: bigint
}

/** Amounts in the smallest unit of its money. */
export type Purse = {
  /** Fields of JSON that say which money it is; none for ETH. */
  readonly facts: Readonly<Record<string, Json>>
  /** For next steps: what selects this purse again, with a space before it. */
  readonly flag: string
  /** @throws {UsageError} naming `option`. */
  parse(text: string, option: string): bigint
  format(amount: bigint): string
  info(sender: Address): Promise<PurseInfo>
  /** In rounds. */
  unlockPeriod(): Promise<bigint>
  /** What paying in takes. @throws {TooLittleError} */
  fund(sender: Address, deposit: bigint, reserve: bigint): Promise<readonly Step[]>
  unlock(): TransactionCall
  cancelUnlock(): TransactionCall
  withdraw(): TransactionCall
  /** The broker's own hash of a ticket. */
  ticketHash(ticket: Ticket): Promise<string>
  redeem(winning: WinningTicket): TransactionCall
  /** What a redemption earns its recipient, where that can be seen at once. */
  watchFees(recipient: Address): Promise<readonly Watch[]>
}

/** @throws {ContractMissingError} for a stablecoin where the deployment has no broker for one. */
export async function openPurse(session: ChainSession, options: StablecoinOptions): Promise<Purse> {
  if (options.stablecoin !== true && options.broker === undefined) return ethPurse(session)
  const { broker, token, format, parse, facts, flag } = await openStablecoin(session, options)
  return {
    facts,
    flag,
    parse,
    format,
    info: (sender) => broker.senderInfo(sender),
    unlockPeriod: () => broker.unlockPeriod(),
    fund: async (sender, deposit, reserve) => {
      const sum = deposit + reserve
      await token.assertHas(sender, sum)
      const says = `pay ${format(deposit)} into the deposit and ${format(reserve)} into the reserve`
      return [
        ...(await token.approval(sender, broker.address, sum)),
        { call: broker.fundDepositAndReserve(deposit, reserve), says },
      ]
    },
    unlock: () => broker.unlock(),
    cancelUnlock: () => broker.cancelUnlock(),
    withdraw: () => broker.withdraw(),
    ticketHash: (ticket) => broker.ticketHash(ticket),
    redeem: (winning) => broker.redeemWinningTicket(winning),
    // They are shares of a round that is not over.
    watchFees: async () => [],
  }
}

async function ethPurse(session: ChainSession): Promise<Purse> {
  const { ticketBroker } = await session.contracts()
  return {
    facts: {},
    flag: '',
    parse: (text, option) => parseAmount(text, option, 18),
    format: formatEth,
    info: (sender) => ticketBroker.senderInfo(sender),
    unlockPeriod: () => ticketBroker.unlockPeriod(),
    fund: async (_sender, deposit, reserve) => [
      {
        call: ticketBroker.fundDepositAndReserve(wei(deposit), wei(reserve)),
        says: `pay ${formatEth(deposit)} into the deposit and ${formatEth(reserve)} into the reserve`,
      },
    ],
    unlock: () => ticketBroker.unlock(),
    cancelUnlock: () => ticketBroker.cancelUnlock(),
    withdraw: () => ticketBroker.withdraw(),
    ticketHash: (ticket) => ticketBroker.ticketHash(ticket),
    redeem: (winning) => ticketBroker.redeemWinningTicket(winning),
    watchFees: async (recipient) => [
      watchEth(`fees of ${recipient}`, (await session.staking()).feesQuery(recipient)),
    ],
  }
}
