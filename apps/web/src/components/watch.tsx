/** @module The two players: the stream with its qualities, and the AI output in step beside it. */
import type { RealtimeView, StreamView } from '@tessera/protocol/network-view'
import { useRef } from 'react'
import { clock, counted, milliseconds, shortAddress } from '../lib/format.ts'
import { type HlsState, useHls } from '../lib/use-hls.ts'
import { type Player, useInStep } from '../lib/use-in-step.ts'

type WatchProps = {
  readonly stream: StreamView
  readonly colours: ReadonlyMap<string, string>
  /** The gateway does not answer. */
  readonly isLost: boolean
}

export function Watch({ stream, colours, isLost }: WatchProps) {
  const video = useRef<HTMLVideoElement>(null)
  const isPlayable = stream.firstPlayableMs !== undefined
  const hls = useHls(video, { path: isPlayable ? stream.hlsPath : undefined, isLive: stream.isLive })
  const { sourceTime } = hls
  return (
    <section className="watch" aria-label={`Stream ${stream.id}`}>
      <figure className="player" data-testid="stream">
        <div className="screen">
          <video
            ref={video}
            controls={isPlayable}
            autoPlay
            muted
            playsInline
            aria-label={`Stream ${stream.id}`}
          />
          <Overlay
            text={isPlayable ? hls.problem : 'The first segment is being transcoded …'}
            isBusy={stream.isLive}
          />
          <StateBadge isLive={stream.isLive} isLost={isLost} />
        </div>
        <StreamCaption stream={stream} hls={hls} />
      </figure>
      {stream.ai && (
        <AiPlayer ai={stream.ai} isLive={stream.isLive} colours={colours} leader={{ video, sourceTime }} />
      )}
    </section>
  )
}

function StateBadge({ isLive, isLost }: { readonly isLive: boolean; readonly isLost: boolean }) {
  if (isLost) return <span className="badge">No connection</span>
  return <span className={`badge ${isLive ? 'live' : ''}`}>{isLive ? 'Live' : 'Ended'}</span>
}

function Overlay({ text, isBusy }: { readonly text: string | undefined; readonly isBusy: boolean }) {
  if (text === undefined) return null
  return (
    <p className="overlay">
      <span>
        {isBusy && <i className="busy" />}
        {text}
      </span>
    </p>
  )
}

function StreamCaption({ stream, hls }: { readonly stream: StreamView; readonly hls: HlsState }) {
  const playing = hls.qualities.find(({ index }) => index === hls.current)
  const { width, height, hasAudio } = stream.source
  const fps = stream.durationMs > 0 ? Math.round((stream.framesIn * 1000) / stream.durationMs) : undefined
  return (
    <figcaption>
      <div className="title">
        <strong>{stream.id}</strong>
        <label className="quality">
          Quality
          <select
            value={hls.chosen}
            disabled={hls.qualities.length === 0}
            onChange={(event) => hls.choose(Number(event.target.value))}
          >
            <option value={-1}>Auto{playing && hls.chosen === -1 ? ` (${playing.label})` : ''}</option>
            {hls.qualities.map(({ index, label }) => (
              <option key={index} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p>
        Published at {width}×{height}
        {fps !== undefined && `, ${fps} pictures a second`}
        {hasAudio ? ', with sound' : ', without sound'}
        {stream.firstPlayableMs !== undefined &&
          `. The first segment could be played ${milliseconds(stream.firstPlayableMs)} after the first byte came in`}
        .
      </p>
      <p className="figures">
        {clock(stream.durationMs)} · {stream.framesIn.toLocaleString('en')} frames ·{' '}
        {stream.segmentsLost === 0 ? (
          'no segment lost'
        ) : (
          <b className="bad">{counted(stream.segmentsLost, 'segment')} lost</b>
        )}
      </p>
    </figcaption>
  )
}

const AI_STATES: Readonly<Record<RealtimeView['state'], string>> = {
  starting: 'The model is loading …',
  running: 'The first pictures are on their way …',
  swapping: 'Moving to another node …',
  ended: 'No picture came back.',
}

type AiPlayerProps = {
  readonly ai: RealtimeView
  readonly isLive: boolean
  readonly colours: ReadonlyMap<string, string>
  readonly leader: Player
}

function AiPlayer({ ai, isLive, colours, leader }: AiPlayerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const hls = useHls(video, { path: ai.isPlayable ? ai.hlsPath : undefined, isLive, isFollower: true })
  useInStep({ video, sourceTime: hls.sourceTime }, leader)
  const isMoving = ai.state === 'swapping' && hls.problem !== undefined
  return (
    <figure className="player" data-testid="ai">
      <div className="screen">
        <video
          ref={video}
          controls={ai.isPlayable}
          autoPlay
          muted
          playsInline
          aria-label={`${ai.pipeline}: AI output`}
        />
        <Overlay text={ai.isPlayable && !isMoving ? hls.problem : AI_STATES[ai.state]} isBusy={isLive} />
        <span className="badge ai">AI</span>
      </div>
      <figcaption>
        <div className="title">
          <strong>{ai.pipeline}</strong>
          {ai.orchestrator && (
            <span className="by">
              <i className="node-dot" style={{ background: colours.get(ai.orchestrator.toLowerCase()) }} />
              <code>{shortAddress(ai.orchestrator)}</code>
            </span>
          )}
        </div>
        <p>{ai.description}</p>
        <p className="figures">
          {ai.framesOut.toLocaleString('en')} of {ai.framesIn.toLocaleString('en')} frames
          {ai.p50Ms !== undefined &&
            ` · median delay ${milliseconds(ai.p50Ms)}, 95 % within ${milliseconds(ai.p95Ms)}`}
          {ai.swaps > 0 && ` · moved to another node ${ai.swaps}×`}
        </p>
      </figcaption>
    </figure>
  )
}
