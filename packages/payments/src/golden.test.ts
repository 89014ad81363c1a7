import { readFileSync } from 'node:fs'
import { address } from '@tessera/protocol/address'
import { blockNumber, durationMs, MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import { decodePayment } from '@tessera/protocol/wire/payment'
import { recipientRandHash, winValue } from '@tessera/protocol/wire/ticket-hash'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import { describe, expect, it } from 'vitest'
import { advertisedPrice, toFixed } from './advertised-price.ts'
import { credit, ticketValue } from './credit.ts'
import { estimateFee, estimatePixels } from './fee.ts'
import { randMacInput, recipientRand } from './recipient-rand.ts'
import { ticketsNeeded } from './sender-ledger.ts'
import { chooseWinProb } from './ticket-params.ts'
import { isWinning } from './win.ts'

// biome-ignore lint/suspicious/noExplicitAny: each group of the fixture has its own shape.
type Fields = Record<string, any>
type Vector = { group: string; name: string; input: Fields; expect: Fields }
const golden = JSON.parse(readFileSync(new URL('../fixtures/golden.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

function group(name: string, check: (input: Fields, want: Fields) => void): void {
  const vectors = golden.vectors.filter((vector) => vector.group === name)
  it.each(vectors)(`${name}: $name`, (vector) => check(vector.input, vector.expect))
  it(`${name}: has cases`, () => expect(vectors.length).toBeGreaterThan(0))
}

const rational = ([wei, units]: [string, string]) => ({ wei: BigInt(wei), units: BigInt(units) })

describe('the same numbers as go-livepeer', () => {
  group('win-check', (input, want) => {
    const signature = fromHex(input.sig)
    const rand = BigInt(`0x${input.recipientRand}`)
    expect(winValue(signature, rand)).toBe(BigInt(`0x${want.winValue}`))
    const prob = winProb(BigInt(input.winProb))
    expect(isWinning({ winProb: prob, signature, recipientRand: rand })).toBe(want.wins)
  })

  it('win-check: a value equal to the probability loses', () => {
    const signature = fromHex('666f6f')
    const value = winValue(signature, 10n)
    expect(isWinning({ winProb: winProb(value), signature, recipientRand: 10n })).toBe(false)
    expect(isWinning({ winProb: winProb(value + 1n), signature, recipientRand: 10n })).toBe(true)
  })

  group('win-prob', (input, want) => {
    expect(chooseWinProb(wei(BigInt(input.faceValue)), wei(BigInt(input.ev)))).toBe(BigInt(want.winProb))
  })

  group('recipient-rand', (input, want) => {
    const fields = {
      sender: address(input.sender),
      params: {
        seed: BigInt(`0x${input.seed}`),
        faceValue: wei(BigInt(input.faceValue)),
        winProb: winProb(BigInt(input.winProb)),
        expirationBlock: blockNumber(BigInt(input.expirationBlock)),
        expirationParams: {
          creationRound: round(BigInt(input.creationRound)),
          creationRoundBlockHash: `0x${input.creationRoundBlockHash}` as const,
        },
      },
      price: rational(input.price),
      purpose: '',
    }
    expect(toHex(randMacInput(fields)).slice(2)).toBe(want.macInput)
    const rand = recipientRand(fromHex(input.secret), fields)
    expect(rand).toBe(BigInt(`0x${want.recipientRand}`))
    expect(recipientRandHash(rand).slice(2)).toBe(want.recipientRandHash)
  })

  group('fee-estimate', (input, want) => {
    const profiles = input.profiles.map((profile: Fields) => ({
      width: profile.w,
      height: profile.h,
      ...(profile.fps && { fps: { numerator: profile.fps, denominator: profile.den ?? 1 } }),
    }))
    const duration = durationMs(input.durationSeconds * 1000)
    const price = rational(input.price)
    const fee = rational(want.fee)
    expect(estimatePixels(profiles, duration)).toBe(BigInt(want.pixels))
    expect(estimateFee(profiles, duration, price)).toBe((fee.wei + fee.units - 1n) / fee.units)
  })

  group('stage-update', (input, want) => {
    const whole = ([n, d]: [string, string]) => credit(BigInt(n) / BigInt(d))
    const request = {
      fee: whole(input.minCredit),
      ticketValue: whole(input.ev),
      existing: whole(input.balance ?? ['0', '1']),
    }
    expect(ticketsNeeded(request)).toBe(want.tickets)
    expect(request.ticketValue * BigInt(want.tickets)).toBe(whole(want.newCredit))
  })

  group('advertised-price', (input, want) => {
    const price = advertisedPrice(
      rational(input.basePrice),
      wei(BigInt(input.faceValue)),
      wei(BigInt(input.txCost)),
    )
    expect(price).toEqual(rational(want.price))
  })

  group('price-to-fixed', (input, want) => expect(toFixed(rational(input.price))).toBe(BigInt(want.fixed)))

  it('payment: credit of three tickets', () => {
    const { expect: want } = golden.vectors.find((vector) => vector.name === '3 tickets, price 1/1')!
    const payment = decodePayment(fromHex(want.message))
    expect(ticketValue(payment.ticketParams!) * 3n).toBe(BigInt(want.creditNumerator))
    expect(MAX_UINT256).toBe(BigInt(want.creditDenominator))
  })
})
