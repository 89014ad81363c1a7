/** @module Transcoding sessions: how many there are is an orchestrator's capacity. */
import type { AuthToken } from '@tessera/protocol/auth-token'
import { equalBytes } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'

/** go-livepeer frees a session after 70 s without a segment. */
export const SESSION_IDLE_MS = 70_000
/** Segments of one session under way; one more is answered `OrchestratorBusy` (go-livepeer wire). */
const MAX_SEGMENTS_PER_SESSION = 4

type Session = { readonly token: Uint8Array; usedAtMs: number; segments: number }

export class SessionTable {
  readonly #clock: Clock
  readonly #maxSessions: number
  readonly #onEnded: (sessionId: string) => void
  readonly #sessions = new Map<string, Session>()

  constructor(
    config: { readonly maxSessions: number },
    deps: { readonly clock: Clock; readonly onEnded: (sessionId: string) => void },
  ) {
    this.#maxSessions = config.maxSessions
    this.#clock = deps.clock
    this.#onEnded = deps.onEnded
  }

  get size(): number {
    return this.#sessions.size
  }

  get isFull(): boolean {
    this.sweep()
    return this.#sessions.size >= this.#maxSessions
  }

  /** A session that is open always has room. */
  hasRoom({ sessionId }: AuthToken): boolean {
    return this.#sessions.has(sessionId) || !this.isFull
  }

  /** False when there is no room. */
  open(authToken: AuthToken): boolean {
    const { sessionId, token } = authToken
    const session = this.#sessions.get(sessionId)
    if (session) {
      session.usedAtMs = this.#clock.monotonicMs()
      return true
    }
    if (!this.hasRoom(authToken)) return false
    this.#sessions.set(sessionId, { token, usedAtMs: this.#clock.monotonicMs(), segments: 0 })
    return true
  }

  /** Room for one segment more in an open session; undefined when it has too many under way. */
  lease(sessionId: string): Disposable | undefined {
    const session = this.#sessions.get(sessionId)
    if (!session || session.segments >= MAX_SEGMENTS_PER_SESSION) return undefined
    session.segments++
    return {
      [Symbol.dispose]: () => {
        session.segments--
        session.usedAtMs = this.#clock.monotonicMs()
      },
    }
  }

  /** On the gateway's word, proven by the session's token. False for a wrong token; an unknown session is over already. */
  endByToken({ sessionId, token }: AuthToken): boolean {
    const session = this.#sessions.get(sessionId)
    if (session && !equalBytes(session.token, token)) return false
    this.#end(sessionId)
    return true
  }

  #end(sessionId: string): void {
    if (this.#sessions.delete(sessionId)) this.#onEnded(sessionId)
  }

  /** Ends sessions that were idle too long. */
  sweep(): void {
    const before = this.#clock.monotonicMs() - SESSION_IDLE_MS
    for (const [id, { usedAtMs, segments }] of this.#sessions) {
      if (segments === 0 && usedAtMs <= before) this.#end(id)
    }
  }
}
