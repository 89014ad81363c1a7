import { seededRandom } from '@tessera/runtime/random'
import { describe, expect, it } from 'vitest'
import { onnxBackend } from '../backends/onnx.ts'
import { type PipelineParams, parseParams } from '../pipeline.ts'
import { findPipeline } from '../registry.ts'
import { edgeSketch, LOOK, LUMA } from './edge-sketch.ts'

type Plane = { readonly width: number; readonly height: number; readonly values: Float64Array }

const at = ({ width, height, values }: Plane, x: number, y: number): number =>
  values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!

function blurred(plane: Plane, kernel: readonly number[], step: number): Plane {
  const { width, height } = plane
  const half = (kernel.length - 1) / 2
  const total = kernel.reduce((a, b) => a + b) ** 2
  const values = plane.values.map((_, i) => {
    let sum = 0
    for (const [dy, ky] of kernel.entries())
      for (const [dx, kx] of kernel.entries())
        sum +=
          ky * kx * at(plane, (i % width) + (dx - half) * step, Math.floor(i / width) + (dy - half) * step)
    return sum / total
  })
  return { width, height, values }
}

/** The formula of the module comment, pixel by pixel in double precision. */
function reference(data: Uint8Array, width: number, height: number, params: PipelineParams): Uint8Array {
  const { strength = 0, ink = 0, levels = 0, colour = 0 } = params
  const values = Float64Array.from({ length: width * height }, (_, i) =>
    LUMA.reduce((sum, part, c) => sum + part * data[i * 3 + c]!, 0),
  )
  const fine = blurred({ width, height, values }, [1, 2, 1], 1)
  const wide = blurred(fine, [1, 4, 6, 4, 1], 2)
  return data.map((x, i) => {
    const p = Math.floor(i / 3)
    const [luma, f, w] = [values[p]!, fine.values[p]!, wide.values[p]!]
    const line = 1 + ink * Math.min(0, Math.tanh(LOOK.edgeGain * (f - w + LOOK.edgeThreshold)))
    const steps = (w * levels) / 255
    const flat = Math.floor(steps) + 0.5 + Math.tanh(LOOK.toneGain * (steps - Math.floor(steps) - 0.5)) / 2
    const tone = LOOK.toneLift + (LOOK.toneScale * flat * 255) / levels
    const sketch = line * (tone + colour * LOOK.saturation * (x - luma))
    const paper = 1 + strength * (LOOK.paper[i % 3]! - 1)
    return Math.min(255, Math.max(0, Math.round(paper * (x + strength * (sketch - x)))))
  })
}

function noisyShapes(width: number, height: number): Uint8Array {
  const random = seededRandom(7)
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)]
    const base = Math.hypot(x - 30, y - 20) < 14 ? [220, 60, 40][i % 3]! : 40 + ((x * 3 + y * 2) % 200)
    return Math.min(255, base + random.uniform() * 12)
  })
}

describe('ink sketch', () => {
  it('is found by its model id and claims no training', () => {
    expect(findPipeline('tessera/edge-sketch')).toBe(edgeSketch)
    expect(edgeSketch.kind).toBe('classical')
  })

  it.each([
    ['the defaults', {}],
    ['a pencil drawing', { colour: 0, levels: 4 }],
    ['half strength', { strength: 0.5, ink: 0.3, levels: 11 }],
  ])('agrees with its formula within two levels for %s', async (_, given) => {
    const [width, height] = [67, 45]
    const data = noisyShapes(width, height)
    const params = parseParams(edgeSketch, given)
    await using processor = await onnxBackend({ threads: 1 }).load(edgeSketch, { width, height })
    const { data: result } = await processor.process({ width, height, data }, params)
    const expected = reference(data, width, height, params)
    const worst = result.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0)
    expect(worst).toBeLessThanOrEqual(2)
  })

  it('gives the source back at strength 0', async () => {
    const [width, height] = [32, 16]
    const data = noisyShapes(width, height)
    await using processor = await onnxBackend({ threads: 1 }).load(edgeSketch, { width, height })
    const { data: result } = await processor.process(
      { width, height, data },
      parseParams(edgeSketch, { strength: 0 }),
    )
    expect(result).toEqual(data)
  })
})

describe('parameters', () => {
  it('take defaults for what is absent and ignore what is unknown', () => {
    expect(parseParams(edgeSketch, { ink: 0.25, prompt: 'a cat' })).toEqual({
      strength: 1,
      ink: 0.25,
      levels: 6,
      colour: 1,
    })
  })

  it.each([[null], [[]], ['x'], [{ ink: 2 }], [{ ink: Number.NaN }], [{ levels: '6' }]])(
    'refuse %j',
    (input) => {
      expect(() => parseParams(edgeSketch, input)).toThrowError(
        expect.objectContaining({ code: 'AI_BAD_PARAMS' }),
      )
    },
  )
})
