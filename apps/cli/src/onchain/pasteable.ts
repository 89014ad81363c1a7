/** @module Commands that a report names, as they can be pasted: under the program's name here, with the options that were given. */
import { DEFAULT_DATA } from '../options.ts'
import type { ReadingOptions } from './options.ts'
import type { Report } from './report.ts'

/** Options that say where and who; a following command needs those of the present one again. */
type Given = Partial<
  Pick<ReadingOptions, 'account' | 'keystore' | 'passwordFile' | 'rpc' | 'controller' | 'data'>
> & {
  readonly l1Rpc?: string
  readonly l1Controller?: string
}

type Environment = Readonly<Record<string, string | undefined>>

const GROUPS = 'stake|gov|treasury|ticket|round|transaction|protocol|genesis|bridge|orchestrator'
/** With its verbs and what surely is an argument; prose may follow. `orchestrator --config` runs a node and is none. */
const COMMAND = new RegExp(
  `(?:\\./)?\\btessera ((?:transaction|(?:${GROUPS})(?: (?:poll|update)(?= [a-z]))? [a-z][a-z-]*)(?: (?:0x[0-9a-fA-F]+|\\d+|[A-Z]{3,}|(?:for|yes)$))*)(.*)`,
)
const NAME = new RegExp(`(?<![\\w/.-])(?:\\./)?tessera(?= (?:${GROUPS}|up|doctor)\\b)`, 'g')

/** Of the options on the command line; what the environment says holds for the next command anyway. */
const NAMES: readonly (readonly [keyof Given, string, string])[] = [
  ['account', '--account', 'TESSERA_ACCOUNT'],
  ['keystore', '--keystore', 'TESSERA_KEYSTORE'],
  ['passwordFile', '--password-file', 'TESSERA_PASSWORD_FILE'],
  ['rpc', '--rpc', 'TESSERA_RPC'],
  ['controller', '--controller', 'TESSERA_CONTROLLER'],
  ['data', '--data', ''],
  ['l1Rpc', '--l1-rpc', 'TESSERA_L1_RPC'],
  ['l1Controller', '--l1-controller', 'TESSERA_L1_CONTROLLER'],
]

/** The program as it was started; `./tessera` when that is not known. */
function programName(environment: Environment): string {
  return quoted(environment.TESSERA_PROGRAM || './tessera')
}

/** A line that begins with, or contains, a command to run next. */
export function pasteable(line: string, given: Given, environment: Environment = process.env): string {
  const program = programName(environment)
  const withOptions = line.replace(COMMAND, (_all, command: string, rest: string) => {
    const options = optionsFor(command, rest, { given, environment })
    return `tessera ${command}${options.map((option) => ` ${option}`).join('')}${rest}`
  })
  return withOptions.replace(NAME, () => program)
}

/** The same for all that comes next. */
export function pasteableReport(report: Report, given: Given): Report {
  return report.next ? { ...report, next: report.next.map((line) => pasteable(line, given)) } : report
}

/** Of advice: a command after a colon is meant to be run as it stands; others are only named. */
export function pasteableAdvice(
  advice: string,
  given: Given,
  environment: Environment = process.env,
): string {
  const at = advice.search(/: (?:\.\/)?tessera /)
  if (at === -1) return pasteable(advice, {}, environment)
  const command = pasteable(advice.slice(at + 2), given, environment)
  return `${pasteable(advice.slice(0, at), {}, environment)}: ${command}`
}

function optionsFor(
  command: string,
  rest: string,
  { given, environment }: { readonly given: Given; readonly environment: Environment },
): readonly string[] {
  return NAMES.flatMap(([key, option, variable]) => {
    const value = given[key]
    if (value === undefined || value === environment[variable] || (key === 'data' && value === DEFAULT_DATA))
      return []
    if (rest.includes(` ${option} `) || (key.startsWith('l1') && !command.startsWith('bridge '))) return []
    return [`${option} ${quoted(value)}`]
  })
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
