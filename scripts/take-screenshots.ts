/**
 * @module Takes the pictures of the page that the documentation shows: starts a network, publishes the generated scene,
 * waits until there is something to see. `node scripts/take-screenshots.ts [folder, default docs/images]`
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NetworkView } from '@tessera/protocol/network-view'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { readPlayers } from '../test/e2e/support/page-players.ts'
import { Stage } from '../test/e2e/support/page-stage.ts'
import { indexedPng } from './indexed-png.ts'

const SCENE = { width: 1280, height: 720 }
const SEGMENTS = 20
/** Browsers show the controls of a player for some seconds after it began. */
const CONTROLS_MS = 8_000
const PATIENCE_MS = 180_000

type Picture = { readonly name: string; readonly look: BrowserContextOptions }

const PICTURES: readonly Picture[] = [
  { name: 'page.png', look: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } },
  { name: 'page-dark.png', look: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' } },
]

const folder = process.argv[2] ?? 'docs/images'
mkdirSync(folder, { recursive: true })
{
  await using stage = await Stage.open({ portBase: 27_600 })
  console.log('publishing the scene …')
  await stage.publish(SCENE)
  await until(() => isWorthSeeing(stage.network.urls.watch))
  for (const { name, look } of PICTURES) {
    const { page } = await stage.visit(look)
    await until(() => isInStep(page))
    const path = join(folder, name)
    await page.screenshot({ path, fullPage: true })
    await page.close()
    writeFileSync(path, await indexedPng(path))
    console.log(path)
  }
}
process.exit() // native libraries may hold the event loop

/** Both orchestrators made segments, tickets were redeemed, and the AI runs. */
async function isWorthSeeing(watch: string): Promise<boolean> {
  const response = await fetch(new URL('/api/network', watch))
  const { streams, orchestrators, payments } = (await response.json()) as NetworkView // our own gateway's JSON
  const done = streams[0]?.segments.filter(({ state }) => state === 'done').length ?? 0
  return (
    done >= SEGMENTS &&
    orchestrators.every(({ segments }) => segments > 2) &&
    payments.redeemed > 4 &&
    streams[0]?.ai?.state === 'running'
  )
}

/** Both players show the same picture, and no longer their controls. */
async function isInStep(page: Page): Promise<boolean> {
  const { stream, ai } = await readPlayers(page)
  const isCalm = await page.evaluate((ms) => performance.now() > ms, CONTROLS_MS)
  return (
    isCalm && stream?.frame !== undefined && ai?.frame !== undefined && Math.abs(stream.frame - ai.frame) <= 1
  )
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const start = performance.now()
  while (!(await isSo())) {
    if (performance.now() - start > PATIENCE_MS) {
      throw new Error('The network did not get that far in three minutes. Is the machine busy?')
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
