/** @module Text that strangers wrote on the chain, made harmless for a terminal. */

const MAX_LENGTH = 200
/** C0 and C1 controls, line separators, and marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Characters that could move the cursor, begin a line or colour the rest become question marks. */
export function oneLine(text: string): string {
  return text.replace(STEERING, '?')
}

/** For text of several lines: the same, but lines may end. */
export function printable(text: string): string {
  return text.replace(STEERING, (found) => (found === '\n' ? found : '?'))
}

/** For JSON: the same characters as escapes, so that the values stay what they are. */
export function escapedJson(json: string): string {
  return json.replace(STEERING, (found) =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** In one line, and not too long. */
export function shownText(text: string): string {
  const harmless = oneLine(text)
  return harmless.length > MAX_LENGTH ? `${harmless.slice(0, MAX_LENGTH)}…` : harmless
}
