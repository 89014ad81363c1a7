/** @module The mosaic: each segment a tile in the colour of the node that made it. */
import type { OrchestratorView, SegmentView, StreamView } from '@tessera/protocol/network-view'
import { ether, milliseconds, shortAddress } from '../lib/format.ts'

type SegmentsProps = {
  readonly stream: StreamView
  readonly colours: ReadonlyMap<string, string>
  readonly orchestrators: readonly OrchestratorView[]
}

export function Segments({ stream, colours, orchestrators }: SegmentsProps) {
  const oldestFirst = [...stream.segments].reverse()
  const latest = stream.segments.find(({ state }) => state === 'done')
  return (
    <section className="panel">
      <h2>Segments</h2>
      <p className="lead">
        {stream.segmentsIn.toLocaleString('en')} so far, first playable after{' '}
        {milliseconds(stream.firstPlayableMs)}. Each tile is one segment; its colour is the node that
        transcoded it, its fill how long that took against its playing time.
      </p>
      <ol className="mosaic">
        {oldestFirst.map((segment) => (
          <Tile key={segment.seq} segment={segment} colours={colours} />
        ))}
      </ol>
      <ul className="legend">
        {orchestrators.map(({ address }) => (
          <li key={address}>
            <i className="node-dot" style={{ background: colours.get(address.toLowerCase()) }} />
            {shortAddress(address)}
          </li>
        ))}
        <li>
          <i className="node-dot retried" /> took a second node
        </li>
      </ul>
      {latest && <LatestSegment segment={latest} />}
      <table className="renditions">
        <thead>
          <tr>
            <th scope="col">Rendition</th>
            <th scope="col">Size</th>
            <th scope="col">Segments</th>
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
              <td>{segments}</td>
              <td>{frames.toLocaleString('en')}</td>
              <td>
                {stream.durationMs > 0 ? `${((bytes * 8) / stream.durationMs / 1000).toFixed(2)} Mb/s` : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Tile({
  segment,
  colours,
}: {
  readonly segment: SegmentView
  readonly colours: ReadonlyMap<string, string>
}) {
  const load = segment.totalMs === undefined ? 0 : Math.min(1, segment.totalMs / segment.durationMs)
  const node = segment.orchestrator ? shortAddress(segment.orchestrator) : 'no node yet'
  const title = `Segment ${segment.seq}: ${segment.state}, ${node}, ${milliseconds(segment.totalMs)} for ${milliseconds(segment.durationMs)}${
    segment.attempts > 1 ? `, ${segment.attempts} nodes tried` : ''
  }`
  return (
    <li
      className={`tile ${segment.state} ${segment.attempts > 1 ? 'retried' : ''}`}
      style={{
        '--node': segment.orchestrator ? colours.get(segment.orchestrator.toLowerCase()) : 'var(--line)',
        '--load': load,
      }}
      title={title}
      aria-label={title}
    />
  )
}

function LatestSegment({ segment }: { readonly segment: SegmentView }) {
  return (
    <p className="facts">
      Segment {segment.seq}: upload {milliseconds(segment.uploadMs)}, transcode{' '}
      {milliseconds(segment.transcodeMs)}
      {segment.feeWei !== undefined && `, ${ether(segment.feeWei)}`}
      {segment.tickets !== undefined && ` in ${segment.tickets} tickets`}
    </p>
  )
}
