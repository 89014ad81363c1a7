/** @module Entry of a codec process: one segment a call. */
import { serveParent } from '../child/serve.ts'
import { transcodeSegment } from './transcode-segment.ts'

serveParent(transcodeSegment)
