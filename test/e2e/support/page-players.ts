/** @module What the players of the page show, read off their pictures. */
import { readCounter } from '@tessera/media/source/counter'
import type { Page } from 'playwright-core'

export type Shown = {
  /** Seconds on the player's own timeline. */
  readonly time: number
  /** Of the picture as decoded, in pixels. */
  readonly width: number
  /** Number of the source's frame; undefined when none can be read. */
  readonly frame: number | undefined
}

/** 48 by 27 cells of ten pixels: the grid in which the counter is drawn. */
const CANVAS = { width: 480, height: 270 }
/** The counter lies in here. */
const CROP = { left: 0, top: 230, width: 200, height: 40 }

/** The stream and the AI output at the same moment; a player that is not there is left out. */
export async function readPlayers(page: Page): Promise<{ stream?: Shown; ai?: Shown }> {
  const raw = await page.evaluate(capture, { canvas: CANVAS, crop: CROP })
  return Object.fromEntries(
    raw.map(({ name, luma, ...shown }) => {
      const lumaAt = (x: number, y: number): number => luma[(y - CROP.top) * CROP.width + x - CROP.left] ?? 0
      return [name, { ...shown, frame: readCounter(CANVAS, lumaAt) }]
    }),
  )
}

/** Runs in the page. */
function capture({ canvas, crop }: { canvas: typeof CANVAS; crop: typeof CROP }) {
  return Array.from(document.querySelectorAll<HTMLElement>('figure[data-testid]'), (figure) => {
    const video = figure.querySelector('video')!
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const { data } = context.getImageData(crop.left, crop.top, crop.width, crop.height)
    const luma = Array.from({ length: crop.width * crop.height }, (_, i) => data[4 * i + 1] ?? 0)
    return { name: figure.dataset.testid!, time: video.currentTime, width: video.videoWidth, luma }
  })
}
