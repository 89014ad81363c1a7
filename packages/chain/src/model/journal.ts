/** @module State that can be taken back: rows are replaced, never changed, and a journal knows what they were. */

/** What to undo, newest last. */
export class Journal {
  #undo: (() => void)[] = []

  /** Must be called before each change. */
  record(undo: () => void): void {
    this.#undo.push(undo)
  }

  /** A point to go back to, within the running action. */
  mark(): number {
    return this.#undo.length
  }

  /** Undoes what happened since `mark`. */
  rollbackTo(mark: number): void {
    for (const undo of this.#undo.splice(mark).reverse()) undo()
  }

  /** Makes everything since the last commit or rollback permanent. */
  commit(): void {
    this.#undo = []
  }

  /** Restores the state of the last commit. */
  rollback(): void {
    this.rollbackTo(0)
  }
}

/** Rows by key. A key that was never written has the empty row, as a mapping of Solidity has zeros. */
export class Table<Row extends object> {
  readonly #journal: Journal
  readonly #empty: Row
  readonly #rows: Map<string, Row>

  constructor(journal: Journal, empty: Row, rows: ReadonlyMap<string, Row> = new Map()) {
    this.#journal = journal
    this.#empty = empty
    this.#rows = new Map(rows)
  }

  get(key: string): Row {
    return this.#rows.get(key) ?? this.#empty
  }

  update(key: string, changes: Partial<Row>): void {
    const before = this.#rows.get(key)
    this.#journal.record(() => {
      if (before) this.#rows.set(key, before)
      else this.#rows.delete(key)
    })
    this.#rows.set(key, { ...this.get(key), ...changes })
  }

  delete(key: string): void {
    this.update(key, this.#empty)
  }

  copy(journal: Journal): Table<Row> {
    return new Table(journal, this.#empty, this.#rows)
  }
}

/** A single row. */
export class Cell<Row extends object> {
  readonly #journal: Journal
  #row: Row

  constructor(journal: Journal, row: Row) {
    this.#journal = journal
    this.#row = row
  }

  get row(): Row {
    return this.#row
  }

  update(changes: Partial<Row>): void {
    const before = this.#row
    this.#journal.record(() => {
      this.#row = before
    })
    this.#row = { ...before, ...changes }
  }

  copy(journal: Journal): Cell<Row> {
    return new Cell(journal, this.#row)
  }
}
