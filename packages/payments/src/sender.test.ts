import { sameAddress } from '@tessera/protocol/address'
import { blockNumber, MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import { isSignedBy } from '@tessera/protocol/wire/signatures'
import { ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { fromHex } from '@tessera/runtime/bytes'
import { describe, expect, it } from 'vitest'
import { ticketValue, weiToCredit } from './credit.ts'
import type { PaymentTerms } from './payer.ts'
import type { PaymentErrorCode } from './payment-error.ts'
import { createWorld, GATEWAY, LIMITS, termsOf, type World } from './payments-world.suite.ts'

const KEY = 'f1405ced'
const EV = 10n ** 13n

async function stage(world: World, fee: bigint, quote?: PaymentTerms) {
  return world.sender.stage({
    quote: quote ?? (await termsOf(world.recipient)),
    balanceKey: KEY,
    fee: wei(fee),
  })
}

async function refusalOf(world: World, quote: PaymentTerms, fee = EV): Promise<PaymentErrorCode | undefined> {
  const error: unknown = await stage(world, fee, quote).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'code' in error ? (error.code as PaymentErrorCode) : undefined
}

describe('a gateway makes tickets', () => {
  it('enough for the fee, signed, with nonces from 1 for each set of parameters', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    const first = await stage(world, 4n * EV - 5n, quote)
    const second = await stage(world, EV / 2n, quote)
    expect(first.payment!.tickets.map((ticket) => ticket.senderNonce)).toEqual([1, 2, 3, 4])
    expect(second.payment!.tickets.map((ticket) => ticket.senderNonce)).toEqual([5])
    const other = await stage(world, EV / 2n)
    expect(other.payment!.tickets.map((ticket) => ticket.senderNonce)).toEqual([1])
    const { ticketParams, sender, tickets, expectedPrice } = first.payment!
    expect(sameAddress(sender, GATEWAY.address)).toBe(true)
    expect(expectedPrice).toEqual(quote.price)
    for (const { senderNonce, signature } of tickets) {
      const ticket = { ...ticketParams!, ...ticketParams!.expirationParams, sender, senderNonce }
      expect(isSignedBy(GATEWAY.address, ticketHash(ticket), fromHex(signature))).toBe(true)
    }
  })

  it('none while earlier credit lasts, but still names itself', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    ;(await stage(world, 3n * EV, quote)).settle({ spent: wei(EV) })
    const second = await stage(world, EV, quote)
    expect(second.tickets).toBe(0)
    expect(second.payment).toEqual({ sender: GATEWAY.address, expectedPrice: quote.price, tickets: [] })
  })

  it('with its own creation round when the orchestrator states none', async () => {
    const world = await createWorld()
    const { ticketParams, price } = await termsOf(world.recipient)
    const expirationParams = {
      creationRound: round(0n),
      creationRoundBlockHash: `0x${'00'.repeat(32)}` as const,
    }
    const { payment } = await stage(world, EV, { ticketParams: { ...ticketParams, expirationParams }, price })
    expect(payment!.ticketParams!.expirationParams.creationRound).toBe(
      world.chain.view().lastInitializedRound,
    )
  })

  it('never twice from the same credit when payments run side by side', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    ;(await stage(world, 2n * EV, quote)).settle({ spent: wei(0n) })
    const [a, b] = await Promise.all([stage(world, EV, quote), stage(world, EV, quote)])
    expect(a!.tickets + b!.tickets).toBeGreaterThanOrEqual(1)
    a!.settle({ spent: wei(EV) })
    b!.settle({ spent: wei(EV) })
    expect(world.sender.credit(KEY)).toBeGreaterThanOrEqual(0n)
  })
})

describe('a gateway books', () => {
  const outcomes = [
    ['the fee, once', { spent: wei(EV) }, 5n * EV - EV],
    ['nothing for tickets that never left', { fate: 'not-sent' }, 2n * EV],
    ['credit for tickets that were taken for work not delivered', { fate: 'credited' }, 5n * EV],
    ['tickets that were refused as spent', { fate: 'refused' }, 0n],
    ['tickets without an answer as spent', { fate: 'unknown' }, 0n],
  ] as const
  it.each(outcomes)('%s', async (_, outcome, left) => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    const value = ticketValue(quote.ticketParams)
    ;(await stage(world, 2n * EV, quote)).settle({ spent: wei(0n) })
    const staged = await stage(world, 5n * EV, quote)
    expect(staged.tickets).toBe(3)
    staged.settle(outcome)
    staged.settle({ spent: wei(0n) })
    // Ticket values are a little above the policy's EV because of rounding.
    const rounding = 5n * (value - weiToCredit(wei(EV)))
    expect(world.sender.credit(KEY)).toBeGreaterThanOrEqual(weiToCredit(wei(left)))
    expect(world.sender.credit(KEY)).toBeLessThanOrEqual(weiToCredit(wei(left)) + rounding)
  })
})

describe('a gateway refuses', () => {
  it('terms that are expired, too dear or always win', async () => {
    const world = await createWorld()
    const { ticketParams: params, price } = await termsOf(world.recipient)
    const { block } = world.chain
    const cases: [PaymentTerms, PaymentErrorCode][] = [
      [{ price }, 'PAYMENT_TERMS_MISSING'],
      [{ ticketParams: params }, 'PAYMENT_TERMS_MISSING'],
      [
        { price, ticketParams: { ...params, expirationBlock: blockNumber(block + 1n) } },
        'PAYMENT_PARAMS_EXPIRED',
      ],
      [{ price, ticketParams: { ...params, winProb: winProb(MAX_UINT256) } }, 'PAYMENT_FACE_VALUE_TOO_LOW'],
      [{ price, ticketParams: { ...params, faceValue: wei(10n ** 16n) } }, 'PAYMENT_TICKET_EV_TOO_HIGH'],
      [
        { price: { wei: price.wei * 2n + 1n, units: price.units }, ticketParams: params },
        'PAYMENT_PRICE_DOUBLED',
      ],
    ]
    await stage(world, EV, { ticketParams: params, price })
    for (const [quote, code] of cases) expect(await refusalOf(world, quote)).toBe(code)
  })

  it('more than its limits and its funds allow', async () => {
    const cases: [(world: World) => void, bigint, PaymentErrorCode][] = [
      [() => undefined, 2000n * EV, 'PAYMENT_TOTAL_EV_TOO_HIGH'],
      [({ chain }) => Object.assign(chain, { deposit: 2n * EV }), EV, 'PAYMENT_FACE_VALUE_TOO_HIGH'],
      [({ chain }) => Object.assign(chain, { deposit: 0n }), EV, 'PAYMENT_NO_DEPOSIT'],
      [({ chain }) => Object.assign(chain, { reserve: 0n }), EV, 'PAYMENT_NO_RESERVE'],
      [({ chain }) => Object.assign(chain, { withdrawRound: 51n }), EV, 'PAYMENT_SENDER_UNLOCKING'],
    ]
    for (const [arrange, fee, code] of cases) {
      const world = await createWorld()
      const quote = await termsOf(world.recipient)
      arrange(world)
      expect(await refusalOf(world, quote, fee)).toBe(code)
      expect(world.sender.credit(KEY)).toBe(0n)
    }
  })

  it('more than 600 tickets on the same parameters', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    ;(await stage(world, 400n * EV, quote)).settle({ spent: wei(400n * EV) })
    expect(await refusalOf(world, quote, 201n * EV)).toBe('PAYMENT_NONCES_EXHAUSTED')
  })

  it('nothing while the chain cannot be asked, if it could be before', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    await stage(world, EV, quote)
    world.chain.mine()
    world.chain.isReachable = false
    expect((await stage(world, EV, quote)).tickets).toBe(1)
  })

  it('to call a quote fresh when it is about to expire', async () => {
    const world = await createWorld()
    const quote = await termsOf(world.recipient)
    expect(world.sender.isQuoteStale(quote)).toBe(false)
    world.chain.mine(6n - LIMITS.staleBlocks)
    expect(world.sender.isQuoteStale(quote)).toBe(true)
    expect(world.sender.isQuoteStale({})).toBe(false)
  })
})
