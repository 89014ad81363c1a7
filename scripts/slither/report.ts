/** @module Reads Slither's report: what it found, in which contract, and which functions it could not read. */
import { z } from 'zod'
import { accepted } from './accepted.ts'

type Element = {
  readonly type: string
  readonly name: string
  /** of what the element is a part: at the end of the chain is the contract */
  readonly type_specific_fields?: { readonly parent?: Element | null | undefined } | undefined
}

const element: z.ZodType<Element> = z.lazy(() =>
  z.object({
    type: z.string(),
    name: z.string(),
    type_specific_fields: z.object({ parent: element.nullish() }).optional(),
  }),
)

type Finding = {
  readonly check: string
  readonly impact: string
  readonly description: string
  readonly elements: readonly Element[]
}

const finding: z.ZodType<Finding> = z.object({
  check: z.string(),
  impact: z.string(),
  description: z.string(),
  elements: z.array(element),
})

const report = z.object({ results: z.object({ detectors: z.array(finding).default([]) }) })

/** Throws when the text is not a report of Slither 0.11. */
export function findingsOf(text: string): Finding[] {
  return report.parse(JSON.parse(text)).results.detectors
}

/** The contract of the first element that has one; empty for functions outside of contracts. */
export function contractOf({ elements }: Pick<Finding, 'elements'>): string {
  for (const first of elements) {
    for (let at: Element | null | undefined = first; at; at = at.type_specific_fields?.parent)
      if (at.type === 'contract') return at.name
  }
  return ''
}

/** Whether somebody looked at it: its kind, and for kinds that can be serious its contract. */
export function isAccepted(one: Pick<Finding, 'check' | 'elements'>): boolean {
  const entry = accepted.get(one.check)
  return entry !== undefined && (entry.in === undefined || entry.in.includes(contractOf(one)))
}

/** Functions of our own that Slither passed over, by what it said on the error stream. */
export function unreadFunctions(log: string): string[] {
  const lines = log.matchAll(/Impossible to generate IR for (\S+) \(\S*contracts\/src\//g)
  return [...new Set([...lines].map(([, name]) => name!))].sort()
}
