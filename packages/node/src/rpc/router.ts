/** @module Chooses a handler by method and path; turns what a handler throws into an answer. */
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { HttpRefusal, type HttpRequest, type HttpResponse, pathOf, sendText } from './http-message.ts'

/** `rest` is the path after the route's own, without the leading slash. */
export type HttpHandler = (request: HttpRequest, response: HttpResponse, rest: string) => Promise<void>

export type Route = {
  /** Absent: any. */
  readonly method?: 'GET' | 'POST'
  /** The whole path; with a slash at the end, also everything below. */
  readonly path: string
  readonly handle: HttpHandler
}

const STATUS_OF: Readonly<Record<string, number>> = { MALFORMED: 400, BODY_TOO_LARGE: 413 }

/** Longest match wins. Unknown path: 404; known path, other method: 405. */
export class Router {
  readonly #routes: readonly Route[]
  readonly #log: Log

  constructor(routes: readonly Route[], log: Log) {
    this.#routes = routes.toSorted((a, b) => b.path.length - a.path.length)
    this.#log = log
  }

  async handle(request: HttpRequest, response: HttpResponse): Promise<void> {
    try {
      const path = pathOf(request)
      const matching = this.#routes.filter((route) => matches(route.path, path))
      const route = matching.find(({ method }) => method === undefined || method === request.method)
      if (!route && matching.length > 0) throw new HttpRefusal(405, 'Method Not Allowed')
      if (!route) throw new HttpRefusal(404, '404 page not found')
      await route.handle(request, response, path.slice(route.path.length))
    } catch (error) {
      this.#answerError(request, response, error)
    }
  }

  #answerError(request: HttpRequest, response: HttpResponse, error: unknown): void {
    const where = { method: request.method, path: pathOf(request) }
    if (error instanceof HttpRefusal) {
      this.#log.debug({ ...where, status: error.status, text: error.message }, 'request refused')
      sendText(response, error.status, error.message)
    } else if (BaseError.isInstance(error) && Object.hasOwn(STATUS_OF, error.code)) {
      sendText(response, STATUS_OF[error.code] ?? 400, error.message)
    } else {
      this.#log.error({ ...where, error }, 'request failed')
      if (response.headersSent) response.destroy()
      else sendText(response, 500, 'Internal Server Error')
    }
  }
}

function matches(route: string, path: string): boolean {
  return route.endsWith('/') ? path.startsWith(route) : path === route
}
