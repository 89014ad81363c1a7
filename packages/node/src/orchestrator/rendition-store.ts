/** @module Renditions waiting to be fetched by gateways, in memory of a fixed size. */

/** `GET /stream/{session}/{profile}/{seq}.ts`. */
export class RenditionStore {
  readonly #maxBytes: number
  /** In order of arrival, which is the order of eviction. */
  readonly #held = new Map<string, Uint8Array>()
  #bytes = 0

  constructor(config: { readonly maxBytes: number }) {
    this.#maxBytes = config.maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Path under `/stream/` of a rendition. */
  static key(rendition: {
    readonly sessionId: string
    readonly profile: string
    readonly seq: number
  }): string {
    return `${encodeURIComponent(rendition.sessionId)}/${encodeURIComponent(rendition.profile)}/${rendition.seq}.ts`
  }

  /** The oldest renditions make room. One larger than the whole store is not kept. */
  put(key: string, bytes: Uint8Array): void {
    this.#delete(key)
    if (bytes.length > this.#maxBytes) return
    for (const oldest of this.#held.keys()) {
      if (this.#bytes + bytes.length <= this.#maxBytes) break
      this.#delete(oldest)
    }
    this.#held.set(key, bytes)
    this.#bytes += bytes.length
  }

  get(key: string): Uint8Array | undefined {
    return this.#held.get(key)
  }

  dropSession(sessionId: string): void {
    const prefix = `${encodeURIComponent(sessionId)}/`
    for (const key of this.#held.keys()) if (key.startsWith(prefix)) this.#delete(key)
  }

  #delete(key: string): void {
    this.#bytes -= this.#held.get(key)?.length ?? 0
    this.#held.delete(key)
  }
}
