import { setTimeout as sleep } from 'node:timers/promises'
import type { NetworkView } from '@tessera/protocol/network-view'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlayers, type Shown } from './support/page-players.ts'
import { Stage } from './support/page-stage.ts'

// One network, one stream and one page for all of the tests, in order: starting them is most of the work.

const FPS = 25
/** Large enough for a ladder of two sizes. */
const SIZE = { width: 854, height: 480 }
const OTHER_SIZE = { width: 640, height: 360 }
/** Generous: other programs may have the processor. */
const PATIENCE_MS = 60_000

let stage: Stage
let page: Page
let complaints: string[]

beforeAll(async () => {
  stage = await Stage.open({ portBase: 27_400 })
  ;({ page, complaints } = await stage.visit())
})

afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
})

/** Asks until `pick` finds something. */
async function until<T>(what: string, pick: () => Promise<T | undefined | false>): Promise<T> {
  const start = performance.now()
  while (performance.now() - start < PATIENCE_MS) {
    const found = await pick()
    if (found !== undefined && found !== false) return found
    await sleep(200)
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${what}.`)
}

type Readable = Shown & { readonly frame: number }

function shown(player: 'stream' | 'ai', from = Number.NEGATIVE_INFINITY): Promise<Readable> {
  return until(`a picture of the ${player} player after frame ${from}`, async () => {
    const read = (await readPlayers(page))[player]
    return read?.frame !== undefined && read.frame > from && { ...read, frame: read.frame }
  })
}

async function view(): Promise<NetworkView> {
  const response = await fetch(new URL('/api/network', stage.network.urls.watch))
  return (await response.json()) as NetworkView
}

const ticketsSent = async (): Promise<number> =>
  Number(((await page.locator('.funnel li b').first().textContent()) ?? '').replaceAll(',', ''))

test('says how to publish while nothing is live, and shows the orchestrators', async () => {
  await page.getByRole('heading', { name: 'Nothing is live yet' }).waitFor()
  expect(await page.getByText(stage.network.urls.publish).count()).toBeGreaterThan(0)
  expect(await page.locator('.node').count()).toBe(2)
  expect(complaints).toEqual([])
})

test('plays a published stream, picture after picture', async () => {
  await stage.publish(SIZE)
  let last = await shown('stream')
  for (let i = 0; i < 4; i++) {
    const next = await shown('stream', last.frame + 10)
    const bySeconds = (next.time - last.time) * FPS
    expect(Math.abs(next.frame - last.frame - bySeconds)).toBeLessThanOrEqual(3)
    last = next
  }
  expect(last.frame).toBeLessThanOrEqual((await view()).streams[0]!.framesIn)
  expect(complaints).toEqual([])
})

test('plays the AI output at the same picture as the stream', async () => {
  await shown('ai')
  const apart = await until('the two players to be in step', async () => {
    const { stream, ai } = await readPlayers(page)
    if (stream?.frame === undefined || ai?.frame === undefined) return undefined
    const frames = Math.abs(stream.frame - ai.frame)
    return frames <= 4 && { frames }
  })
  expect(apart.frames).toBeLessThanOrEqual(4)
  expect(complaints).toEqual([])
})

test('changes the quality without losing the place', async () => {
  const choice = page.getByRole('combobox', { name: 'Quality' })
  const before = await shown('stream')
  await choice.selectOption('360p')
  const smaller = await until('a smaller picture', async () => {
    const { stream } = await readPlayers(page)
    return stream && stream.width > 0 && stream.width < before.width && stream
  })
  expect(smaller.time).toBeGreaterThanOrEqual(before.time)
  expect((await shown('stream', before.frame + 2 * FPS)).width).toBe(smaller.width)
  await choice.selectOption('source')
  await until('the first size', async () => (await readPlayers(page)).stream?.width === before.width)
  expect(complaints).toEqual([])
})

test('follows the network: segments, tickets, stake, price', async () => {
  const tiles = page.getByRole('button', { name: /^Segment \d+/ })
  const [tilesBefore, ticketsBefore] = [await tiles.count(), await ticketsSent()]
  await until('more segments', async () => (await tiles.count()) > tilesBefore)
  await until('more tickets', async () => (await ticketsSent()) > ticketsBefore)
  const { orchestrators } = await view()
  const cards = await page.locator('.node').allInnerTexts()
  for (const [k, card] of cards.entries()) {
    const stake = BigInt(orchestrators[k]!.stakeLpt) / 10n ** 18n
    expect(card).toMatch(new RegExp(`${String(stake).slice(0, 1)},\\d{3},\\d{3} LPT`))
    expect(card).toMatch(/[\d.]+ µETH\s+per million pixels/)
  }
  await until('a redemption', async () => (await page.getByText(/^0x\w{4}…\w{4}$/).count()) > 6)
  expect(complaints).toEqual([])
})

test('every control can be reached with the Tab key, and the tiles with arrows', async () => {
  await page.locator('video').first().focus()
  const focused = () =>
    page.evaluate(() => {
      const { tagName, className } = document.activeElement ?? document.body
      return tagName === 'BUTTON' ? `${tagName} ${className}` : tagName
    })
  const reached = new Set<string>()
  // The browser's own controls inside of the players take several stops each.
  for (let i = 0; i < 40 && !reached.has('A'); i++) {
    await page.keyboard.press('Tab')
    reached.add(await focused())
  }
  expect([...reached].map((name) => name.split(' ')[0])).toEqual(
    expect.arrayContaining(['VIDEO', 'SELECT', 'BUTTON', 'A']),
  )
  await page.locator('.tile[tabindex="0"]').focus()
  await page.keyboard.press('Home')
  expect(await page.locator('.told').textContent()).toContain('Segment 0 ')
  await page.keyboard.press('ArrowRight')
  expect(await page.locator('.told').textContent()).toContain('Segment 1 ')
})

test('fits on a phone', async () => {
  const phone = await stage.visit({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  await phone.page.locator('.tile').first().waitFor()
  const { wide, room } = await phone.page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }))
  expect(wide).toBeLessThanOrEqual(room)
  expect(phone.complaints).toEqual([])
  await phone.page.close()
})

test('says that the gateway is gone, and goes on when it and the stream are back', async () => {
  stage.network.gateway.kill()
  const alarm = page.getByRole('alert').filter({ hasText: 'does not answer' })
  await alarm.waitFor({ timeout: PATIENCE_MS })
  expect(await page.locator('.node').count()).toBe(2)
  await stage.network.restartGateway()
  await alarm.waitFor({ state: 'hidden', timeout: PATIENCE_MS })
  await stage.publish(OTHER_SIZE)
  await page.locator('.badge.live').waitFor({ timeout: PATIENCE_MS })
  const first = await until('the new scene', async () => {
    const { stream } = await readPlayers(page)
    return stream?.width === OTHER_SIZE.width && stream.frame !== undefined && { frame: stream.frame }
  })
  await shown('stream', first.frame + FPS)
})
