/** @module What trickle needs of an HTTP server, so that it runs on HTTP/1 and HTTP/2 alike. */

/** The part of a Node HTTP/1 or HTTP/2 (compatibility API) request that trickle needs. */
export type TrickleRequest = AsyncIterable<Uint8Array> & {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly httpVersionMajor: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** The part of a Node HTTP response that trickle needs. */
export type TrickleResponse = {
  readonly headersSent: boolean
  writeHead(status: number, headers: Record<string, string | number>): unknown
  writeContinue(): unknown
  write(chunk: Uint8Array): boolean
  end(chunk?: string): unknown
  destroy(): unknown
  on(event: 'close' | 'drain', listener: () => void): unknown
  off(event: 'close' | 'drain', listener: () => void): unknown
}
