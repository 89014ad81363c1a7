/** @module One RTMP connection: handshake, commands, then media, in order. */
import type { Socket } from 'node:net'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { decodeAmf0 } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import { writeChunks } from './chunk-writer.ts'
import { type CommandPort, commandHandler } from './commands.ts'
import { Handshake } from './handshake.ts'
import {
  acknowledgement,
  EVENT,
  MESSAGE,
  OUTGOING_CHUNK_BYTES,
  type RtmpMessage,
  status,
  streamBegin,
  userControl,
} from './messages.ts'
import type { Publication } from './publication.ts'
import {
  PlayNotSupportedError,
  PublisherTimeoutError,
  StreamDroppedError,
  UnexpectedMessageError,
} from './rtmp-errors.ts'
import { Watchdog } from './watchdog.ts'

export type SessionConfig = {
  readonly handshakeTimeoutMs: number
  /** From the handshake to an accepted `publish`. */
  readonly setupTimeoutMs: number
  /** Between two media messages. */
  readonly idleTimeoutMs: number
}

export type SessionDeps = {
  readonly clock: Clock
  readonly log: Log
  /** Decides who may publish, and starts the publication. */
  claim(request: { readonly app: string; readonly name: string }): Promise<Publication | BaseError>
}

/** A peer that does not read its answers. */
const MAX_UNREAD_BYTES = 1024 * 1024
/** After a refusal the peer gets this long to read why. */
const LINGER_MS = 1_000

export class RtmpSession {
  readonly #socket: Socket
  readonly #deps: SessionDeps
  readonly #config: SessionConfig
  readonly #handshake = new Handshake()
  readonly #reader = new ChunkReader()
  readonly #watchdog: Watchdog
  #phase: 'handshake' | 'setup' | 'publishing' | 'closing' = 'handshake'
  #app = ''
  #publication: Publication | undefined
  #received = 0
  #acknowledged = 0
  #ackWindow = Number.POSITIVE_INFINITY

  constructor(socket: Socket, config: SessionConfig, deps: SessionDeps) {
    this.#socket = socket
    this.#config = config
    this.#deps = deps
    this.#watchdog = new Watchdog(deps.clock, () => this.#onTimeout())
  }

  /** Ends when the connection has ended, however that came; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const onAbort = (): void => {
      // First, for a consumer that is behind holds the reading loop.
      this.#endPublication()
      this.#socket.destroy()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#watchdog.expectWithin(this.#config.handshakeTimeoutMs)
    const watching = this.#watchdog.run()
    try {
      for await (const bytes of this.#socket) await this.#receive(bytes)
    } catch (error) {
      this.#onSocketError(error)
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.#watchdog.stop()
      this.#endPublication()
      this.#socket.destroy()
      await watching
    }
  }

  async #receive(bytes: Uint8Array): Promise<void> {
    if (this.#phase === 'closing') return
    try {
      this.#received += bytes.length
      const rest = this.#phase === 'handshake' ? this.#shakeHands(bytes) : bytes
      if (rest) for (const message of this.#reader.push(rest)) await this.#handle(message)
      this.#acknowledge()
    } catch (error) {
      this.#refuse(error)
    }
  }

  #shakeHands(bytes: Uint8Array): Uint8Array | undefined {
    const { reply, rest } = this.#handshake.push(bytes)
    if (reply) this.#socket.write(reply)
    if (!rest) return undefined
    this.#phase = 'setup'
    this.#watchdog.expectWithin(this.#config.setupTimeoutMs)
    return rest
  }

  async #handle(message: RtmpMessage): Promise<void> {
    if (this.#isClosing()) return
    const { type, payload } = message
    if (type === MESSAGE.audio || type === MESSAGE.video) return this.#takeMedia(message)
    if (type === MESSAGE.commandAmf0) return this.#command(payload)
    if (type === MESSAGE.dataAmf0) return this.#takeData(message)
    // With object encoding 3 a byte precedes what is AMF0 in every encoder that publishes.
    if (type === MESSAGE.commandAmf3) return this.#command(payload.subarray(1))
    if (type === MESSAGE.dataAmf3) return this.#takeData({ ...message, payload: payload.subarray(1) })
    if (type === MESSAGE.userControl) return this.#userControl(payload)
    if (type === MESSAGE.windowAckSize && payload.length >= 4) {
      this.#ackWindow = Math.max(1, new DataView(payload.buffer, payload.byteOffset).getUint32(0))
    }
    if (type === MESSAGE.aggregate) throw new UnexpectedMessageError('aggregate messages')
  }

  async #takeMedia(message: RtmpMessage): Promise<void> {
    const publication = this.#publication
    // Encoders flush a few messages after they unpublish.
    if (!publication) return
    this.#watchdog.pause()
    const isTaken = await publication.take(message)
    if (this.#isClosing()) return
    this.#watchdog.expectWithin(this.#config.idleTimeoutMs)
    if (!isTaken) throw new StreamDroppedError()
  }

  async #takeData(message: RtmpMessage): Promise<void> {
    await this.#publication?.take(message)
  }

  #userControl(payload: Uint8Array): void {
    const event = payload.length >= 6 ? (payload[0]! << 8) | payload[1]! : undefined
    if (event === EVENT.pingRequest) this.#send(userControl(EVENT.pingResponse, payload.slice(2, 6)))
  }

  async #command(payload: Uint8Array): Promise<void> {
    const [name, transaction, ...values] = decodeAmf0(payload)
    if (typeof name !== 'string' || typeof transaction !== 'number') {
      throw new UnexpectedMessageError('a command without a name')
    }
    await commandHandler(name)(this.#commandPort, transaction, values)
  }

  readonly #commandPort: CommandPort = {
    connect: (app) => {
      this.#app = app
    },
    publish: (name) => this.#publish(name),
    unpublish: () => this.#unpublish(),
    send: (...messages) => this.#send(...messages),
  }

  async #publish(name: string): Promise<void> {
    if (this.#publication) throw new UnexpectedMessageError('a second publish on one connection')
    this.#watchdog.pause()
    const claimed = await this.#deps.claim({ app: this.#app, name })
    if (claimed instanceof Error) throw claimed
    if (this.#socket.destroyed) return claimed.end()
    this.#publication = claimed
    this.#phase = 'publishing'
    claimed.aborted.addEventListener('abort', () => this.#refuse(claimed.aborted.reason), { once: true })
    this.#watchdog.expectWithin(this.#config.idleTimeoutMs)
    this.#send(streamBegin(), status('status', 'NetStream.Publish.Start', 'The stream is live.'))
    if (claimed.aborted.aborted) this.#refuse(claimed.aborted.reason)
  }

  #unpublish(): void {
    if (!this.#publication) return
    this.#endPublication()
    this.#phase = 'setup'
    this.#watchdog.expectWithin(this.#config.setupTimeoutMs)
    this.#send(status('status', 'NetStream.Unpublish.Success', 'The stream has ended.'))
  }

  #endPublication(error?: BaseError): void {
    this.#publication?.end(error)
    this.#publication = undefined
  }

  /** Says why, stops listening, and closes once the peer has read it or a second has passed. One log line. */
  #refuse(reason: unknown): void {
    if (this.#isClosing()) return
    const error = BaseError.isInstance(reason) ? reason : undefined
    const fields = { code: error?.code ?? 'INTERNAL', reason: describeError(reason), app: this.#app }
    if (error) this.#deps.log.warn(fields, 'RTMP connection closed')
    else this.#deps.log.error({ ...fields, error: reason }, 'RTMP connection failed')
    const isInDialogue = this.#phase !== 'handshake'
    this.#phase = 'closing'
    this.#endPublication(error ?? new UnexpectedMessageError('what the server failed to handle'))
    if (isInDialogue) {
      const code =
        error instanceof PlayNotSupportedError ? 'NetStream.Play.Failed' : 'NetStream.Publish.BadName'
      this.#send(status('error', code, describeError(error ?? 'internal error').slice(0, 1000)))
    }
    this.#socket.end()
    this.#watchdog.expectWithin(LINGER_MS)
  }

  #onTimeout(): void {
    if (this.#phase === 'closing') {
      this.#socket.destroy()
      return
    }
    // A publisher that fell silent sent nothing wrong: its stream ends, and what came is good.
    if (this.#phase === 'publishing') this.#endPublication()
    const [waitingFor, timeoutMs] = {
      handshake: ['handshake', this.#config.handshakeTimeoutMs] as const,
      setup: ['publish', this.#config.setupTimeoutMs] as const,
      publishing: ['media', this.#config.idleTimeoutMs] as const,
    }[this.#phase]
    this.#refuse(new PublisherTimeoutError(waitingFor, timeoutMs))
  }

  #onSocketError(error: unknown): void {
    if (this.#phase === 'closing') return
    this.#deps.log.debug({ reason: describeError(error) }, 'RTMP connection lost')
  }

  #acknowledge(): void {
    if (this.#received - this.#acknowledged < this.#ackWindow) return
    this.#acknowledged = this.#received
    this.#send(acknowledgement(this.#received))
  }

  #send(...messages: readonly RtmpMessage[]): void {
    for (const message of messages) this.#socket.write(writeChunks(message, OUTGOING_CHUNK_BYTES))
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) this.#socket.destroy()
  }

  #isClosing(): boolean {
    return this.#phase === 'closing'
  }
}
