/** @module Text that strangers wrote on the chain, made harmless for a terminal. */

const MAX_LENGTH = 200

/** Control characters, which could move the cursor or colour the rest, become question marks. */
export function shownText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  const harmless = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?')
  return harmless.length > MAX_LENGTH ? `${harmless.slice(0, MAX_LENGTH)}…` : harmless
}
