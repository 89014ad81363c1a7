/** @module Ink sketch: dark lines along edges over flat, posterised colour. */
import { type Attribute, castTo, OnnxGraph, type Value } from '../onnx-graph.ts'
import type { LivePipeline } from '../pipeline.ts'

/** Rec. 601 luma of R, G, B. */
export const LUMA: readonly [number, number, number] = [0.299, 0.587, 0.114]

/** Constants of the look, in grey levels 0..255 where not said otherwise. Chosen by eye at 640 × 360. */
export const LOOK = {
  /** A pixel is ink when it is this much darker than its surroundings. */
  edgeThreshold: 1.5,
  /** Steepness of the transition from paper to ink, per level. */
  edgeGain: 0.22,
  /** Steepness of the transition between two flat tones, per step. */
  toneGain: 5,
  /** Tones are mapped to `lift + scale × tone`, so that shadows stay readable under the lines. */
  toneLift: 26,
  toneScale: 0.93,
  /** Colourfulness at `colour` = 1, relative to the source. */
  saturation: 1.35,
  /** What white becomes: R, G, B, relative. */
  paper: [1, 0.985, 0.95],
} as const

export const edgeSketch: LivePipeline = {
  pipeline: 'live-video-to-video',
  modelId: 'tessera/edge-sketch',
  title: 'Ink sketch',
  description:
    'Lines by an extended difference of Gaussians over posterised colour. An analytic image filter written as an ' +
    'ONNX graph; nothing in it was learnt from data.',
  kind: 'classical',
  params: {
    strength: {
      default: 1,
      min: 0,
      max: 1,
      description: 'How much of the effect is mixed in; 0 is the source.',
    },
    ink: { default: 0.9, min: 0, max: 1, description: 'Darkness of the lines.' },
    levels: { default: 6, min: 2, max: 16, description: 'Number of flat tones.' },
    colour: { default: 1, min: 0, max: 1, description: 'Colourfulness; 0 is a pencil drawing.' },
  },
  model: buildModel,
}

/**
 * With luma Y, its fine blur F (binomial 1 2 1) and its wide blur W (binomial 1 4 6 4 1 of F, two pixels apart):
 *
 *     line = 1 + ink · min(0, tanh(gain · (F − W + threshold)))         1 on paper, 1 − ink on a line
 *     tone = lift + scale · softFloor(W)                                `levels` flat tones
 *     out  = paper · mix(x, line · (tone + saturation · (x − Y)), strength)
 *
 * The mix is rearranged to `x · gainMap + offsetMap` with two one-channel maps, so that only three operations touch all
 * three channels.
 *
 * @see Winnemöller, Kyprianidis, Olsen: XDoG, Computers & Graphics 36 (2012)
 */
function buildModel(): Uint8Array {
  const graph = new OnnxGraph('edge-sketch')
  const frame = graph.input('frame', 'uint8', [1, 'height', 'width', 3])
  const strength = graph.input('strength', 'float32', [])
  const ink = graph.input('ink', 'float32', [])
  const levels = graph.input('levels', 'float32', [])
  const colour = graph.input('colour', 'float32', [])
  const math = arithmetic(graph)

  // Planes of one channel each make every later operation a run over contiguous memory.
  const planar = graph.node('Transpose', [frame], { perm: { ints: [0, 3, 1, 2] } })
  const x = graph.node('Cast', [planar], { to: { int: castTo('float32') } })
  const luma = graph.node('Conv', [x, graph.floats(LUMA, [1, 3, 1, 1])])
  const fine = blur(graph, luma, [1, 2, 1], 1)
  const wide = blur(graph, fine, [1, 4, 6, 4, 1], 2)

  const contrast = math.add(math.sub(fine, wide), LOOK.edgeThreshold)
  const edge = graph.node('Tanh', [math.mul(contrast, LOOK.edgeGain)])
  const line = math.add(math.mul(graph.node('Min', [edge, graph.floats([0])]), ink), 1)

  const steps = math.mul(wide, math.div(levels, 255))
  const floor = graph.node('Floor', [steps])
  const bend = graph.node('Tanh', [math.mul(math.sub(math.sub(steps, floor), 0.5), LOOK.toneGain)])
  const flat = math.add(floor, math.add(math.mul(bend, 0.5), 0.5))
  const tone = math.add(math.mul(flat, math.div(255 * LOOK.toneScale, levels)), LOOK.toneLift)

  const mixedLine = math.mul(line, strength)
  const saturation = math.mul(colour, LOOK.saturation)
  const gainMap = math.add(math.mul(mixedLine, saturation), math.sub(1, strength))
  const offsetMap = math.mul(mixedLine, math.sub(tone, math.mul(luma, saturation)))
  const mixed = math.add(math.mul(x, gainMap), offsetMap)
  const missing = graph.floats(
    LOOK.paper.map((part) => part - 1),
    [1, 3, 1, 1],
  )
  const tinted = math.mul(mixed, math.add(math.mul(missing, strength), 1))
  // Cast cuts off, so half a level rounds.
  const clipped = graph.node('Clip', [math.add(tinted, 0.5), graph.floats([0]), graph.floats([255])])
  const bytes = graph.node('Cast', [clipped], { to: { int: castTo('uint8') } })
  graph.node('Transpose', [bytes], { perm: { ints: [0, 2, 3, 1] } }, 'result')
  graph.output('result', 'uint8', [1, 'height', 'width', 3])
  return graph.encode(edgeSketch.description)
}

type Operand = Value | number
type Arithmetic = Record<'add' | 'sub' | 'mul' | 'div', (a: Operand, b: Operand) => Value>

function arithmetic(graph: OnnxGraph): Arithmetic {
  const value = (operand: Operand): Value => (typeof operand === 'number' ? graph.floats([operand]) : operand)
  const binary = (opType: string) => (a: Operand, b: Operand) => graph.node(opType, [value(a), value(b)])
  return { add: binary('Add'), sub: binary('Sub'), mul: binary('Mul'), div: binary('Div') }
}

/**
 * A symmetric kernel along both axes, its taps `step` pixels apart, the border repeated outwards. Shifted copies and
 * sums, because runtimes copy rows several times faster than they convolve a single channel.
 */
function blur(graph: OnnxGraph, image: Value, kernel: readonly number[], step: number): Value {
  const total = kernel.reduce((sum, tap) => sum + tap, 0)
  const alongRows = blurAxis(graph, image, kernel, step, 2)
  const alongBoth = blurAxis(graph, alongRows, kernel, step, 3)
  return graph.node('Mul', [alongBoth, graph.floats([1 / total ** 2])])
}

function blurAxis(
  graph: OnnxGraph,
  image: Value,
  kernel: readonly number[],
  step: number,
  axis: 2 | 3,
): Value {
  const reach = ((kernel.length - 1) / 2) * step
  const pads = axis === 2 ? [0, 0, reach, 0, 0, 0, reach, 0] : [0, 0, 0, reach, 0, 0, 0, reach]
  const edge: Record<string, Attribute> = { mode: { text: 'edge' } }
  const padded = graph.node('Pad', [image, graph.ints(pads)], edge)
  const shifted = kernel.map((_, i) => {
    const fromEnd = (i + 1 - kernel.length) * step
    const end = fromEnd === 0 ? Number.MAX_SAFE_INTEGER : fromEnd
    return graph.node('Slice', [padded, graph.ints([i * step]), graph.ints([end]), graph.ints([axis])])
  })
  const half = (kernel.length - 1) / 2
  const terms = kernel.slice(0, half + 1).map((tap, i) => {
    const pair = i === half ? shifted[i]! : graph.node('Add', [shifted[i]!, shifted[kernel.length - 1 - i]!])
    return tap === 1 ? pair : graph.node('Mul', [pair, graph.floats([tap])])
  })
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]))
}
