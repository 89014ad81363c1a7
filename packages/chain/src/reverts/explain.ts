/** @module A refusal in words: what is wrong, with its values, and what to do. */
import type { Hex } from '@tessera/runtime/bytes'
import type { Explanation, ValueUnit } from './explanation.ts'
import { meaningOf } from './livepeer-strings.ts'
import { decodeRevert, type Revert, type RevertValue } from './revert.ts'
import { explanationOf } from './table.ts'
import { valueText } from './value-text.ts'

/** Solidity's panic codes: docs.soliditylang.org, "Panic via assert and Error via require". */
const PANICS: Readonly<Record<string, string>> = {
  '0x1': 'a condition that must always hold did not',
  '0x11': 'a number became too large or negative',
  '0x12': 'a division by zero',
  '0x21': 'a number that is no member of its enumeration',
  '0x22': 'damaged storage',
  '0x31': 'nothing was left to remove',
  '0x32': 'an entry that a list does not have',
  '0x41': 'too much memory',
  '0x51': 'a function that was never set',
}

const LOOK_AT_VALUES = 'Check the amounts and lists that were given; if they are right, report it.'

/** `says` is a clause without a full stop. `advice` is absent where nothing is known. */
export function explainRevert(revert: Revert): { readonly says: string; readonly advice?: string } {
  const { reason, signature, values } = revert
  const panic = /^Panic\((0x[0-9a-f]+)\)$/.exec(reason)?.[1]
  if (panic) return { says: `${PANICS[panic] ?? 'an unknown panic'} (${reason})`, advice: LOOK_AT_VALUES }
  if (signature === undefined) return explainText(reason)
  const explanation = explanationOf(signature)
  if (explanation) return { says: `${filled(explanation, values)} (${reason})`, advice: explanation.advice }
  const told = values.map(({ name, value }) => `${name} ${valueText(value, undefined)}`).join(', ')
  return { says: told ? `${reason}: ${told}` : reason }
}

/** Revert strings are those of the contracts that mainnet runs. */
function explainText(text: string): { readonly says: string; readonly advice?: string } {
  const meaning = meaningOf(text)
  const advice = meaning === undefined ? undefined : explanationOf(meaning)?.advice
  return { says: text || 'it gave no reason', ...(advice !== undefined && { advice }) }
}

function filled({ says }: Explanation, values: readonly RevertValue[]): string {
  return says.replace(PLACEHOLDER, (_, name: string, unit: string | undefined) => {
    const found = values.find((value) => value.name === name)
    if (found && unit === 'revert') return nested(found.value)
    // The test of the table holds each unit against `ValueUnit`.
    return found ? valueText(found.value, unit as ValueUnit | undefined) : '?'
  })
}

/** Why a call within the call failed. */
function nested(data: unknown): string {
  const isBytes = typeof data === 'string' && /^0x([0-9a-f]{2})*$/i.test(data)
  // Checked to be hex.
  return isBytes ? explainRevert(decodeRevert(data as Hex)).says : String(data)
}

/** `{name}` and `{name:unit}`. */
export const PLACEHOLDER: RegExp = /\{(\w+)(?::(\w+))?\}/g
