import { address } from '@tessera/protocol/address'
import type { Payment, TicketParams } from '@tessera/protocol/ticket'
import { blockNumber, MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import { ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { bigintToMinimalBytes, bytesToBigint, concatBytes, toHex } from '@tessera/runtime/bytes'
import { describe, expect, it } from 'vitest'
import { creditToWei, ticketValue, weiToCredit } from './credit.ts'
import {
  createWorld,
  GATEWAY,
  overTheWire,
  POLICY,
  RECIPIENT,
  STRANGER,
  termsOf,
  WORK,
  type World,
} from './payments-world.suite.ts'
import { accountOf, type TicketRecipient } from './recipient.ts'

/** A payment of tickets with these nonces on fresh terms of `recipient`. */
async function pay(recipient: TicketRecipient, nonces: number[], change: Partial<TicketParams> = {}) {
  const { ticketParams, price } = await termsOf(recipient)
  return payOn({ ...ticketParams, ...change }, price, nonces)
}

async function payOn(
  ticketParams: TicketParams,
  price: Payment['expectedPrice'],
  nonces: number[],
  signer = GATEWAY,
) {
  const tickets = await Promise.all(
    nonces.map(async (senderNonce) => {
      const ticket = {
        ...ticketParams,
        ...ticketParams.expirationParams,
        sender: GATEWAY.address,
        senderNonce,
      }
      return { senderNonce, signature: toHex(await signer.signMessageHash(ticketHash(ticket))) }
    }),
  )
  const payment: Payment = {
    sender: GATEWAY.address,
    ticketParams,
    tickets,
    ...(price && { expectedPrice: price }),
  }
  return overTheWire(payment)
}

const creditOf = async (world: World): Promise<bigint> =>
  (await world.store.account(accountOf(WORK)))?.credit ?? 0n

describe('an orchestrator quotes', () => {
  it('face value, probability and surcharge so that a ticket is worth the policy’s EV', async () => {
    const { recipient, chain } = await createWorld()
    const { ticketParams, price } = await termsOf(recipient)
    expect(ticketParams.faceValue).toBe(POLICY.maxFaceValue)
    expect(creditToWei(ticketValue(ticketParams))).toBe(POLICY.ticketEv)
    expect(ticketParams.expirationBlock).toBe(chain.block + 6n)
    // 1000 × (1 + 1e12 / 3e13), in thousandths.
    expect(price).toEqual({ wei: 1033333n, units: 1000n })
    expect(BigInt(ticketParams.recipientRandHash)).not.toBe(0n)
  })

  it('nothing to a sender whose reserve does not pay for a redemption', async () => {
    const { recipient, chain } = await createWorld()
    chain.reserve = wei(10n ** 12n)
    expect(await recipient.quote(WORK)).toMatchObject({
      kind: 'refused',
      code: 'insufficient-sender-reserve',
    })
  })

  it('worthless tickets for free work, and lets it begin', async () => {
    const { recipient, sender } = await createWorld()
    const free = { ...WORK, basePrice: { wei: 0n, units: 1n } }
    const terms = await termsOf(recipient, free)
    expect(terms).toMatchObject({
      price: { wei: 0n, units: 1n },
      ticketParams: { faceValue: 0n, winProb: 0n },
    })
    const staged = await sender.stage({ quote: terms, balanceKey: 'k', fee: wei(0n) })
    expect(staged.tickets).toBe(0)
    expect(await recipient.receive(free, overTheWire(staged.payment))).toMatchObject({ kind: 'accepted' })
    expect(await recipient.hasCredit(free)).toBe(true)
    expect(await recipient.charge(free, { units: 10n ** 9n, overdraft: false })).toEqual({
      kind: 'charged',
      fee: 0n,
    })
  })

  it('the price fixed by the first payment, whatever happens to prices', async () => {
    const { recipient, chain } = await createWorld()
    const before = await termsOf(recipient)
    await recipient.receive(WORK, await payOn(before.ticketParams, before.price, [1]))
    chain.cost = wei(10n ** 13n)
    chain.mine()
    const raised = { ...WORK, basePrice: { wei: 9999n, units: 1n } }
    expect((await termsOf(recipient, raised)).price).toEqual(before.price)
    const charged = await recipient.charge(raised, { units: 1000n, overdraft: true })
    expect(charged.fee).toBe(1033333n)
  })

  it('on the last known funds while the chain cannot be asked', async () => {
    const { recipient, chain } = await createWorld()
    await termsOf(recipient)
    chain.mine()
    const { redemptionCost } = chain
    chain.isReachable = false
    chain.redemptionCost = async () => wei(10n ** 12n)
    expect(await recipient.quote(WORK)).toMatchObject({ kind: 'quoted' })
    expect(await recipient.receive(WORK, await pay(recipient, [1]))).toMatchObject({ kind: 'accepted' })
    chain.redemptionCost = redemptionCost
    await expect(recipient.quote(WORK)).rejects.toThrow('unreachable')
  })
})

describe('an orchestrator credits', () => {
  it('the expected value of each ticket, exactly', async () => {
    const world = await createWorld()
    const payment = await pay(world.recipient, [1, 2, 3])
    expect(await world.recipient.receive(WORK, payment)).toMatchObject({ kind: 'accepted', tickets: 3 })
    expect(await creditOf(world)).toBe(ticketValue(payment.ticketParams!) * 3n)
    expect(await world.recipient.hasCredit(WORK)).toBe(true)
  })

  it('nothing without tickets, and does not begin work then', async () => {
    const world = await createWorld()
    const free = { sender: GATEWAY.address, tickets: [], expectedPrice: { wei: 0n, units: 1n } }
    expect(await world.recipient.receive(WORK, free)).toEqual({ kind: 'accepted', tickets: 0, winners: 0 })
    expect(await world.recipient.hasCredit(WORK)).toBe(false)
    const charged = await world.recipient.charge(WORK, { units: 1n, overdraft: false })
    expect(charged).toEqual({ kind: 'insufficient', fee: 1000n })
  })

  it('tickets quoted before its restart', async () => {
    const world = await createWorld()
    const payment = await pay(world.recipient, [1])
    const reopened = await world.reopen()
    expect(await reopened.receive(WORK, payment)).toMatchObject({ kind: 'accepted', tickets: 1 })
    expect(await reopened.receive(WORK, payment)).toMatchObject({ kind: 'rejected', code: 'nonce-seen' })
  })

  it('a payment once, however often and under whatever key it comes', async () => {
    const world = await createWorld()
    const payment = await pay(world.recipient, [1, 2])
    const received = await Promise.all([
      world.recipient.receive(WORK, payment),
      world.recipient.receive({ ...WORK, balanceKey: 'other' }, payment),
      world.recipient.receive(WORK, payment),
    ])
    expect(received.filter(({ kind }) => kind === 'accepted')).toHaveLength(1)
    expect(received.reduce((total, { tickets }) => total + tickets, 0)).toBe(2)
  })

  it('tickets in any order, but none after a bad one', async () => {
    const world = await createWorld()
    const { ticketParams, price } = await termsOf(world.recipient)
    await world.recipient.receive(WORK, await payOn(ticketParams, price, [5]))
    const received = await world.recipient.receive(WORK, await payOn(ticketParams, price, [9, 2, 5, 7]))
    expect(received).toMatchObject({ kind: 'rejected', code: 'nonce-seen', tickets: 2 })
    expect(await creditOf(world)).toBe(ticketValue(ticketParams) * 3n)
  })

  it('six hundred tickets on the same parameters and no more', async () => {
    const world = await createWorld()
    const { ticketParams, price } = await termsOf(world.recipient)
    const nonces = Array.from({ length: 599 }, (_, i) => i + 1)
    const { recipientRandHash, expirationBlock } = ticketParams
    await world.store.accept({ recipientRandHash, expirationBlock, nonces, wins: [] })
    const received = await world.recipient.receive(WORK, await payOn(ticketParams, price, [600, 601]))
    expect(received).toMatchObject({ kind: 'rejected', code: 'too-many-nonces', tickets: 1 })
  })

  it('a winning ticket even when it is expired, without credit', async () => {
    const world = await createWorld()
    const payment = await pay(world.recipient, [1, 2, 3, 4, 5, 6, 7, 8])
    world.chain.mine(6n)
    const received = await world.recipient.receive(WORK, payment)
    expect(received).toMatchObject({ kind: 'rejected', code: 'params-expired', tickets: 0 })
    expect(received.winners).toBeGreaterThan(0)
    expect(await world.store.openWins()).toHaveLength(received.winners)
    expect(await creditOf(world)).toBe(0n)
  })
})

describe('an orchestrator refuses', () => {
  const shift = (a: bigint, b: bigint): [bigint, bigint] => {
    const moved = bigintToMinimalBytes(b)
    return [
      bytesToBigint(concatBytes(bigintToMinimalBytes(a), moved.subarray(0, 1))),
      bytesToBigint(moved.subarray(1)),
    ]
  }

  it('parameters it did not quote', async () => {
    const { recipient } = await createWorld()
    const { expirationParams } = (await termsOf(recipient)).ticketParams
    const changes: Partial<TicketParams>[] = [
      { faceValue: wei(10n ** 15n) },
      { winProb: winProb(MAX_UINT256) },
      { expirationBlock: blockNumber(10n ** 9n) },
      { seed: 1n },
      { recipientRandHash: `0x${'11'.repeat(32)}` },
      { expirationParams: { ...expirationParams, creationRound: round(1n) } },
    ]
    for (const change of changes) {
      expect(await recipient.receive(WORK, await pay(recipient, [1], change))).toMatchObject({
        kind: 'rejected',
        code: 'invalid-recipient-rand',
        tickets: 0,
      })
    }
    const recipientOfOther = await pay(recipient, [1], { recipient: STRANGER.address })
    expect(await recipient.receive(WORK, recipientOfOther)).toMatchObject({ code: 'invalid-recipient' })
  })

  it('bytes moved from one number to the next, which a plain concatenation would let through', async () => {
    const { recipient } = await createWorld()
    const { ticketParams, price } = await termsOf(recipient)
    const [expirationBlock, cheaper] = shift(ticketParams.expirationBlock, price.wei)
    const [faceValue, prob] = shift(ticketParams.faceValue, ticketParams.winProb)
    const cheap = await payOn(
      { ...ticketParams, expirationBlock: blockNumber(expirationBlock) },
      { wei: cheaper, units: price.units },
      [1],
    )
    const rich = await payOn(
      { ...ticketParams, faceValue: wei(faceValue), winProb: winProb(prob) },
      price,
      [1],
    )
    for (const payment of [cheap, rich]) {
      expect(await recipient.receive(WORK, payment)).toMatchObject({
        code: 'invalid-recipient-rand',
        tickets: 0,
      })
    }
  })

  it('a price it did not quote, none at all, and tickets quoted for other work', async () => {
    const { recipient } = await createWorld()
    const { ticketParams, price } = await termsOf(recipient)
    const cheap = await payOn(ticketParams, { wei: 1n, units: 1n }, [1])
    expect(await recipient.receive(WORK, cheap)).toMatchObject({ code: 'invalid-recipient-rand' })
    const unpriced = await payOn(ticketParams, undefined, [1])
    expect(await recipient.receive(WORK, unpriced)).toMatchObject({ code: 'invalid-expected-price' })
    const otherWork = { ...WORK, purpose: 'live-video-to-video/noop' }
    const good = await payOn(ticketParams, price, [1])
    expect(await recipient.receive(otherWork, good)).toMatchObject({ code: 'invalid-recipient-rand' })
  })

  it('tickets signed by another key, those before stay credited', async () => {
    const world = await createWorld()
    const { ticketParams, price } = await termsOf(world.recipient)
    const good = await payOn(ticketParams, price, [1])
    const forged = await payOn(ticketParams, price, [2, 3], STRANGER)
    const mixed = { ...good, tickets: [...good.tickets, ...forged.tickets] }
    expect(await world.recipient.receive(WORK, mixed)).toEqual({
      kind: 'rejected',
      code: 'invalid-ticket-signature',
      text: 'invalid ticket signature',
      tickets: 1,
      winners: expect.any(Number),
    })
    expect(await creditOf(world)).toBe(ticketValue(ticketParams))
  })

  it('payments of somebody else than the authenticated sender', async () => {
    const { recipient } = await createWorld()
    const payment = await pay(recipient, [1])
    const other = { ...WORK, sender: STRANGER.address }
    expect(await recipient.receive(other, payment)).toMatchObject({ code: 'invalid-sender' })
    const nobody = { ...payment, sender: address(new Uint8Array(20)) }
    expect(await recipient.receive({ ...WORK, sender: nobody.sender }, nobody)).toMatchObject({
      code: 'invalid-sender',
    })
  })

  it('senders that are about to take their funds out', async () => {
    const { recipient, chain } = await createWorld()
    const payment = await pay(recipient, [1])
    chain.withdrawRound = round(chain.view().currentRound + 1n)
    chain.mine()
    expect(await recipient.receive(WORK, payment)).toMatchObject({ code: 'sender-unlocking' })
  })
})

describe('an orchestrator’s accounts', () => {
  it('go below zero by no more than the work that was under way', async () => {
    const world = await createWorld()
    await world.recipient.receive(WORK, await pay(world.recipient, [1]))
    const units = 10n ** 11n
    const { fee } = await world.recipient.charge(WORK, { units, overdraft: true })
    const left = await creditOf(world)
    expect(left).toBeLessThan(0n)
    expect(left).toBeGreaterThan(-weiToCredit(fee))
    expect(await world.recipient.hasCredit(WORK)).toBe(false)
    expect(await world.recipient.charge(WORK, { units, overdraft: false })).toMatchObject({
      kind: 'insufficient',
    })
    expect(await creditOf(world)).toBe(left)
  })

  it('hold credit for one purpose: a payment for cheap work sets no price for dear work', async () => {
    const world = await createWorld()
    const cheap = { ...WORK, purpose: 'live-video-to-video/cheap', basePrice: { wei: 0n, units: 1n } }
    const { ticketParams, price } = await termsOf(world.recipient, cheap)
    const payment = await payOn(ticketParams, price, [1])
    expect(await world.recipient.receive(cheap, payment)).toMatchObject({ kind: 'accepted' })
    expect(await world.recipient.hasCredit(WORK)).toBe(false)
    expect((await termsOf(world.recipient)).price).toEqual({ wei: 1033333n, units: 1000n })
    const charged = await world.recipient.charge(WORK, { units: 1000n, overdraft: true })
    expect(charged.fee).toBe(1_000_000n)
  })

  it('close after ten idle minutes', async () => {
    const world = await createWorld()
    const { recipientRandHash, expirationBlock } = (await termsOf(world.recipient)).ticketParams
    await world.recipient.receive(WORK, await pay(world.recipient, [1]))
    await world.clock.advance(600_001)
    world.chain.mine(200n)
    await world.recipient.receive(WORK, { sender: GATEWAY.address, tickets: [] })
    expect(await world.store.account(accountOf(WORK))).toBeUndefined()
    const { store } = world
    expect(await store.accept({ recipientRandHash, expirationBlock, nonces: [1], wins: [] })).toBe(true)
  })

  it('belong to the recipient that was registered', async () => {
    const { recipient } = await createWorld()
    expect((await termsOf(recipient)).ticketParams.recipient).toBe(RECIPIENT)
  })
})
