/** @module The scene of the generated source as a function: colour of a point at a time. */

/** Linear mix of light, each 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number]

const NIGHT: Rgb = [0.05, 0.07, 0.2]
const DUSK: Rgb = [0.42, 0.18, 0.45]
const GLOW: Rgb = [0.98, 0.55, 0.32]
const SUN: Rgb = [1, 0.88, 0.6]
const SEA: Rgb = [0.06, 0.2, 0.38]

/** From the back to the front: base height, height of the waves, their length, speed and colour. */
const RIDGES: readonly { base: number; swing: number; length: number; speed: number; colour: Rgb }[] = [
  { base: 0.52, swing: 0.1, length: 2.2, speed: 0.03, colour: [0.36, 0.2, 0.46] },
  { base: 0.62, swing: 0.08, length: 3.1, speed: 0.07, colour: [0.18, 0.22, 0.45] },
  { base: 0.74, swing: 0.06, length: 4.3, speed: 0.14, colour: [0.06, 0.3, 0.38] },
]
const SHORE = 0.8
const TURN = 2 * Math.PI

/**
 * A sun over rolling hills and a glittering sea.
 *
 * @param x 0 (left) to `aspect`. @param y 0 (top) to 1. @param seconds of stream time.
 */
export function landscapeColour(x: number, y: number, seconds: number, aspect: number): Rgb {
  const sun = sunAt(seconds, aspect)
  if (y > SHORE) return seaColour(x, y, seconds, sun)
  for (const ridge of RIDGES.toReversed()) {
    const depth = y - ridgeHeight(ridge, x, seconds)
    if (depth > 0) return mix(ridge.colour, GLOW, 0.35 * Math.exp(-depth * 18))
  }
  return skyColour(x, y, seconds, sun)
}

type Sun = { readonly x: number; readonly y: number; readonly size: number }

/** Drifts along an arc, there and back in a minute, and beats once a second with the tone. */
function sunAt(seconds: number, aspect: number): Sun {
  const way = Math.sin((TURN * seconds) / 60)
  const beat = Math.exp(-8 * (seconds % 1))
  return {
    x: aspect * (0.5 + 0.33 * way),
    y: 0.34 - 0.1 * Math.cos((TURN * seconds) / 60),
    size: 0.1 + 0.015 * beat,
  }
}

function ridgeHeight(ridge: (typeof RIDGES)[number], x: number, seconds: number): number {
  const at = x * ridge.length + seconds * ridge.speed * TURN
  return ridge.base + ridge.swing * (0.6 * Math.sin(at) + 0.4 * Math.sin(2.3 * at + 1))
}

function skyColour(x: number, y: number, seconds: number, sun: Sun): Rgb {
  const distance = Math.hypot(x - sun.x, y - sun.y)
  const base = y < 0.3 ? mix(NIGHT, DUSK, y / 0.3) : mix(DUSK, GLOW, (y - 0.3) / 0.35)
  const cloud =
    0.5 + 0.5 * Math.sin(5 * x + 9 * y + 0.35 * seconds + 2 * Math.sin(3 * y - 0.2 * seconds + 2 * x))
  const clouded = mix(base, [0.85, 0.5, 0.6], 0.25 * cloud ** 3)
  const glowing = mix(clouded, GLOW, 0.8 * Math.exp(-distance * 5))
  return mix(glowing, SUN, smooth((sun.size - distance) / 0.03))
}

function seaColour(x: number, y: number, seconds: number, sun: Sun): Rgb {
  const depth = (y - SHORE) / (1 - SHORE)
  const ripple =
    Math.sin(40 * y - 3 * seconds + 4 * Math.sin(6 * x + seconds)) * Math.sin(23 * x + 1.7 * seconds)
  const water = mix(SEA, DUSK, 0.5 * (1 - depth))
  const path = Math.exp(-((x - sun.x) ** 2) / (0.02 + 0.06 * depth))
  return mix(water, GLOW, smooth(0.15 + 0.35 * ripple) * (0.2 + 0.7 * path))
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const t = Math.min(1, Math.max(0, share))
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

function smooth(share: number): number {
  const t = Math.min(1, Math.max(0, share))
  return t * t * (3 - 2 * t)
}
