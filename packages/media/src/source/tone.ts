/** @module The sound of the generated source: a soft chord, and a beep as each second begins. */

const TURN = 2 * Math.PI
const BEEP_SECONDS = 0.1
const BEEP_HZ = 880
/** A fifth and an octave over 110 Hz, quiet enough to leave running. */
const CHORD: readonly { readonly hz: number; readonly level: number }[] = [
  { hz: 110, level: 0.05 },
  { hz: 165, level: 0.03 },
  { hz: 220, level: 0.02 },
]

/** Samples from -1 to 1; the beep's first sample is the one at which a whole second begins. */
export function toneSamples(firstSample: number, count: number, sampleRate: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => {
    const seconds = (firstSample + index) / sampleRate
    const inSecond = seconds % 1
    const chord = CHORD.reduce((sum, { hz, level }) => sum + level * Math.sin(TURN * hz * seconds), 0)
    if (inSecond >= BEEP_SECONDS) return chord
    const envelope = Math.sin((Math.PI * inSecond) / BEEP_SECONDS)
    return chord + 0.3 * envelope * Math.sin(TURN * BEEP_HZ * inSecond)
  })
}
