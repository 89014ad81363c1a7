/** @module How many tickets an orchestrator has won, from its own books. */
import { get } from 'node:https'
import { MalformedError } from '@tessera/runtime/errors'

const TIMEOUT_MS = 5_000
const MAX_ANSWER_BYTES = 1 << 16

/** `winsStored` of the orchestrator's `GET /status`: what it won and has not lost by a crash. */
export function storedWins(orchestratorUrl: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // Nodes of this network have self-signed certificates.
    const options = { rejectUnauthorized: false, timeout: TIMEOUT_MS }
    const request = get(`${orchestratorUrl}/status`, options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length > MAX_ANSWER_BYTES)
          request.destroy(new MalformedError('status', { url: orchestratorUrl }))
      })
      response.on('end', () => {
        const { winsStored } = JSON.parse(text) as { winsStored?: unknown } // checked on the next line
        if (typeof winsStored === 'number') resolve(winsStored)
        else reject(new MalformedError('status', { url: orchestratorUrl }))
      })
    })
    request.on('timeout', () => request.destroy(new Error('timed out')))
    request.on('error', reject)
  })
}
