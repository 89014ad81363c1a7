/** @module Reads the list of accounts: who is in the tree, who is not and why. */
import { createHash } from 'node:crypto'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { CsvLines } from './csv-lines.ts'
import { isLess, type RowShape, readRow, shapeOf } from './csv-row.ts'
import { GenesisCsvError } from './errors.ts'
import { leafOf } from './genesis-tree.ts'
import { LeafCollector } from './sorted-leaves.ts'

/** 2^24: the tree of so many accounts takes a gigabyte. */
const MAX_ROWS = 16_777_216

export type ListConfig = {
  /** Smallest balance in wei with which an account is in the tree; 0 = everybody, and no balances are needed. */
  readonly balanceThreshold: bigint
  /** Default 16,777,216. */
  readonly maxRows?: number
}

export type ListPorts = {
  /** Takes the text of the rows that are left out (`line,address,reason`), in their order, while the list is read. */
  writeExcluded(text: Uint8Array): Promise<void>
  /** After each chunk of the list. */
  onRead?(progress: { readonly bytes: number; readonly rows: number }): void
  readonly signal?: AbortSignal
}

export type RecipientList = {
  /** 32 bytes each, ascending. */
  readonly leaves: Uint8Array
  /** Accounts, header and empty lines not counted. */
  readonly rows: number
  readonly bytes: number
  /** SHA-256 of the list, as `sha256sum` prints it. */
  readonly sha256: string
  readonly excluded: {
    readonly zeroAddress: number
    readonly belowThreshold: number
    /** SHA-256 of the text of the excluded rows. */
    readonly sha256: string
  }
}

/**
 * Reads `address` or `address,balance` (balance in wei; a column `amount` means the same), with or without header. The
 * zero address, which holds burnt coins and can do nothing, and balances below the threshold are left out; everything
 * else that is not as it should be is an error, because a wrong list can't be mended once the mine is started.
 *
 * @throws {GenesisCsvError}
 */
export async function readRecipients(
  source: AsyncIterable<Uint8Array>,
  config: ListConfig,
  ports: ListPorts,
): Promise<RecipientList> {
  const reader = new ListReader(config)
  const whole = createHash('sha256')
  const excluded = createHash('sha256')
  const passOn = async (text: Uint8Array) => {
    if (text.length === 0) return
    excluded.update(text)
    await ports.writeExcluded(text)
  }
  let bytes = 0
  await passOn(new TextEncoder().encode('line,address,reason\n'))
  for await (const chunk of source) {
    ports.signal?.throwIfAborted()
    whole.update(chunk)
    bytes += chunk.length
    reader.push(chunk)
    await passOn(reader.takeExcluded())
    ports.onRead?.({ bytes, rows: reader.rows })
  }
  const leaves = reader.finish()
  await passOn(reader.takeExcluded())
  const { rows, zeroAddress, belowThreshold } = reader
  return {
    leaves,
    rows,
    bytes,
    sha256: whole.digest('hex'),
    excluded: { zeroAddress, belowThreshold, sha256: excluded.digest('hex') },
  }
}

class ListReader {
  rows = 0
  zeroAddress = 0
  belowThreshold = 0
  readonly #lines = new CsvLines((line, number) => this.#take(line, number))
  readonly #collector = new LeafCollector()
  readonly #account = new Uint8Array(20)
  readonly #threshold: Uint8Array
  readonly #maxRows: number
  #excluded: string[] = []
  #shape: RowShape | undefined
  #emptyLine: number | undefined

  constructor(config: ListConfig) {
    this.#threshold =
      config.balanceThreshold > 0n
        ? new TextEncoder().encode(String(config.balanceThreshold))
        : new Uint8Array(0)
    this.#maxRows = config.maxRows ?? MAX_ROWS
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  takeExcluded(): Uint8Array {
    const text = this.#excluded.join('')
    this.#excluded = []
    return new TextEncoder().encode(text)
  }

  finish(): Uint8Array {
    this.#lines.finish()
    if (this.rows === 0) throw new GenesisCsvError('empty', this.#lines.count + 1)
    if (this.#collector.count === 0) throw new GenesisCsvError('no-recipients', this.#lines.count)
    return this.#collector.takeSorted()
  }

  #take(line: Uint8Array, number: number): void {
    if (line.length === 0) {
      this.#emptyLine ??= number
      return
    }
    if (this.#emptyLine !== undefined) throw new GenesisCsvError('empty-line', this.#emptyLine)
    if (!this.#shape) {
      this.#shape = shapeOf(line)
      if (this.#threshold.length > 0 && this.#shape.columns === 1)
        throw new GenesisCsvError('no-balances', number)
      if (this.#shape.hasHeader) return
    }
    if (this.rows === this.#maxRows)
      throw new GenesisCsvError('too-many-rows', number, { maxRows: this.#maxRows })
    this.rows++
    const balance = readRow(line, { number, columns: this.#shape.columns }, this.#account)
    if (this.#account.every((byte) => byte === 0)) {
      this.zeroAddress++
      this.#leaveOut(number, 'zero-address')
    } else if (this.#threshold.length > 0 && isLess(balance, this.#threshold)) {
      this.belowThreshold++
      this.#leaveOut(number, 'below-threshold')
    } else {
      this.#collector.add(leafOf(this.#account), number)
    }
  }

  #leaveOut(line: number, reason: 'zero-address' | 'below-threshold'): void {
    const account: Hex = toHex(this.#account)
    this.#excluded.push(`${line},${account},${reason}\n`)
  }
}
