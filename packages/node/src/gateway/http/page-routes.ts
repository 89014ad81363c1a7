/** @module The built page, from a folder: `/` and its files. */
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Context, Hono } from 'hono'
import { HTTP_ERRORS, sendError } from './http-error.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Names of built files carry a hash of their content below this folder (Vite's rule). */
const HASHED = /^\/assets\//
/** No part starts with a dot, so no path leaves the folder. */
const SAFE_PATH = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tessera gateway</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:.95em}</style>
<h1>The gateway runs; its page is not built</h1>
<p>Build it with <code>npm run build --workspace apps/web</code> in the checkout, or start the network with
<code>./tessera up</code>, which does it for you. Then load this address again.</p>
<p>Streams play without it: <a href="/api/streams">/api/streams</a> lists their HLS addresses.</p>
</html>
`

/** @param folder of the built page; absent or empty: `/` says how to build it. */
export function pageRoutes(folder: string | undefined): Hono {
  const app = new Hono()
  app.get('/', async (context) => {
    const page = await fileIn(folder, '/index.html')
    if (!page) return context.html(NOT_BUILT, 404, { 'Cache-Control': 'no-store' })
    return sendFile(context, '/index.html', page)
  })
  app.get('*', async (context) => {
    const { path } = context.req
    const file = SAFE_PATH.test(path) ? await fileIn(folder, path) : undefined
    return file ? sendFile(context, path, file) : sendError(context, HTTP_ERRORS.notFound)
  })
  return app
}

function sendFile(context: Context, path: string, bytes: Uint8Array<ArrayBuffer>): Response {
  return context.body(bytes, 200, {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Cache-Control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
}

async function fileIn(
  folder: string | undefined,
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (folder === undefined) return undefined
  try {
    return new Uint8Array(await readFile(join(folder, path)))
  } catch {
    // Missing, a folder, or not readable: for a visitor there is nothing at this address.
    return undefined
  }
}
