/** @module The two players: the stream with its qualities, and the AI output beside it. */
import type { StreamView } from '@tessera/protocol/network-view'
import { useRef } from 'react'
import { clock, milliseconds, shortAddress } from '../lib/format.ts'
import { useHls } from '../lib/use-hls.ts'

type WatchProps = { readonly stream: StreamView; readonly colours: ReadonlyMap<string, string> }

export function Watch({ stream, colours }: WatchProps) {
  return (
    <section className="watch" aria-label={`Stream ${stream.id}`}>
      <StreamPlayer stream={stream} />
      {stream.ai && <AiPlayer ai={stream.ai} colours={colours} />}
    </section>
  )
}

function StreamPlayer({ stream }: { readonly stream: StreamView }) {
  const video = useRef<HTMLVideoElement>(null)
  const isPlayable = stream.firstPlayableMs !== undefined
  const hls = useHls(video, isPlayable ? stream.hlsPath : undefined)
  const playing = hls.qualities.find(({ index }) => index === hls.current)
  const waiting = isPlayable ? hls.problem : 'The first segments are on their way …'
  return (
    <figure className="player" data-testid="stream">
      <div className="screen">
        <video ref={video} controls autoPlay muted playsInline />
        {waiting && <p className="overlay">{waiting}</p>}
        <span className={`badge ${stream.isLive ? 'live' : ''}`}>{stream.isLive ? 'Live' : 'Ended'}</span>
      </div>
      <figcaption>
        <strong>{stream.id}</strong>
        <span>
          {stream.source.width}×{stream.source.height} in, {clock(stream.durationMs)},{' '}
          {stream.framesIn.toLocaleString('en')} frames
          {stream.segmentsLost > 0 && <b className="bad"> · {stream.segmentsLost} segments lost</b>}
        </span>
        <label className="quality">
          Quality
          <select value={hls.chosen} onChange={(event) => hls.choose(Number(event.target.value))}>
            <option value={-1}>Auto{playing ? ` (${playing.label})` : ''}</option>
            {hls.qualities.map(({ index, label }) => (
              <option key={index} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </figcaption>
    </figure>
  )
}

function AiPlayer({
  ai,
  colours,
}: {
  readonly ai: NonNullable<StreamView['ai']>
  readonly colours: ReadonlyMap<string, string>
}) {
  const video = useRef<HTMLVideoElement>(null)
  const hls = useHls(video, ai.framesOut > 0 ? ai.hlsPath : undefined)
  const note = {
    starting: 'Starting …',
    swapping: 'Moving to another node …',
    running: undefined,
    ended: undefined,
  }[ai.state]
  const waiting = ai.framesOut > 0 ? hls.problem : (note ?? 'No frame came back.')
  return (
    <figure className="player" data-testid="ai">
      <div className="screen">
        <video ref={video} controls autoPlay muted playsInline />
        {waiting && <p className="overlay">{waiting}</p>}
        <span className="badge ai">AI</span>
      </div>
      <figcaption>
        <strong>{ai.pipeline}</strong>
        <span>{ai.description}</span>
        <span className="facts">
          {ai.orchestrator && (
            <>
              <i className="node-dot" style={{ background: colours.get(ai.orchestrator.toLowerCase()) }} />
              {shortAddress(ai.orchestrator)} ·{' '}
            </>
          )}
          {ai.framesOut.toLocaleString('en')} of {ai.framesIn.toLocaleString('en')} frames · median{' '}
          {milliseconds(ai.p50Ms)}, 95 % within {milliseconds(ai.p95Ms)}
          {ai.swaps > 0 && ` · moved ${ai.swaps}×`}
        </span>
      </figcaption>
    </figure>
  )
}
