/** @module A contract's storage as sorted lines of text, and what may change between two versions of it. */

/** `storageLayout` of the Solidity compiler. Slots are decimal strings, offsets are bytes from the right of a slot. */
export type StorageLayout = {
  readonly storage: readonly Variable[]
  readonly types: Readonly<Record<string, StorageType>> | null
}

type Variable = {
  readonly label: string
  readonly slot: string
  readonly offset: number
  readonly type: string
  readonly contract: string
}

type StorageType = {
  readonly label: string
  readonly numberOfBytes: string
  readonly members?: readonly Variable[]
  readonly value?: string
  readonly base?: string
}

/**
 * One line for each variable and, below it, for each field of the structs it holds, e.g.
 * `6.0 _delegators[].bondedAmount@0.0: uint96 (12 bytes)`: slot and offset of the variable, path, place inside the
 * struct, type. Names of the compiler that change from build to build are left out.
 */
export function storageLines(layout: StorageLayout): readonly string[] {
  const types = layout.types ?? {}
  const describe = (
    place: string,
    path: string,
    id: string,
    within: readonly string[],
  ): readonly string[] => {
    const type = types[id]
    if (type === undefined) throw new Error(`the layout names the type ${id} and does not describe it`)
    const line = `${place} ${path}: ${type.label} (${type.numberOfBytes} bytes)`
    if (within.includes(id)) return [line]
    const inner = [...within, id]
    const element = type.value ?? type.base
    return [
      line,
      ...(element === undefined ? [] : describe(place, `${path.replace(/@[\d.]+$/, '')}[]`, element, inner)),
      ...(type.members ?? []).flatMap(({ label, slot, offset, type: member }) =>
        describe(place, `${path.replace(/@[\d.]+$/, '')}.${label}@${slot}.${offset}`, member, inner),
      ),
    ]
  }
  return layout.storage.flatMap(({ label, slot, offset, type }) =>
    describe(`${slot}.${offset}`, label, type, []),
  )
}

/** What an upgrade would do to the state of a running contract. */
type LayoutChange = {
  /** Recorded places that are gone, moved, renamed or of another type: an upgrade would read the wrong state. */
  readonly lost: readonly string[]
  /** New places; harmless, since the compiler never lets two variables overlap. */
  readonly added: readonly string[]
}

/** Compares the recorded lines with those of the present code. */
export function compareLayouts(recorded: readonly string[], present: readonly string[]): LayoutChange {
  return {
    lost: recorded.filter((line) => !present.includes(line)),
    added: present.filter((line) => !recorded.includes(line)),
  }
}
