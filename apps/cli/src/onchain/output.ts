/** @module The two streams of a command: wrapped for a person's terminal, as it is for programs and files. No colours. */

const WIDEST = 100
const CUSTOMARY = 80

/** Results. */
export function writeOut(text: string): void {
  process.stdout.write(`${fitted(text, process.stdout)}\n`)
}

/** What happens meanwhile, and errors. */
export function writeErr(text: string): void {
  process.stderr.write(`${fitted(text, process.stderr)}\n`)
}

function fitted(text: string, { isTTY, columns }: NodeJS.WriteStream): string {
  return isTTY ? wrapped(text, widthFor(columns)) : text
}

/** A terminal that does not know its size says 0 columns: it is taken for the customary 80. */
export function widthFor(columns: number): number {
  return columns > 0 ? Math.min(columns, WIDEST) : CUSTOMARY
}

/** Breaks lines at spaces; what follows is indented by two more. A word that is longer than the line stays whole. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrappedLine(line, width))
    .join('\n')
}

function wrappedLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const indent = ' '.repeat((/^ */.exec(line)?.[0].length ?? 0) + 2)
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const first = rest.length - rest.trimStart().length
    const fits = rest.lastIndexOf(' ', width)
    const at = fits > first ? fits : rest.indexOf(' ', first)
    if (at === -1) break
    lines.push(rest.slice(0, at).trimEnd())
    rest = indent + rest.slice(at).trimStart()
  }
  return rest.trim() === '' ? lines : [...lines, rest]
}
