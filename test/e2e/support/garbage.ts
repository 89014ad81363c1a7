/** @module Talks nonsense to ports, and listens to what comes back. */
import { connect } from 'node:net'

/** Bytes that are no protocol: different every time, the same for the same seed. */
export function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** Sends and hangs up, or is hung up on; resolves to the first bytes of the answer as text. */
export function shout(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    socket.setTimeout(10_000, () => socket.destroy())
    socket.on('data', (part) => {
      answer = (answer + part.toString('latin1')).slice(0, 2_000)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}
