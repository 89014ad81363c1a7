import { MAX_UINT256, wei } from '@tessera/protocol/units'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credit, creditToWei } from './credit.ts'
import { maxFloat } from './max-float.ts'
import { chooseFaceValue, chooseWinProb, DEFAULT_TICKET_POLICY } from './ticket-params.ts'

const policy = DEFAULT_TICKET_POLICY
const plenty = wei(10n ** 18n)

describe('a ticket’s face value', () => {
  it('is a hundred times the cost of redeeming it', () => {
    const face = chooseFaceValue({ txCost: wei(12n * 10n ** 12n), maxFloat: plenty }, policy)
    expect(face).toEqual({ kind: 'chosen', faceValue: 1_200_000_000_000_000n })
  })

  it('is a hundred times the EV when redeeming is nearly free', () => {
    const face = chooseFaceValue({ txCost: wei(1n), maxFloat: plenty }, policy)
    expect(face).toEqual({ kind: 'chosen', faceValue: 800_000_000_000n })
  })

  it('is at most what the sender’s funds and the policy allow', () => {
    const txCost = wei(10n ** 12n)
    expect(chooseFaceValue({ txCost, maxFloat: wei(10n ** 13n) }, policy)).toMatchObject({
      faceValue: 10n ** 13n,
    })
    const capped = { ...policy, maxFaceValue: wei(5n * 10n ** 12n) }
    expect(chooseFaceValue({ txCost, maxFloat: plenty }, capped)).toMatchObject({
      faceValue: 5n * 10n ** 12n,
    })
  })

  it('is refused when a win would not pay for its redemption, or every ticket had to win', () => {
    const tooDear = chooseFaceValue({ txCost: wei(10n ** 12n), maxFloat: wei(10n ** 12n - 1n) }, policy)
    expect(tooDear.kind).toBe('insufficient-sender-reserve')
    const alwaysWins = chooseFaceValue({ txCost: wei(0n), maxFloat: policy.ticketEv }, policy)
    expect(alwaysWins.kind).toBe('insufficient-sender-reserve')
  })
})

describe('a win probability', () => {
  it('makes a ticket worth its EV to within a wei', () => {
    const faces = fc.bigInt({ min: 10n ** 10n, max: 10n ** 20n })
    fc.assert(
      fc.property(faces, fc.bigInt({ min: 1n, max: 10n ** 9n }), (face, ev) => {
        const worth = creditToWei(credit(face * chooseWinProb(wei(face), wei(ev))))
        expect(worth === ev || worth === ev - 1n).toBe(true)
      }),
      { seed: 5 },
    )
    expect(chooseWinProb(wei(7n), wei(7n))).toBe(MAX_UINT256)
  })
})

describe('the float of a sender', () => {
  it('counts pending tickets only when the deposit does not cover them three times', () => {
    const claimable = wei(100n)
    expect(maxFloat({ claimable, deposit: wei(90n), pending: 30n })).toBe(100n)
    expect(maxFloat({ claimable, deposit: wei(89n), pending: 30n })).toBe(70n)
    expect(maxFloat({ claimable, deposit: wei(0n), pending: 130n })).toBe(0n)
  })
})
