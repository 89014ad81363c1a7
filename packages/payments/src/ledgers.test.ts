import { wei } from '@tessera/protocol/units'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticketValue, weiToCredit } from './credit.ts'
import { createWorld, overTheWire, termsOf, WORK } from './payments-world.suite.ts'
import { accountOf } from './recipient.ts'

const seed = 11
const work = fc.bigInt({ min: 1n, max: 5n * 10n ** 10n })
const feeFor = (price: { wei: bigint; units: bigint }, units: bigint) =>
  wei((price.wei * units + price.units - 1n) / price.units)

describe('the two ledgers of a session', () => {
  it('are equal to the last fraction of a wei when nothing fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 8 }), async (jobs) => {
        const { recipient, sender, store, chain } = await createWorld()
        let bought = 0n
        for (const units of jobs) {
          const quote = await termsOf(recipient)
          const fee = feeFor(quote.price, units)
          const staged = await sender.stage({ quote, balanceKey: WORK.balanceKey, fee })
          const received = await recipient.receive(WORK, overTheWire(staged.payment))
          expect(received).toMatchObject({ kind: 'accepted', tickets: staged.tickets })
          bought += ticketValue(quote.ticketParams) * BigInt(staged.tickets)
          expect(await recipient.hasCredit(WORK)).toBe(true)
          const charged = await recipient.charge(WORK, { units, overdraft: true })
          expect(charged.fee).toBe(fee)
          bought -= weiToCredit(fee)
          staged.settle({ spent: fee })
          chain.mine()
          const account = await store.account(accountOf(WORK))
          expect(account!.credit).toBe(sender.credit(WORK.balanceKey))
          expect(account!.credit).toBe(bought)
          expect(bought).toBeGreaterThanOrEqual(0n)
        }
      }),
      { seed, numRuns: 25 },
    )
  })

  it('never leave the gateway believing in credit that is not there, whatever fails', async () => {
    const fates = ['delivered', 'lost-request', 'lost-answer', 'not-delivered', 'replayed'] as const
    const jobs = fc.array(fc.record({ units: work, fate: fc.constantFrom(...fates) }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(jobs, async (list) => {
        const { recipient, sender, store } = await createWorld()
        for (const { units, fate } of list) {
          const quote = await termsOf(recipient)
          const fee = feeFor(quote.price, units)
          const staged = await sender.stage({ quote, balanceKey: WORK.balanceKey, fee })
          const payment = overTheWire(staged.payment)
          if (fate === 'lost-request') {
            staged.settle({ fate: 'unknown' })
            continue
          }
          await recipient.receive(WORK, payment)
          if (fate === 'replayed') {
            const before = (await store.account(accountOf(WORK)))?.credit
            const again = await recipient.receive(WORK, payment)
            expect(again.tickets).toBe(0)
            expect((await store.account(accountOf(WORK)))?.credit).toBe(before)
          }
          const isWorkDone = fate !== 'not-delivered'
          if (isWorkDone) await recipient.charge(WORK, { units, overdraft: true })
          if (fate === 'lost-answer') staged.settle({ fate: 'unknown' })
          else staged.settle(isWorkDone ? { spent: fee } : { fate: 'credited' })
          const held = (await store.account(accountOf(WORK)))?.credit ?? 0n
          expect(sender.credit(WORK.balanceKey)).toBeLessThanOrEqual(held)
        }
      }),
      { seed, numRuns: 25 },
    )
  })
})
