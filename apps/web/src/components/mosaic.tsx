/** @module The mosaic: each segment a tile in the colour of the node that made it. */
import type { SegmentView } from '@tessera/protocol/network-view'
import { type KeyboardEvent, useState } from 'react'
import { counted, ether, milliseconds, shortAddress } from '../lib/format.ts'

type MosaicProps = {
  /** Newest first. */
  readonly segments: readonly SegmentView[]
  readonly colours: ReadonlyMap<string, string>
  readonly isLive: boolean
}

/** As many as the gateway tells of. */
const SLOTS = 60
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_at, last) => last,
}

/** One stop of the Tab key; arrow keys move within. A tile that is pointed at or focused is told about in words. */
export function Mosaic({ segments, colours, isLive }: MosaicProps) {
  const [picked, setPicked] = useState<number>()
  const tiles = [...segments].reverse()
  const shown =
    segments.find(({ seq }) => seq === picked) ??
    segments.find(({ state }) => state === 'done') ??
    segments[0]
  const tabStop = tiles.findIndex(({ seq }) => seq === shown?.seq)
  const move = (event: KeyboardEvent<HTMLOListElement>) => {
    const next = MOVES[event.key]?.(Math.max(0, tabStop), tiles.length - 1)
    if (next === undefined) return
    event.preventDefault()
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <>
      <ol className="mosaic" aria-label="Segments, oldest first" onKeyDown={move}>
        {tiles.map((segment, i) => (
          <li key={segment.seq}>
            <Tile
              segment={segment}
              colour={segment.orchestrator && colours.get(segment.orchestrator.toLowerCase())}
              isPicked={segment.seq === picked}
              isTabStop={i === Math.max(0, tabStop)}
              pick={setPicked}
            />
          </li>
        ))}
        {Array.from({ length: Math.max(0, SLOTS - tiles.length) }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: free places have no identity
          <li key={`free ${i}`} className="free" aria-hidden="true" />
        ))}
      </ol>
      <p className="facts told">
        {shown && describe(shown)}
        {!shown && isLive && 'The first segment is being received.'}
        {!shown && !isLive && 'The gateway was restarted since: who made these segments was not kept.'}
      </p>
    </>
  )
}

type TileProps = {
  readonly segment: SegmentView
  readonly colour: string | undefined
  readonly isPicked: boolean
  readonly isTabStop: boolean
  readonly pick: (seq: number | undefined) => void
}

function Tile({ segment, colour, isPicked, isTabStop, pick }: TileProps) {
  const { seq, state, attempts, totalMs, durationMs } = segment
  const load = totalMs === undefined ? 0 : Math.min(1, totalMs / durationMs)
  return (
    <button
      type="button"
      className={`tile ${state} ${attempts > 1 ? 'retried' : ''}`}
      style={{ '--node': colour ?? 'var(--line)', '--load': load }}
      aria-label={describe(segment)}
      aria-pressed={isPicked}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => pick(seq)}
      onBlur={() => pick(undefined)}
      onPointerEnter={() => pick(seq)}
      onPointerLeave={() => pick(undefined)}
    />
  )
}

const STATES: Readonly<Record<SegmentView['state'], string>> = {
  working: 'is being transcoded',
  done: 'done',
  lost: 'was lost',
}

function describe(segment: SegmentView): string {
  const { seq, state, orchestrator, durationMs, attempts, uploadMs, transcodeMs, feeWei, tickets } = segment
  const parts = [`Segment ${seq} ${STATES[state]}${orchestrator ? ` by ${shortAddress(orchestrator)}` : ''}`]
  if (attempts > 1) parts.push(`${attempts} nodes tried`)
  if (state === 'done') {
    parts.push(
      `${milliseconds(transcodeMs)} for ${milliseconds(durationMs)} of video`,
      `sent in ${milliseconds(uploadMs)}`,
    )
  }
  if (feeWei !== undefined) parts.push(ether(feeWei))
  if (tickets !== undefined) parts.push(counted(tickets, 'ticket'))
  return parts.join(' · ')
}
