/** @module A ticket store that forgets everything with the process: tests, and simulations of many nodes. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { Account } from './payee.ts'
import type { AcceptedTickets, StoredAccount, StoredWin, TicketStore, WinState } from './ticket-store.ts'

type Seen = { readonly nonces: Set<number>; readonly expirationBlock: bigint }

export class MemoryTicketStore implements TicketStore {
  readonly #secrets = new Map<string, Uint8Array>()
  readonly #seen = new Map<Hex, Seen>()
  readonly #accounts = new Map<string, StoredAccount>()
  readonly #wins = new Map<Hex, StoredWin>()

  async secret(name: string, create: () => Uint8Array): Promise<Uint8Array> {
    const secret = this.#secrets.get(name) ?? create()
    this.#secrets.set(name, secret)
    return secret
  }

  async seenNonces(recipientRandHash: Hex): Promise<ReadonlySet<number>> {
    return new Set(this.#seen.get(recipientRandHash)?.nonces)
  }

  async accept(tickets: AcceptedTickets): Promise<boolean> {
    const { recipientRandHash, expirationBlock, nonces, wins, account } = tickets
    const seen = this.#seen.get(recipientRandHash) ?? { nonces: new Set(), expirationBlock }
    if (nonces.some((nonce) => seen.nonces.has(nonce))) return false
    for (const nonce of nonces) seen.nonces.add(nonce)
    this.#seen.set(recipientRandHash, seen)
    for (const win of wins) {
      if (!this.#wins.has(win.hash)) this.#wins.set(win.hash, { ...win, state: { kind: 'won' } })
    }
    if (account) await this.putAccount(account)
    return true
  }

  async account(account: Account): Promise<StoredAccount | undefined> {
    return this.#accounts.get(keyOf(account))
  }

  async putAccount(account: StoredAccount): Promise<void> {
    this.#accounts.set(keyOf(account), account)
  }

  async openWins(): Promise<readonly StoredWin[]> {
    return [...this.#wins.values()]
      .filter(({ state }) => state.kind !== 'final' && state.kind !== 'lost')
      .sort((a, b) => Number(a.expirationBlock - b.expirationBlock))
  }

  async winCount(): Promise<number> {
    return this.#wins.size
  }

  async openWinsOf(sender: Address): Promise<readonly StoredWin[]> {
    const open = await this.openWins()
    return open.filter((win) => win.winning.ticket.sender === sender)
  }

  async setWinState(hash: Hex, state: WinState): Promise<void> {
    const win = this.#wins.get(hash)
    if (win) this.#wins.set(hash, { ...win, state })
  }

  async forget(before: { readonly block: bigint; readonly usedAt: number }): Promise<void> {
    for (const [hash, seen] of this.#seen) if (seen.expirationBlock < before.block) this.#seen.delete(hash)
    for (const [key, account] of this.#accounts) {
      if (account.usedAt < before.usedAt) this.#accounts.delete(key)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is held open.
  }
}

function keyOf({ sender, balanceKey }: Account): string {
  return `${sender}/${balanceKey}`
}
