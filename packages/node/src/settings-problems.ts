/** @module Says in one line what is wrong with settings. */
import type { z } from 'zod'

/** One clause for each problem: where it is, and what. Values are not shown: some are secrets. */
export function settingsProblems(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'settings'} ${describe(issue)}`).join('; ')
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  if (issue.code === 'unrecognized_keys') return `has no setting called ${issue.keys.join(', ')}`
  return `is not right (${issue.message})`
}
