/**
 * @module Reads the error codes from the sources: every `code` given to `super()` in a subclass of `BaseError`, or to
 * `new BaseError()`. A code that is a parameter is looked up in the type of the parameter; its wording in the tables and
 * comments beside it, then where it is thrown. A code that nothing explains is an error of this script.
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'

export type ErrorCode = {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly advice: string
}

/** What one place says about a code. */
type Wording = { message?: string | undefined; advice?: string | undefined; comment?: string | undefined }

const CODE = /^[A-Z][A-Z0-9_]+$/

/** @param paths sources to read @throws {Error} naming each code without an explanation */
export function readErrorCodes(paths: readonly string[]): readonly ErrorCode[] {
  const files = paths.map((path) =>
    ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true),
  )
  const thrown = new Map<string, string>()
  for (const file of files) visit(file, (node) => noteThrown(node, thrown))
  const codes = files.flatMap((file) => codesOf(file, thrown))
  const unexplained = codes.filter(({ message }) => message === '')
  if (unexplained.length > 0) {
    const list = unexplained.map(({ code, path }) => `${code} (${path})`).join(', ')
    throw new Error(`Nothing explains ${list}: write a message or a doc comment`)
  }
  return codes
}

function codesOf(file: ts.SourceFile, thrown: ReadonlyMap<string, string>): readonly ErrorCode[] {
  const found = new Map<string, ErrorCode>()
  visit(file, (node) => {
    const fields = errorFields(node)
    const code = fields && property(fields, 'code')
    if (!fields || !code) return
    const owner = ts.findAncestor(node, ts.isClassDeclaration)
    for (const [name, branch] of codesIn(file, code, node)) {
      if (found.has(name)) continue
      const [said, advised] = [
        text(property(fields, 'message'), branch),
        text(property(fields, 'advice'), branch),
      ]
      const beside = wordingOf(file, name)
      const message =
        said ?? beside.message ?? beside.comment ?? thrown.get(name) ?? (owner && comment(owner)) ?? ''
      found.set(name, { code: name, path: file.fileName, message, advice: advised ?? beside.advice ?? '' })
    }
  })
  return [...found.values()]
}

/** The options object when `node` makes an error of ours. */
function errorFields(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined
  const isSuper =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword && isErrorClass(node)
  const isBase = ts.isNewExpression(node) && node.expression.getText() === 'BaseError'
  const options = node.arguments?.[0]
  return (isSuper || isBase) && options && ts.isObjectLiteralExpression(options) ? options : undefined
}

function isErrorClass(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isClassDeclaration)
  return (
    owner?.heritageClauses?.some((clause) =>
      clause.types.some((type) => type.expression.getText() === 'BaseError'),
    ) ?? false
  )
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const one of object.properties) {
    if (ts.isPropertyAssignment(one) && one.name.getText() === name) return one.initializer
    if (ts.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name
  }
  return undefined
}

/** Where the code depends on a condition, the branch it comes from: message and advice depend on the same one. */
type Branch = 'whenTrue' | 'whenFalse' | undefined

function codesIn(
  file: ts.SourceFile,
  code: ts.Expression,
  node: ts.Node,
): readonly (readonly [code: string, branch: Branch])[] {
  if (ts.isStringLiteral(code)) return [[code.text, undefined]]
  if (!ts.isConditionalExpression(code)) return codesOfType(file, node).map((name) => [name, undefined])
  return (['whenTrue', 'whenFalse'] as const).flatMap((branch) => {
    const literal = code[branch]
    return ts.isStringLiteral(literal) ? [[literal.text, branch] as const] : []
  })
}

/** Codes of `declare readonly code: T`, or of the parameter `code: T`. */
function codesOfType(file: ts.SourceFile, node: ts.Node): readonly string[] {
  const owner = ts.findAncestor(node, ts.isClassDeclaration)
  const types: ts.TypeNode[] = []
  visit(owner ?? file, (inside) => {
    const isCode =
      (ts.isPropertyDeclaration(inside) || ts.isParameter(inside)) && inside.name.getText() === 'code'
    if (isCode && inside.type) types.push(inside.type)
  })
  const codes = new Set(types.flatMap((type) => literalsOfType(file, type)))
  return [...codes]
}

function literalsOfType(file: ts.SourceFile, type: ts.TypeNode): readonly string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => literalsOfType(file, one))
  if (ts.isLiteralTypeNode(type)) return ts.isStringLiteral(type.literal) ? [type.literal.text] : []
  if (ts.isTypeOperatorNode(type) && ts.isTypeQueryNode(type.type)) {
    return keysOfTable(file, type.type.exprName.getText())
  }
  if (!ts.isTypeReferenceNode(type)) return []
  const alias = file.statements.find(
    (one): one is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(one) && one.name.text === type.typeName.getText(),
  )
  return alias ? literalsOfType(file, alias.type) : []
}

function keysOfTable(file: ts.SourceFile, name: string): readonly string[] {
  const keys: string[] = []
  visit(file, (node) => {
    if (!ts.isPropertyAssignment(node) || !CODE.test(node.name.getText())) return
    if (ts.findAncestor(node, ts.isVariableDeclaration)?.name.getText() === name)
      keys.push(node.name.getText())
  })
  return keys
}

/** What tables and comments of the file say about the code: `ADVICE = { CODE: '…' }`, `{ CODE: { message, advice } }`. */
function wordingOf(file: ts.SourceFile, code: string): Wording {
  const wording: Wording = {}
  visit(file, (node) => {
    if (ts.isLiteralTypeNode(node) && node.literal.getText() === `'${code}'`)
      wording.comment ??= comment(node)
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== code) return
    wording.comment ??= comment(node)
    const { initializer } = node
    if (ts.isObjectLiteralExpression(initializer)) {
      wording.message ??= text(property(initializer, 'message'))
      wording.advice ??= text(property(initializer, 'advice'))
    } else if (ts.findAncestor(node, ts.isVariableDeclaration)?.name.getText() === 'ADVICE') {
      wording.advice ??= text(initializer)
    } else {
      wording.message ??= text(initializer)
    }
  })
  return wording
}

/** `new PaymentError('CODE', 'message')` explains a code that has no words of its own. */
function noteThrown(node: ts.Node, thrown: Map<string, string>): void {
  if (!ts.isNewExpression(node)) return
  const [code, message] = node.arguments ?? []
  if (!code || !ts.isStringLiteral(code) || !CODE.test(code.text)) return
  const words = text(message)
  if (words && !thrown.has(code.text)) thrown.set(code.text, words)
}

/** The words of a text; values inside are shown by their names. Nothing when it is made elsewhere. */
function text(expression: ts.Expression | undefined, branch?: Branch): string | undefined {
  if (!expression) return undefined
  if (ts.isStringLiteralLike(expression)) return expression.text
  if (ts.isConditionalExpression(expression)) return branch && text(expression[branch])
  if (!ts.isTemplateExpression(expression)) return undefined
  const parts = expression.templateSpans.map(
    ({ expression: value, literal }) => `‹${valueName(value)}›${literal.text}`,
  )
  return expression.head.text + parts.join('')
}

function valueName(value: ts.Expression): string {
  if (ts.isIdentifier(value)) return value.text
  if (ts.isPropertyAccessExpression(value)) return value.name.text
  return '…'
}

/** The last doc comment before a node, as one line without tags. In a union it stands before the bar. */
function comment(node: ts.Node): string | undefined {
  const source = node.getSourceFile().text
  const before = source.slice(node.getFullStart(), node.getStart())
  const preceding = before.includes('/**')
    ? before
    : (/\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*\|?\s*$/.exec(source.slice(0, node.getStart()))?.[0] ?? '')
  const words = [...preceding.matchAll(/\/\*\*([\s\S]*?)\*\//g)].at(-1)?.[1]
  return words
    ?.replace(/^\s*\* ?/gm, '')
    .replace(/\s@\w[\s\S]*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}
