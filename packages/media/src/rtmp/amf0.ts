/** @module AMF0: the values in RTMP commands and metadata. @see Adobe "Action Message Format -- AMF 0", 2007 */
import { ByteReader, bigintToBytes, concatBytes } from '@tessera/runtime/bytes'
import { BaseError, MalformedError } from '@tessera/runtime/errors'

/** Objects are maps: a peer's keys must not meet JavaScript's own properties. */
export type AmfObject = ReadonlyMap<string, AmfValue>
export type AmfValue = number | boolean | string | null | undefined | AmfObject | readonly AmfValue[]

const MARKER = {
  number: 0,
  boolean: 1,
  string: 2,
  object: 3,
  null: 5,
  undefined: 6,
  ecmaArray: 8,
  objectEnd: 9,
  strictArray: 10,
  date: 11,
  longString: 12,
} as const

/** Commands of encoders nest two deep and have some twenty values. */
const MAX_DEPTH = 8
const MAX_VALUES = 1024

const utf8 = new TextDecoder()

/** All values in `bytes`. @throws {MalformedError} also beyond 8 levels or 1024 values */
export function decodeAmf0(bytes: Uint8Array): AmfValue[] {
  const decoder = new Decoder(new ByteReader(bytes, 'AMF0 value'))
  const values: AmfValue[] = []
  while (decoder.hasMore) values.push(decoder.value(0))
  return values
}

class Decoder {
  readonly #reader: ByteReader
  #values = 0

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  get hasMore(): boolean {
    return this.#reader.remaining > 0
  }

  value(depth: number): AmfValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) {
      throw new MalformedError('AMF0 value: nested too deep or too many', { depth, values: this.#values })
    }
    const marker = this.#reader.u8()
    const decode = DECODERS[marker]
    if (!decode) throw new MalformedError('AMF0 value', { marker, offset: this.#reader.offset - 1 })
    return decode(this, this.#reader, depth)
  }

  text(length: number): string {
    return utf8.decode(this.#reader.take(length))
  }

  properties(depth: number): AmfObject {
    const object = new Map<string, AmfValue>()
    while (true) {
      const key = this.text(this.#reader.u16())
      if (key === '' && this.#reader.u8() === MARKER.objectEnd) return object
      if (key === '') throw new MalformedError('AMF0 object end', { offset: this.#reader.offset - 1 })
      object.set(key, this.value(depth + 1))
    }
  }

  array(depth: number): AmfValue[] {
    const count = this.#reader.u32()
    if (count > MAX_VALUES) throw new MalformedError('AMF0 array', { count })
    return Array.from({ length: count }, () => this.value(depth + 1))
  }
}

type Decode = (decoder: Decoder, reader: ByteReader, depth: number) => AmfValue

const DECODERS: Readonly<Record<number, Decode>> = {
  [MARKER.number]: (_, reader) => reader.f64(),
  [MARKER.boolean]: (_, reader) => reader.u8() !== 0,
  [MARKER.string]: (decoder, reader) => decoder.text(reader.u16()),
  [MARKER.object]: (decoder, _, depth) => decoder.properties(depth),
  [MARKER.null]: () => null,
  [MARKER.undefined]: () => undefined,
  // The count before an ECMA array is a hint that encoders get wrong; the end marker counts.
  [MARKER.ecmaArray]: (decoder, reader, depth) => {
    reader.skip(4)
    return decoder.properties(depth)
  },
  [MARKER.strictArray]: (decoder, _, depth) => decoder.array(depth),
  [MARKER.date]: (_, reader) => {
    const ms = reader.f64()
    reader.skip(2)
    return ms
  },
  [MARKER.longString]: (decoder, reader) => decoder.text(reader.u32()),
}

export const amfObject = (properties: Readonly<Record<string, AmfValue>>): AmfObject =>
  new Map(Object.entries(properties))

/** Strings up to 65535 bytes of UTF-8. */
export function encodeAmf0(...values: readonly AmfValue[]): Uint8Array {
  return concatBytes(...values.map(encodeValue))
}

function encodeValue(value: AmfValue): Uint8Array {
  if (value === undefined) return Uint8Array.of(MARKER.undefined)
  if (value === null) return Uint8Array.of(MARKER.null)
  if (typeof value === 'number') return encodeNumber(value)
  if (typeof value === 'boolean') return Uint8Array.of(MARKER.boolean, value ? 1 : 0)
  if (typeof value === 'string') return concatBytes(Uint8Array.of(MARKER.string), encodeText(value))
  if (isList(value)) {
    const count = bigintToBytes(BigInt(value.length), 4)
    return concatBytes(Uint8Array.of(MARKER.strictArray), count, ...value.map(encodeValue))
  }
  const properties = [...value].flatMap(([key, property]) => [encodeText(key), encodeValue(property)])
  return concatBytes(Uint8Array.of(MARKER.object), ...properties, Uint8Array.of(0, 0, MARKER.objectEnd))
}

const isList = (value: AmfObject | readonly AmfValue[]): value is readonly AmfValue[] => Array.isArray(value)

function encodeNumber(value: number): Uint8Array {
  const bytes = new Uint8Array(9)
  new DataView(bytes.buffer).setFloat64(1, value)
  return bytes
}

function encodeText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > 0xffff) {
    throw new BaseError({ code: 'AMF_TEXT_TOO_LONG', message: 'A text is too long for AMF0.' })
  }
  return concatBytes(bigintToBytes(BigInt(bytes.length), 2), bytes)
}
