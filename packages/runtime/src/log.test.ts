import { expect, test } from 'vitest'
import { BaseError } from './errors.ts'
import { createLog, type LogLevel, silentLog } from './log.ts'

function capture(level: LogLevel = 'trace') {
  const lines: string[] = []
  const log = createLog({ name: 'node', level, destination: { write: (line) => lines.push(line) } })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> }
}

test('writes a line of JSON with the name, the fields and the message', () => {
  const { log, lines, last } = capture()
  log.info({ seq: 4, durationMs: 2000 }, 'segment transcoded')
  expect(lines).toHaveLength(1)
  expect(last()).toMatchObject({
    name: 'node',
    level: 30,
    seq: 4,
    durationMs: 2000,
    msg: 'segment transcoded',
  })
})

test('writes nothing below its level', () => {
  const { log, lines } = capture('warn')
  log.info({}, 'hidden')
  log.debug({}, 'hidden')
  log.trace({}, 'hidden')
  log.warn({}, 'shown')
  log.error({}, 'shown')
  expect(lines).toHaveLength(2)
})

test('a child carries its fields and those of its parents', () => {
  const { log, last } = capture()
  log.child({ stream: 'demo' }).child({ seq: 1 }).warn({ reason: 'late' }, 'segment dropped')
  expect(last()).toMatchObject({ stream: 'demo', seq: 1, reason: 'late' })
})

const SECRET = 'hunter2-0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a'

test.each([
  ['a field', { secret: SECRET }],
  [
    'the settings of a gateway',
    { config: { chain: { privateKey: SECRET }, streamKeys: { [SECRET]: 'demo' } } },
  ],
  ['the settings of a worker', { config: { secret: SECRET, orchestratorUrl: 'https://localhost' } }],
  ['a list', { nodes: [{ password: SECRET }, { keys: [{ mnemonic: SECRET }] }] }],
  ['headers', { request: { headers: { authorization: SECRET } } }],
  ['an object without a prototype', { keys: Object.assign(Object.create(null), { streamKey: SECRET }) }],
])('secrets in %s are blanked', (_, fields) => {
  const { log, lines } = capture()
  log.info(fields, 'started')
  log.child(fields).info({}, 'started')
  log.error({ error: Object.assign(new Error('no'), fields) }, 'failed')
  expect(lines).toHaveLength(3)
  for (const line of lines) {
    expect(line).not.toContain('hunter2')
    expect(line).toContain('[secret]')
  }
})

test('an error is written with its code, facts and causes', () => {
  const { log, last } = capture()
  const cause = new Error('socket closed')
  log.error(
    { error: new BaseError({ code: 'PEER', message: 'No answer.', facts: { tries: 3 }, cause }) },
    'gave up',
  )
  expect(last().error).toMatchObject({
    code: 'PEER',
    message: 'No answer.',
    facts: { tries: 3 },
    cause: { message: 'socket closed' },
  })
})

test('logging changes nothing in what is logged, and a cycle does not hang it', () => {
  const { log, last } = capture()
  const fields: Record<string, unknown> = { secret: SECRET, wei: 10n ** 20n }
  fields.self = fields
  log.info(fields, 'round')
  expect(fields.secret).toBe(SECRET)
  expect(last().msg).toBe('round')
})

test('the silent log and its children write nothing', () => {
  const { child, ...levels } = silentLog
  for (const write of Object.values(levels)) expect(write({ a: 1 }, 'text')).toBeUndefined()
  expect(child({ a: 1 })).toBe(silentLog)
})
