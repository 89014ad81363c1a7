/** @module Questions to a person at the terminal; they go to standard error, so that standard output stays clean. */
import { createInterface, type Interface } from 'node:readline/promises'
import { type Readable, Writable } from 'node:stream'
import { DeclinedError, UsageError } from './problems.ts'

type Terminal = { readonly input: Readable; readonly output: Writable; readonly terminal?: boolean }

const STANDARD: Terminal = { input: process.stdin, output: process.stderr }

/** True after an explicit yes; Ctrl-C and Ctrl-D are none. */
export async function askYes(question: string, terminal: Terminal = STANDARD): Promise<boolean> {
  const answer = await answerTo(`${question} [y/N] `, createInterface(terminal))
  if (answer === undefined) terminal.output.write('\n')
  return /^y(es)?$/i.test((answer ?? '').trim())
}

/** What is typed is not shown. @throws {UsageError} without a terminal. @throws {DeclinedError} at Ctrl-C and Ctrl-D. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError('A password is needed.', 'Give --password-file FILE.')
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const answer = await answerTo('', prompt)
  process.stderr.write('\n')
  if (answer === undefined) throw new DeclinedError()
  return answer
}

/** Nothing when the person ended the input instead. */
async function answerTo(question: string, prompt: Interface): Promise<string | undefined> {
  // Where the questions do not go to a terminal, Ctrl-C is a signal and not a character.
  const close = (): void => prompt.close()
  process.once('SIGINT', close)
  const ended = new Promise<undefined>((resolve) => prompt.once('close', () => resolve(undefined)))
  try {
    return await Promise.race([prompt.question(question), ended])
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined
    throw error
  } finally {
    process.off('SIGINT', close)
    prompt.close()
  }
}
