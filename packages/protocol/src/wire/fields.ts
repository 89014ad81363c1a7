/** @module Shared rules for fields: lengths, numbers as minimal bytes, text, lists. */
import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import { bytesToBigint, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { MAX_TEXT } from './limits.ts'

/** Parses a message of at most `maxBytes`. Unknown fields are dropped. @throws {MalformedError} */
export function parseMessage<Desc extends DescMessage>(
  schema: Desc,
  bytes: Uint8Array,
  maxBytes: number,
): MessageShape<Desc> {
  if (bytes.length > maxBytes) throw new MalformedError(schema.name, { bytes: bytes.length, maxBytes })
  try {
    return fromBinary(schema, bytes, { readUnknownFields: false })
  } catch (cause) {
    throw new MalformedError(schema.name, { bytes: bytes.length }, cause)
  }
}

export function exactly(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) throw new MalformedError(what, { bytes: bytes.length, expected: length })
  return bytes
}

export function hex32(bytes: Uint8Array, what: string): Hex {
  return toHex(exactly(bytes, 32, what))
}

/** Big-endian without leading zeros; longer than 32 bytes is refused, leading zeros are tolerated. */
export function uint256(bytes: Uint8Array, what: string): bigint {
  if (bytes.length > 32) throw new MalformedError(what, { bytes: bytes.length })
  return bytesToBigint(bytes)
}

/** A number from an int64 field: not negative and exact as a JavaScript number. */
export function safeNumber(value: bigint, what: string): number {
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedError(what, { value })
  return Number(value)
}

export function text(value: string, what: string, max: number = MAX_TEXT): string {
  if (value.length > max) throw new MalformedError(what, { length: value.length, max })
  return value
}

export function atMost<T>(list: readonly T[], max: number, what: string): readonly T[] {
  if (list.length > max) throw new MalformedError(what, { count: list.length, max })
  return list
}
