/** @module A writer of ONNX models: enough of its protobuf to express a graph of nodes and constant tensors. */

/** Element types and their numbers in `TensorProto.DataType` (onnx.proto). */
const ELEMENT_TYPES = { float32: 1, uint8: 2, int32: 6, int64: 7 } as const
export type ElementType = keyof typeof ELEMENT_TYPES

/** The `to` attribute of a Cast node. */
export const castTo = (type: ElementType): number => ELEMENT_TYPES[type]

/** A number is a fixed size, a text names a size that is known when the model runs. */
export type Shape = readonly (number | string)[]

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }

/** Name of a value in the graph: an input, a constant or the output of a node. */
export type Value = string

// Message field numbers of onnx.proto3, grouped by message.
const MODEL = { irVersion: 1, producer: 2, doc: 6, graph: 7, opset: 8 } as const
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 } as const
const ATTRIBUTE = { name: 1, float: 2, int: 3, text: 4, ints: 8, type: 20 } as const
const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, ints: 7 } as const
const TENSOR = { dims: 1, dataType: 2, name: 8, raw: 9 } as const

const IR_VERSION = 8
const OPSET_VERSION = 17

/** Builds one graph from inputs to outputs. Values are referred to by the names that the methods return. */
export class OnnxGraph {
  readonly #name: string
  readonly #graph = new ProtoWriter()
  #count = 0

  /** @param name of the graph, shown by model viewers. */
  constructor(name: string) {
    this.#name = name
    this.#graph.text(GRAPH.name, name)
  }

  input(name: string, type: ElementType, shape: Shape): Value {
    this.#graph.message(GRAPH.input, valueInfo(name, type, shape))
    return name
  }

  output(name: Value, type: ElementType, shape: Shape): void {
    this.#graph.message(GRAPH.output, valueInfo(name, type, shape))
  }

  /** A constant tensor of 32-bit floats; without a shape, a scalar. */
  floats(values: readonly number[], shape: readonly number[] = []): Value {
    return this.#initializer('float32', new Uint8Array(Float32Array.from(values).buffer), shape)
  }

  /** A constant list of 64-bit integers, as shapes and axes are given. */
  ints(values: readonly number[]): Value {
    const raw = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)
    return this.#initializer('int64', raw, [values.length])
  }

  /** Adds a node with one output and returns that; `''` as an input leaves an optional one out. */
  node(
    opType: string,
    inputs: readonly Value[],
    attributes: Record<string, Attribute> = {},
    output?: string,
  ): Value {
    const name = output ?? this.#fresh(opType)
    const node = new ProtoWriter()
    for (const input of inputs) node.text(NODE.input, input)
    node.text(NODE.output, name)
    node.text(NODE.name, name)
    node.text(NODE.opType, opType)
    for (const [key, value] of Object.entries(attributes)) node.message(NODE.attribute, attribute(key, value))
    this.#graph.message(GRAPH.node, node)
    return name
  }

  /** The whole model as the bytes of a `.onnx` file. */
  encode(description: string): Uint8Array {
    const model = new ProtoWriter()
    model.int(MODEL.irVersion, IR_VERSION)
    model.text(MODEL.producer, 'tessera')
    model.text(MODEL.doc, `${this.#name}: ${description}`)
    model.message(MODEL.graph, this.#graph)
    const opset = new ProtoWriter()
    opset.text(1, '')
    opset.int(2, OPSET_VERSION)
    model.message(MODEL.opset, opset)
    return model.bytes()
  }

  #initializer(type: ElementType, raw: Uint8Array, shape: readonly number[]): Value {
    const name = this.#fresh('constant')
    const tensor = new ProtoWriter()
    for (const size of shape) tensor.int(TENSOR.dims, size)
    tensor.int(TENSOR.dataType, ELEMENT_TYPES[type])
    tensor.text(TENSOR.name, name)
    // Little-endian, as every machine that runs Node.
    tensor.raw(TENSOR.raw, raw)
    this.#graph.message(GRAPH.initializer, tensor)
    return name
  }

  #fresh(kind: string): string {
    return `${kind}_${this.#count++}`
  }
}

function valueInfo(name: string, type: ElementType, shape: Shape): ProtoWriter {
  const dims = new ProtoWriter()
  for (const size of shape) {
    const dim = new ProtoWriter()
    if (typeof size === 'number') dim.int(1, size)
    else dim.text(2, size)
    dims.message(1, dim)
  }
  const tensor = new ProtoWriter()
  tensor.int(1, ELEMENT_TYPES[type])
  tensor.message(2, dims)
  const typeProto = new ProtoWriter()
  typeProto.message(1, tensor)
  const info = new ProtoWriter()
  info.text(1, name)
  info.message(2, typeProto)
  return info
}

function attribute(name: string, value: Attribute): ProtoWriter {
  const proto = new ProtoWriter()
  proto.text(ATTRIBUTE.name, name)
  if ('int' in value) {
    proto.int(ATTRIBUTE.int, value.int)
    proto.int(ATTRIBUTE.type, ATTRIBUTE_TYPE.int)
  } else if ('float' in value) {
    proto.float(ATTRIBUTE.float, value.float)
    proto.int(ATTRIBUTE.type, ATTRIBUTE_TYPE.float)
  } else if ('text' in value) {
    proto.text(ATTRIBUTE.text, value.text)
    proto.int(ATTRIBUTE.type, ATTRIBUTE_TYPE.text)
  } else {
    for (const item of value.ints) proto.int(ATTRIBUTE.ints, item)
    proto.int(ATTRIBUTE.type, ATTRIBUTE_TYPE.ints)
  }
  return proto
}

/** Protobuf wire format, writing side: varints, 32-bit floats and length-delimited fields. */
class ProtoWriter {
  readonly #bytes: number[] = []

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  int(field: number, value: number): void {
    this.#varint(BigInt(field * 8))
    // Negative numbers are ten bytes: two's complement in 64 bits.
    this.#varint(BigInt.asUintN(64, BigInt(value)))
  }

  float(field: number, value: number): void {
    this.#varint(BigInt(field * 8 + 5))
    this.#bytes.push(...new Uint8Array(Float32Array.of(value).buffer))
  }

  text(field: number, value: string): void {
    this.raw(field, new TextEncoder().encode(value))
  }

  message(field: number, value: ProtoWriter): void {
    this.raw(field, value.#bytes)
  }

  raw(field: number, value: ArrayLike<number>): void {
    this.#varint(BigInt(field * 8 + 2))
    this.#varint(BigInt(value.length))
    for (let i = 0; i < value.length; i++) this.#bytes.push(value[i]!)
  }

  #varint(value: bigint): void {
    let rest = value
    for (; rest > 127n; rest >>= 7n) this.#bytes.push(Number(rest & 127n) | 128)
    this.#bytes.push(Number(rest))
  }
}
