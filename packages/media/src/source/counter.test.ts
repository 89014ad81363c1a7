import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTER_MODULUS, drawCounter, type LumaAt, readCounter } from './counter.ts'

const HD = { width: 1280, height: 720 }

function draw(value: number, size = HD): Uint8Array {
  const luma = new Uint8Array(size.width * size.height).fill(120)
  drawCounter(luma, size, value)
  return luma
}

const lumaOf =
  (luma: Uint8Array, width: number): LumaAt =>
  (x, y) =>
    luma[y * width + x]!

/** Area average, as a scaler does it. */
function shrink(luma: Uint8Array, from: typeof HD, to: typeof HD): Uint8Array {
  const out = new Uint8Array(to.width * to.height)
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const [x0, x1] = [Math.floor((x * from.width) / to.width), Math.ceil(((x + 1) * from.width) / to.width)]
      const [y0, y1] = [
        Math.floor((y * from.height) / to.height),
        Math.ceil(((y + 1) * from.height) / to.height),
      ]
      let sum = 0
      for (let sy = y0; sy < y1; sy++) for (let sx = x0; sx < x1; sx++) sum += luma[sy * from.width + sx]!
      out[y * to.width + x] = sum / ((x1 - x0) * (y1 - y0))
    }
  }
  return out
}

const anyNumber = fc.integer({ min: 0, max: COUNTER_MODULUS - 1 })

describe('the counter in the picture', () => {
  it('reads back every number', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        expect(readCounter(HD, lumaOf(draw(value), HD.width))).toBe(value)
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it.each([
    [854, 480],
    [640, 360],
    [426, 240],
    [512, 512],
  ])('survives scaling to %d × %d with noise, less contrast and a lift', (width, height) => {
    fc.assert(
      fc.property(anyNumber, fc.integer(), (value, seed) => {
        const small = shrink(draw(value), HD, { width, height })
        let state = seed
        const noisy = small.map((level) => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
          return level * 0.6 + 50 + ((state >>> 24) % 41) - 20
        })
        expect(readCounter({ width, height }, lumaOf(noisy, width))).toBe(value)
      }),
      { seed: 2, numRuns: 5 },
    )
  })

  it('starts again after its last number', () => {
    expect(readCounter(HD, lumaOf(draw(COUNTER_MODULUS + 5), HD.width))).toBe(5)
  })

  it('reads nothing from a plain picture, from noise, or from a code with one cell turned', () => {
    expect(readCounter(HD, () => 128)).toBeUndefined()
    expect(
      readCounter(HD, (x, y) => (Math.imul(x + 7, 2_654_435_761) ^ Math.imul(y, 40_503)) & 255),
    ).toBeUndefined()
    for (let column = 2; column < 18; column++) {
      const luma = draw(0xabcdef)
      const from = Math.round(((1 + column) * 1280) / 48)
      const to = Math.round(((2 + column) * 1280) / 48)
      for (let y = 640; y < 666; y++) {
        for (let x = from; x < to; x++) luma[y * 1280 + x] = 248 - luma[y * 1280 + x]!
      }
      expect(readCounter(HD, lumaOf(luma, HD.width))).toBeUndefined()
    }
  })

  it('does not take two pictures laid over each other for either of them', () => {
    const [a, b] = [draw(1000), draw(0x7fff00)]
    const mixed = a.map((level, index) => (level + b[index]!) / 2)
    expect(readCounter(HD, lumaOf(mixed, HD.width))).toBeUndefined()
  })
})
