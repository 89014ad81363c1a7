/** @module A chain to connect to: by URL, and where a process of the local network was told that it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { systemClock } from '@tessera/runtime/clock'
import { UsageError } from './problems.ts'

export type LocalEnd = { readonly rpcUrl: string; readonly controller: string }

/** @param option that gave the URL. @throws {UsageError} for no such URL, and as `ChainClient.connect`. */
export function connectTo(url: string, option: string): Promise<ChainClient> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`${option} must be a URL that starts with http:// or https://.`)
  }
  return ChainClient.connect({ url }, { clock: systemClock })
}

/** From the settings file of a role; nothing when that was never started in this data folder. */
export function localEnd(data: string, role: string, field: string): LocalEnd | undefined {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(data, 'config', `${role}.json`), 'utf8'))
    if (typeof settings !== 'object' || settings === null) return undefined
    const end: unknown = Object.hasOwn(settings, field) ? Reflect.get(settings, field) : undefined
    const { rpcUrl, controller } = { rpcUrl: undefined, controller: undefined, ...Object(end) }
    return typeof rpcUrl === 'string' && typeof controller === 'string' ? { rpcUrl, controller } : undefined
  } catch {
    return undefined
  }
}
