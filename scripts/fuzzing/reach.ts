/** @module Which functions of contracts the fuzzed part of the tests calls. */

type TestSource = {
  readonly text: string
  /** whether all its functions are called by an invariant runner */
  readonly handler: boolean
}

/** Bodies of the functions of a file as `forge fmt` writes it: they end with a brace four spaces in. */
function functionsOf(text: string): readonly { readonly name: string; readonly body: string }[] {
  return [...text.matchAll(/\n {4}function (\w+)\([\s\S]*?\n {4}\}/g)].map((match) => ({
    name: match[1]!,
    body: match[0],
  }))
}

/** Names behind a dot, followed by a call, by the arguments of `abi.encodeCall`, or by `.selector`. */
export function fuzzedNames(sources: readonly TestSource[]): ReadonlySet<string> {
  const bodies = new Map<string, string[]>()
  const waiting: string[] = []
  for (const { text, handler } of sources) {
    for (const { name, body } of functionsOf(text)) {
      bodies.set(name, [...(bodies.get(name) ?? []), body])
      if (handler || name.startsWith('testFuzz')) waiting.push(body)
    }
  }
  const reached = new Set<string>()
  const names = new Set<string>()
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
    for (const [, name] of body.matchAll(/\.\s*(\w+)\s*(?:\(|\{value|,|\.selector)/g)) names.add(name!)
    for (const [, name] of body.matchAll(/(?:(?<!\.)|(?<=\bthis\.))\b(\w+)\(/g)) {
      if (reached.has(name!)) continue
      reached.add(name!)
      waiting.push(...(bodies.get(name!) ?? []))
    }
  }
  return names
}
