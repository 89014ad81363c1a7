/** @module The sources of this repository as the scripts see them: written by hand, not generated. */
import { readdirSync } from 'node:fs'

/** Paths of TypeScript files under `folder`, sorted. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !/\/(node_modules|gen|abis|dist)\//.test(path))
    .sort()
}
