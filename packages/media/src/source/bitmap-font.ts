/** @module Letters of 5 × 7 cells for text burnt into pictures. */

/** Rows from the top, five bits each, the highest bit on the left. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e],
  '1': [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e],
  '2': [0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f],
  '3': [0x0e, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0e],
  '4': [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02],
  '5': [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e],
  '6': [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e],
  '7': [0x1f, 0x01, 0x02, 0x04, 0x04, 0x08, 0x08],
  '8': [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e],
  '9': [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c],
  ':': [0x00, 0x04, 0x04, 0x00, 0x04, 0x04, 0x00],
  '.': [0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c],
  '#': [0x0a, 0x0a, 0x1f, 0x0a, 0x1f, 0x0a, 0x0a],
}
const GLYPH_COLUMNS = 5
const GLYPH_ROWS = 7
/** One column of space between letters. */
const ADVANCE = GLYPH_COLUMNS + 1

/** Width of the text in pixels. */
export const textWidth = (text: string, scale: number): number => (text.length * ADVANCE - 1) * scale

export const textHeight = (scale: number): number => GLYPH_ROWS * scale

/** Draws into a luma plane of `stride` bytes a row, each cell `scale` pixels wide and high. Unknown letters stay blank. */
export function drawText(
  luma: Uint8Array,
  stride: number,
  text: string,
  at: { readonly x: number; readonly y: number; readonly scale: number; readonly level: number },
): void {
  for (const [index, letter] of [...text].entries()) {
    const left = at.x + index * ADVANCE * at.scale
    GLYPHS[letter]?.forEach((bits, row) => {
      for (let column = 0; column < GLYPH_COLUMNS; column++) {
        if (((bits >> (GLYPH_COLUMNS - 1 - column)) & 1) === 0) continue
        const x = left + column * at.scale
        for (let line = 0; line < at.scale; line++) {
          const start = (at.y + row * at.scale + line) * stride + x
          luma.fill(at.level, start, start + at.scale)
        }
      }
    })
  }
}
