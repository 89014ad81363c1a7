/** @module Sizes beyond which bytes from a peer are refused before they are parsed. */

/** Tickets with the same parameters that an orchestrator accepts (go-livepeer's rule). */
export const MAX_TICKETS_PER_PARAMS = 600
/** 600 tickets take about 44 kB before base64. */
export const MAX_PAYMENT_BYTES: number = 96 * 1024
export const MAX_SEGMENT_ORDER_BYTES: number = 64 * 1024
export const MAX_ORCHESTRATOR_INFO_BYTES: number = 256 * 1024
export const MAX_TRANSCODE_RESULT_BYTES: number = 512 * 1024
/** Renditions of one segment. */
export const MAX_PROFILES = 32
export const MAX_CAPABILITY_WORDS = 16
export const MAX_CAPABILITY_ENTRIES = 1024
export const MAX_NODES = 64
export const MAX_TEXT = 1024
/** 5 minutes: the longest segment of the wire. */
export const MAX_SEGMENT_MS = 300_000
/** What a segment that states no duration counts as. */
export const DEFAULT_SEGMENT_MS = 2_000
