/** @module Names and numbers of the trickle protocol (go-livepeer wire, package trickle). */

/** Header names, lower case as Node reports them. HTTP compares them without case. */
export const TRICKLE_HEADERS = {
  /** Number of the segment a reply is about. On every 200. */
  seq: 'lp-trickle-seq',
  /** Number of the segment that is written next. */
  latest: 'lp-trickle-latest',
  /** Present, with the value `terminated`, when the channel is gone. */
  closed: 'lp-trickle-closed',
  /** On a publish: close all held segments with smaller numbers. */
  reset: 'lp-trickle-reset',
  /** On a create: media type of the channel. */
  expectContent: 'expect-content',
} as const

export const TERMINATED = 'terminated'
/** Subscribe to the segment that is produced next. */
export const NEXT_SEGMENT = -1
/** Subscribe to the segment being written now, from its start. */
export const CURRENT_SEGMENT = -2
/** Status of a read of a segment that is neither held nor next. */
export const STATUS_NO_ENTRY = 470
export const MPEG_TS_TYPE = 'video/MP2T'
export const JSON_TYPE = 'application/json'

const INDEX = /^-?\d{1,15}$/

/** A segment number in a path or header, or undefined when the text is not one. */
export function parseIndex(text: string | readonly string[] | undefined): number | undefined {
  return typeof text === 'string' && INDEX.test(text) ? Number(text) : undefined
}
