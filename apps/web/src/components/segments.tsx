/** @module What became of the stream's segments: the mosaic, swaps, renditions. */
import type { OrchestratorView, StreamView, SwapView } from '@tessera/protocol/network-view'
import { milliseconds, shortAddress } from '../lib/format.ts'
import { Mosaic } from './mosaic.tsx'

type SegmentsProps = {
  readonly stream: StreamView
  readonly colours: ReadonlyMap<string, string>
  readonly orchestrators: readonly OrchestratorView[]
}

export function Segments({ stream, colours, orchestrators }: SegmentsProps) {
  return (
    <section className="panel split">
      <div>
        <h2>
          Segments <small>{stream.segmentsIn.toLocaleString('en')} so far</small>
        </h2>
        <p className="lead">
          Each tile is a segment, in the colour of the node that transcoded it. The fuller the tile, the
          longer that took; a full one took as long as it plays.
        </p>
        <Mosaic segments={stream.segments} colours={colours} isLive={stream.isLive} />
        <Legend stream={stream} colours={colours} orchestrators={orchestrators} />
        <Swaps swaps={stream.swaps} />
      </div>
      <Renditions stream={stream} />
    </section>
  )
}

function Legend({ stream, colours, orchestrators }: SegmentsProps) {
  return (
    <ul className="legend">
      {orchestrators.map(({ address }) => (
        <li key={address}>
          <i className="node-dot" style={{ background: colours.get(address.toLowerCase()) }} />
          <code>{shortAddress(address)}</code>
        </li>
      ))}
      {stream.segments.some(({ attempts }) => attempts > 1) && (
        <li>
          <i className="node-dot retried" />
          needed a second node
        </li>
      )}
      {stream.segments.some(({ state }) => state === 'lost') && (
        <li>
          <i className="node-dot lost" />
          lost
        </li>
      )}
    </ul>
  )
}

function Swaps({ swaps }: { readonly swaps: readonly SwapView[] }) {
  if (swaps.length === 0) return null
  return (
    <ul className="swaps">
      {swaps.slice(0, 3).map(({ seq, from, to, ms }) => (
        <li key={`${seq} ${from} ${to} ${ms}`}>
          Segment {seq}: <code>{shortAddress(from)}</code> did not deliver in time,{' '}
          <code>{shortAddress(to)}</code> did {milliseconds(ms)} later.
        </li>
      ))}
    </ul>
  )
}

function Renditions({ stream }: { readonly stream: StreamView }) {
  return (
    <div>
      <h2>Renditions</h2>
      {stream.renditions.length === 0 ? (
        <p className="lead">They are listed with the first segment.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Size</th>
              <th scope="col">Frames</th>
              <th scope="col">Bitrate</th>
            </tr>
          </thead>
          <tbody>
            {stream.renditions.map(({ name, width, height, segments, frames, bytes }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {width}×{height}
                </td>
                <td>{frames.toLocaleString('en')}</td>
                <td>{bitrate(bytes, (stream.durationMs * segments) / stream.segmentsIn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function bitrate(bytes: number, durationMs: number): string {
  return durationMs > 0 ? `${((bytes * 8) / durationMs / 1000).toFixed(2)} Mb/s` : '–'
}
