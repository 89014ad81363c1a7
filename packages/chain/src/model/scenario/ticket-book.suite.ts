/** @module The tickets of a random scenario, numbered. */
import { specText, type TicketSpec } from './tickets.suite.ts'

/** The tickets a scenario has seen. */
export class TicketBook {
  readonly #texts: string[] = []

  get seen(): readonly string[] {
    return this.#texts
  }

  /** Numbers the ticket. */
  add(spec: Omit<TicketSpec, 'nonce'>): string {
    const text = specText({ ...spec, nonce: this.#texts.length + 1 })
    this.#texts.push(text)
    return text
  }
}
