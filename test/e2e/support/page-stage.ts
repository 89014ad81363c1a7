/** @module A local network, published scenes and a real browser, for looking at the page as people do. */
import chromium from '@sparticuz/chromium'
import { publishSource } from '@tessera/media/source/publish-source'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import { DataFolder } from '../../../apps/cli/src/network/data-folder.ts'
import { LocalNetwork } from '../../../apps/cli/src/network/local-network.ts'
import { networkPorts } from '../../../apps/cli/src/network/ports.ts'

export type SceneSize = { readonly width: number; readonly height: number }

/** Longer than any look at it; scenes end when their stage does. */
const SCENE_SECONDS = 600

export class Stage implements AsyncDisposable {
  readonly network: LocalNetwork
  readonly browser: Browser
  readonly #opened: AsyncDisposableStack

  private constructor(network: LocalNetwork, browser: Browser, opened: AsyncDisposableStack) {
    this.network = network
    this.browser = browser
    this.#opened = opened
  }

  /** Two orchestrators on the ports from `portBase` on. */
  static async open(config: { readonly portBase: number }): Promise<Stage> {
    await using opened = new AsyncDisposableStack()
    const data = opened.use(DataFolder.open({ path: '', ephemeral: true }))
    const ports = networkPorts({ base: config.portBase, orchestrators: 2 })
    const network = opened.use(
      await LocalNetwork.start({ ports, data, verbose: false }, { progress: () => undefined }),
    )
    // The library's own arguments put all pages into one process, which does not bear several of them.
    const browser = await driver.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox'],
    })
    opened.defer(() => browser.close())
    return new Stage(network, browser, opened.move())
  }

  /** Publishes the generated scene in real time. Resolves when the gateway took it; the function stops it. */
  async publish(size: SceneSize): Promise<() => void> {
    const stop = new AbortController()
    this.#opened.defer(() => stop.abort(new Error('The stage was closed.')))
    await new Promise<void>((resolve, reject) => {
      publishSource(
        { url: this.network.urls.publish, seconds: SCENE_SECONDS, ...size },
        { signal: stop.signal, clock: systemClock, log: silentLog, onStarted: resolve },
      ).catch(reject)
    })
    return () => stop.abort(new Error('The scene was stopped.'))
  }

  /** Opens the page; `complaints` grows with whatever goes wrong in it. */
  async visit(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'failed'
      // A player gives up requests when it changes its mind about the quality.
      if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${reason}`)
    })
    await page.goto(this.network.urls.watch)
    return { page, complaints }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync()
  }
}
