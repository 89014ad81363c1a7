/** @module The orchestrator's ticket of admission: opaque to the gateway, which returns it with each segment. */

/** Names a session and ends it; see `wire/auth-token-mac.ts` for how it is made and checked. */
export type AuthToken = {
  readonly token: Uint8Array
  /** 8 hex digits from an orchestrator of ours; any text up to 128 characters from others. Key of balances. */
  readonly sessionId: string
  /** Unix time in seconds. */
  readonly expiresAtSeconds: number
}
