/** @module AuthToken: its message, and how an orchestrator makes and checks one. */
import { create } from '@bufbuild/protobuf'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bigintToMinimalBytes, concatBytes, toHex } from '@tessera/runtime/bytes'
import { type Address, addressBytes } from '../address.ts'
import type { AuthToken } from '../auth-token.ts'
import { AuthTokenSchema, type AuthToken as WireToken } from '../gen/net/session_pb.ts'
import { atMost, safeNumber, text } from './fields.ts'

const MAX_TOKEN_BYTES = 128
const MAX_SESSION_ID = 128

/** How long a token of ours is good, in seconds; go-livepeer's gateway renews it when a tenth is left. */
export const AUTH_TOKEN_SECONDS = 1800

export function authTokenToWire(token: AuthToken): WireToken {
  return create(AuthTokenSchema, {
    token: token.token,
    sessionId: token.sessionId,
    expiration: BigInt(token.expiresAtSeconds),
  })
}

/** @throws {MalformedError} */
export function authTokenFromWire(message: WireToken): AuthToken {
  atMost([...message.token], MAX_TOKEN_BYTES, 'auth token')
  return {
    token: message.token,
    sessionId: text(message.sessionId, 'session id', MAX_SESSION_ID),
    expiresAtSeconds: safeNumber(message.expiration, 'auth token expiration'),
  }
}

/** Bytes that go-livepeer's token authenticates: `utf8(sessionId) || minimal(expiration)`. */
export function authTokenMacInput(sessionId: string, expiresAtSeconds: number): Uint8Array {
  return concatBytes(new TextEncoder().encode(sessionId), bigintToMinimalBytes(BigInt(expiresAtSeconds)))
}

/**
 * `HMAC-SHA256(secret, utf8(sessionId) || minimal(expiration) || sender)`. go-livepeer leaves `sender` out, so that
 * anybody may use a token he sees; gateways cannot tell the difference. Pass `undefined` for its form.
 */
export function authTokenMac(
  secret: Uint8Array,
  session: { readonly sessionId: string; readonly expiresAtSeconds: number },
  sender: Address | undefined,
): Uint8Array {
  const input = authTokenMacInput(session.sessionId, session.expiresAtSeconds)
  return hmac(sha256, secret, sender ? concatBytes(input, addressBytes(sender)) : input)
}

/** A token for `sender`: the session id is 4 random bytes as hex. */
export function issueAuthToken(
  secret: Uint8Array,
  grant: { readonly sender: Address; readonly sessionBytes: Uint8Array; readonly nowSeconds: number },
): AuthToken {
  const session = {
    sessionId: toHex(grant.sessionBytes).slice(2),
    expiresAtSeconds: Math.floor(grant.nowSeconds) + AUTH_TOKEN_SECONDS,
  }
  return { token: authTokenMac(secret, session, grant.sender), ...session }
}

/** Compared in constant time. The reasons are those of the wire's error codes. */
export function checkAuthToken(
  secret: Uint8Array,
  token: AuthToken | undefined,
  now: { readonly sender: Address; readonly nowSeconds: number },
): 'ok' | 'missing-auth-token' | 'invalid-auth-token' | 'expired-auth-token' {
  if (!token || token.token.length === 0) return 'missing-auth-token'
  if (!equalInConstantTime(token.token, authTokenMac(secret, token, now.sender))) return 'invalid-auth-token'
  return token.expiresAtSeconds <= now.nowSeconds ? 'expired-auth-token' : 'ok'
}

function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < b.length; i++) difference |= (a[i] ?? 0) ^ b[i]!
  return difference === 0
}
