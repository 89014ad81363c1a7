/** @module The page of settings, from the schemas that also check them. */
import { gatewaySettings } from '@tessera/node/gateway/config'
import { orchestratorSettings } from '@tessera/node/orchestrator/config'
import { relayerSettings } from '@tessera/node/relayer/config'
import { workerSettings } from '@tessera/node/worker/config'
import { z } from 'zod'
import { cell, table } from './markdown.ts'

const ROLES: readonly { readonly name: string; readonly schema: z.ZodType }[] = [
  { name: 'gateway', schema: gatewaySettings },
  { name: 'orchestrator', schema: orchestratorSettings },
  { name: 'worker', schema: workerSettings },
  { name: 'relayer', schema: relayerSettings },
]

type JsonSchema = z.core.JSONSchema.JSONSchema

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** What an operator writes: the schema before its transformations. JSON has no bigint, so those are shown as text. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod
      if (def.type !== 'default') return
      jsonSchema.default = JSON.parse(
        JSON.stringify((def as z.core.$ZodDefaultDef).defaultValue, bigintAsText),
      )
    },
  })
}

function typeName(schema: JsonSchema): string {
  if (schema.anyOf?.some((one) => isSchema(one) && one.type === 'string')) return 'whole number as text'
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.type === 'array') return `list of ${isSchema(schema.items) ? typeName(schema.items) : 'values'}`
  if (schema.type === 'object') {
    return schema.properties ? 'object' : `${typeName(schema.additionalProperties as JsonSchema)} by name`
  }
  if (schema.format === 'uri') return 'URL'
  const name = schema.type === 'string' ? 'text' : schema.type === 'integer' ? 'whole number' : schema.type
  return [name, range(schema)].filter(Boolean).join(', ')
}

function range({ minimum, maximum, minLength }: JsonSchema): string {
  const above = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER
  const below = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  if (above && below) return `${minimum} to ${maximum}`
  if (above) return `at least ${minimum}`
  if (below) return `at most ${maximum}`
  return minLength !== undefined && minLength > 1 ? `at least ${minLength} characters` : ''
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

/** The settings inside a setting: of an object itself, of the entries of a list or of a table by name. */
function inner(schema: JsonSchema, path: string): { schema: JsonSchema; path: string } | undefined {
  if (schema.properties) return { schema, path: `${path}.` }
  if (isSchema(schema.items)) return inner(schema.items as JsonSchema, `${path}[]`)
  if (isSchema(schema.additionalProperties)) return inner(schema.additionalProperties, `${path}.NAME`)
  return undefined
}

/** Lists of objects are too long for a table: their default is in the source. */
function defaultText(schema: JsonSchema, isRequired: boolean): string {
  if (isRequired) return '**required**'
  if (schema.default === undefined) return 'none'
  const text = JSON.stringify(schema.default)
  return text.length > 80 ? `see below` : `\`${text}\``
}

type Row = readonly [setting: string, type: string, preset: string, meaning: string]

function rows(schema: JsonSchema, prefix: string): readonly Row[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (!isSchema(property)) return []
    const setting = prefix + name
    if (!property.description) throw new Error(`${setting} has no description: add .describe() to its schema`)
    const below = inner(property, setting)
    const row: Row = [
      `\`${setting}\``,
      typeName(property),
      defaultText(property, required.has(name)),
      property.description,
    ]
    return [row, ...(below ? rows(below.schema, below.path) : [])]
  })
}

function longDefaults(schema: JsonSchema): string {
  return Object.entries(schema.properties ?? {})
    .filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]) && entry[1].default !== undefined)
    .filter(([, property]) => defaultText(property, false) === 'see below')
    .map(
      ([name, property]) => `\nDefault of \`${name}\`:\n\n\`\`\`json\n${lines(property.default)}\n\`\`\`\n`,
    )
    .join('')
}

const lines = (value: unknown): string =>
  Array.isArray(value)
    ? `[\n${value.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]`
    : JSON.stringify(value)

function section({ name, schema }: (typeof ROLES)[number]): string {
  const json = toJsonSchema(schema)
  const body = rows(json, '').map((row) => row.map(cell))
  return `## ${name}\n\n${table(['Setting', 'Type', 'Default', 'Meaning'], body)}\n${longDefaults(json)}`
}

export function configPage(): string {
  return `# Settings

What \`./tessera gateway\`, \`orchestrator\` and \`worker\` read from the JSON file named with \`--config\`. An unknown
setting is an error. Money is a whole number of wei written as text (\`"1000000000"\`), because JSON numbers lose digits.
\`a.b\` is field \`b\` of object \`a\`, \`a[].b\` that of each entry of a list, \`a.NAME.b\` that of each named entry. A field
inside an optional object is required only when the object is given.

${ROLES.map(section).join('\n')}`
}
