/** @module The answer to `POST /live-video-to-video`: parsed once, for both sides of the wire. */
import { MalformedError } from '@tessera/runtime/errors'
import { z } from 'zod'
import type { RealtimeChannels } from './orchestrator-api.ts'

const url = z.url({ protocol: /^https?$/ }).max(1024)
const answerSchema = z.object({
  publish_url: url,
  subscribe_url: url,
  control_url: url,
  events_url: url,
  manifest_id: z.string().min(1).max(128),
})

/**
 * Channels must lie on the orchestrator itself: a gateway does not fetch what a peer points at elsewhere.
 * @throws {MalformedError}
 */
export function parseRealtimeChannels(body: Uint8Array, orchestratorUrl: string): RealtimeChannels {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(body))
  } catch (cause) {
    throw new MalformedError('realtime answer', { bytes: body.length }, cause)
  }
  const parsed = answerSchema.safeParse(json)
  if (!parsed.success) throw new MalformedError('realtime answer', {}, parsed.error)
  const { publish_url, subscribe_url, control_url, events_url, manifest_id } = parsed.data
  const { host } = new URL(orchestratorUrl)
  for (const channel of [publish_url, subscribe_url, control_url, events_url]) {
    if (new URL(channel).host !== host) throw new MalformedError('realtime answer: channel on another host')
  }
  return {
    manifestId: manifest_id,
    publishUrl: publish_url,
    subscribeUrl: subscribe_url,
    controlUrl: control_url,
    eventsUrl: events_url,
  }
}

export function realtimeAnswer(channels: RealtimeChannels): Record<string, string> {
  return {
    publish_url: channels.publishUrl,
    subscribe_url: channels.subscribeUrl,
    control_url: channels.controlUrl,
    events_url: channels.eventsUrl,
    manifest_id: channels.manifestId,
  }
}
