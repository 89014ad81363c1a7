/** @module The pool of orchestrators for the next round: bounded, most stake first, with hints for the place. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { panic, revert } from './revert.ts'
import { COUNT_BITS, fit } from './widths.ts'

/** Neighbours a caller expects; the zero address for none. Wrong ones change at most the order among equals. */
export type Hint = { readonly prev: Address; readonly next: Address }

export const NO_HINT: Hint = { prev: ZERO_ADDRESS, next: ZERO_ADDRESS }

type Member = { readonly id: Address; readonly key: bigint }

/** A value: every change gives a new pool. Invariant: keys never rise from first to last, none is 0. */
export class SortedPool {
  readonly maxSize: bigint
  readonly members: readonly Member[]

  constructor(maxSize: bigint, members: readonly Member[] = []) {
    this.maxSize = maxSize
    this.members = members
  }

  get isFull(): boolean {
    return BigInt(this.members.length) === this.maxSize
  }

  /** Zero address when empty. */
  get last(): Address {
    return this.members.at(-1)?.id ?? ZERO_ADDRESS
  }

  contains(id: Address): boolean {
    return this.#indexOf(id) !== undefined
  }

  withMaxSize(newMaxSize: bigint): SortedPool {
    if (newMaxSize <= this.maxSize) revert('PoolSizeCannotShrink', { maxSize: this.maxSize, newMaxSize })
    return new SortedPool(fit(COUNT_BITS, newMaxSize), this.members)
  }

  /** `id` must be new and there must be room: callers look first. */
  with(id: Address, key: bigint, hint: Hint): SortedPool {
    if (this.isFull || this.contains(id)) panic(0x01)
    if (key === 0n) revert('PoolKeyIsZero', { id })
    const place = this.#placeFor(key, hint)
    return new SortedPool(this.maxSize, this.members.toSpliced(place, 0, { id, key }))
  }

  without(id: Address): SortedPool {
    const index = this.#indexOf(id) ?? revert('NotInPool', { id })
    return new SortedPool(this.maxSize, this.members.toSpliced(index, 1))
  }

  /** Hints are judged on the pool without `id`; key 0 only removes. */
  withKey(id: Address, key: bigint, hint: Hint): SortedPool {
    const rest = this.without(id)
    return key === 0n ? rest : rest.with(id, key, hint)
  }

  /** Index at which a member of this key belongs. The hint decides only where several places are right. */
  #placeFor(key: bigint, hint: Hint): number {
    const exact = this.#placeIfExact(key, hint)
    if (exact !== undefined) return exact
    const prev = this.#indexOf(hint.prev)
    if (prev !== undefined && this.#key(prev) >= key) return this.#placeFrom(prev, key)
    const next = this.#indexOf(hint.next)
    if (next !== undefined && this.#key(next) <= key) return this.#placeUpFrom(next, key)
    return this.#placeFrom(0, key)
  }

  #placeIfExact(key: bigint, { prev, next }: Hint): number | undefined {
    const size = this.members.length
    const before = prev === ZERO_ADDRESS ? -1 : this.#indexOf(prev)
    const after = next === ZERO_ADDRESS ? size : this.#indexOf(next)
    if (before === undefined || after === undefined || before + 1 !== after) return undefined
    const fits = (before < 0 || this.#key(before) >= key) && (after === size || key >= this.#key(after))
    return fits ? after : undefined
  }

  /** Walks down; a newcomer goes before its equals. */
  #placeFrom(start: number, key: bigint): number {
    const size = this.members.length
    if (size === 0 || (start === 0 && key >= this.#key(0))) return 0
    let place = start + 1
    while (place < size && this.#key(place) > key) place++
    return place
  }

  /** Walks up; directly before `start` or its equals' first with room, but after the last one when equal to it. */
  #placeUpFrom(start: number, key: bigint): number {
    if (start === this.members.length - 1 && key <= this.#key(start)) return start + 1
    let place = start
    while (place > 0 && this.#key(place - 1) < key) place--
    return place
  }

  #key(index: number): bigint {
    return this.members[index]!.key
  }

  #indexOf(id: Address): number | undefined {
    const index = this.members.findIndex((member) => member.id === id)
    return index < 0 ? undefined : index
  }
}
