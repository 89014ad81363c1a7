/** @module Parsers of command line values, and the order of `--help`. */
import { Help, InvalidArgumentError } from 'commander'

/** Where a local network keeps everything, and where commands look for it. */
export const DEFAULT_DATA = '.tessera/data'

/** A parser of whole numbers from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
    }
    return value
  }
}

/** The options of a command itself come before the groups that it shares with others. */
export const ownOptionsFirst: Help['groupItems'] = (unsorted, visible, getGroup) => {
  const groups = new Help().groupItems(unsorted, visible, getGroup)
  return new Map([...groups].toSorted(([a], [b]) => rank(a) - rank(b)))
}

const rank = (group: string): number => (group === 'Options:' || group === 'Commands:' ? 0 : 1)
