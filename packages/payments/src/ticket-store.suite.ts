/** @module What every ticket store must do. */
import { blockNumber, unixMs } from '@tessera/protocol/units'
import { describe, expect, it } from 'vitest'
import { credit } from './credit.ts'
import { RAND_HASH, SENDER, sampleWin } from './sample-win.suite.ts'
import type { AcceptedTickets, StoredAccount, TicketStore } from './ticket-store.ts'

const account = (amount: bigint, usedAt = 1000): StoredAccount => ({
  sender: SENDER,
  balanceKey: 'session',
  credit: credit(amount),
  price: { wei: 101n, units: 100n },
  usedAt: unixMs(usedAt),
})

const accepted = (nonces: number[], more: Partial<AcceptedTickets> = {}): AcceptedTickets => ({
  recipientRandHash: RAND_HASH,
  expirationBlock: blockNumber(50n),
  nonces,
  wins: [],
  ...more,
})

/** `open` gives a fresh, empty store. */
export function ticketStoreSuite(name: string, open: () => Promise<TicketStore>): void {
  describe(`ticket store: ${name}`, () => {
    it('keeps the first secret of a name', async () => {
      await using store = await open()
      const secret = await store.secret('a', () => Uint8Array.of(1, 2))
      expect(secret).toEqual(Uint8Array.of(1, 2))
      expect(await store.secret('a', () => Uint8Array.of(9))).toEqual(Uint8Array.of(1, 2))
      expect(await store.secret('b', () => Uint8Array.of(9))).toEqual(Uint8Array.of(9))
    })

    it('takes each nonce once and nothing of a payment that repeats one', async () => {
      await using store = await open()
      expect(await store.accept(accepted([1, 2], { account: account(5n) }))).toBe(true)
      expect(await store.accept(accepted([3, 2], { account: account(99n), wins: [sampleWin(1)] }))).toBe(
        false,
      )
      expect(await store.seenNonces(RAND_HASH)).toEqual(new Set([1, 2]))
      expect(await store.account(account(0n))).toEqual(account(5n))
      expect(await store.openWins()).toEqual([])
      expect(await store.accept(accepted([3]))).toBe(true)
    })

    it('keeps amounts beyond 64 bits and below zero exactly', async () => {
      await using store = await open()
      expect(await store.account(account(0n))).toBeUndefined()
      const { price: _, ...unpriced } = account(-(2n ** 300n) - 1n)
      await store.putAccount(unpriced)
      expect(await store.account(unpriced)).toEqual(unpriced)
      await store.putAccount(account(2n ** 400n))
      expect(await store.account(unpriced)).toEqual(account(2n ** 400n))
    })

    it('counts every win once, whatever became of it', async () => {
      await using store = await open()
      expect(await store.winCount()).toBe(0)
      await store.accept(accepted([], { wins: [sampleWin(1), sampleWin(2)] }))
      await store.accept(accepted([], { wins: [sampleWin(2)] }))
      await store.setWinState(sampleWin(1).hash, { kind: 'lost', reason: 'expired' })
      expect(await store.winCount()).toBe(2)
    })

    it('lists open wins by expiration until they are final or lost', async () => {
      await using store = await open()
      await store.accept(accepted([], { wins: [sampleWin(1, 60n), sampleWin(2, 40n), sampleWin(3, 50n)] }))
      const open2 = { ...sampleWin(2, 40n), state: { kind: 'won' } as const }
      expect((await store.openWins()).map((win) => win.hash)).toEqual([
        sampleWin(2).hash,
        sampleWin(3).hash,
        sampleWin(1).hash,
      ])
      expect((await store.openWinsOf(SENDER))[0]).toEqual(open2)
      expect(await store.openWinsOf('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')).toEqual([])
      const mined = { kind: 'mined', sinceBlock: blockNumber(7n), transaction: '0xaa' } as const
      await store.setWinState(sampleWin(2).hash, mined)
      expect((await store.openWins())[0]!.state).toEqual(mined)
      await store.setWinState(sampleWin(2).hash, { kind: 'final', transaction: '0xaa' })
      await store.setWinState(sampleWin(3).hash, { kind: 'lost', reason: 'too old' })
      expect((await store.openWins()).map((win) => win.hash)).toEqual([sampleWin(1).hash])
    })

    it('does not reset the state of a win that comes again', async () => {
      await using store = await open()
      await store.accept(accepted([1], { wins: [sampleWin(1)] }))
      await store.setWinState(sampleWin(1).hash, { kind: 'redeeming' })
      await store.accept(accepted([2], { wins: [sampleWin(1)] }))
      expect((await store.openWins())[0]!.state).toEqual({ kind: 'redeeming' })
    })

    it('forgets expired nonces and idle accounts, never wins', async () => {
      await using store = await open()
      await store.accept(accepted([1], { wins: [sampleWin(1)], account: account(1n, 1000) }))
      await store.forget({ block: blockNumber(50n), usedAt: unixMs(1000) })
      expect((await store.seenNonces(RAND_HASH)).size).toBe(1)
      expect(await store.account(account(0n))).toBeDefined()
      await store.forget({ block: blockNumber(51n), usedAt: unixMs(1001) })
      expect((await store.seenNonces(RAND_HASH)).size).toBe(0)
      expect(await store.account(account(0n))).toBeUndefined()
      expect(await store.openWins()).toHaveLength(1)
    })
  })
}
