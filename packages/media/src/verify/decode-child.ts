/** @module Entry of the process that decodes what was delivered. */
import { serveParent } from '../child/serve.ts'
import { decodeSegments } from './decode-segments.ts'

serveParent(decodeSegments)
