/** @module All HTTP routes of the gateway. */
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTP_ERRORS, sendError } from './http-error.ts'
import { type NetworkRouteDeps, networkRoutes } from './network-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { type StreamRouteDeps, streamRoutes } from './stream-routes.ts'

export type HttpAppDeps = StreamRouteDeps & NetworkRouteDeps & { readonly log: Log }

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Everything can be read from any origin: players and pages live elsewhere, and nothing here is secret or writable. */
export function httpApp(config: { readonly pageFolder?: string | undefined }, deps: HttpAppDeps): Hono {
  const app = new Hono()
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'OPTIONS'],
      allowHeaders: ['Range', 'If-None-Match'],
      exposeHeaders: ['Content-Length', 'Content-Range', 'ETag'],
      maxAge: 86_400,
    }),
  )
  app.use(async (context, next) => {
    if (READING.has(context.req.method)) return next()
    return sendError(context, HTTP_ERRORS.methodNotAllowed, { Allow: 'GET, HEAD, OPTIONS' })
  })
  app.route('/', streamRoutes(deps))
  app.route('/', networkRoutes(deps))
  app.route('/', pageRoutes(config.pageFolder))
  app.notFound((context) => sendError(context, HTTP_ERRORS.notFound))
  app.onError((error, context) => {
    deps.log.error({ path: context.req.path, error: describeError(error) }, 'request failed')
    return sendError(context, HTTP_ERRORS.internal)
  })
  return app
}
