/** @module What can be wrong with the inputs of a genesis, each with the place and what to do. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** What is wrong with a line of the list of accounts. */
export type CsvProblem =
  | 'encoding'
  | 'header'
  | 'line-too-long'
  | 'too-many-rows'
  | 'empty-line'
  | 'columns'
  | 'quotes'
  | 'address'
  | 'checksum'
  | 'balance'
  | 'duplicate'
  | 'no-balances'
  | 'no-recipients'
  | 'empty'

const SAID: Readonly<Record<CsvProblem, readonly [what: string, advice: string]>> = {
  encoding: ['is not plain ASCII text', 'Save the list as UTF-8 text without special characters.'],
  header: [
    'is neither an address nor a known header',
    'Start with an address, or with the header address, address,balance or address,amount.',
  ],
  'line-too-long': ['is longer than a row can be', 'A row is an address and at most one whole number.'],
  'too-many-rows': ['is one row too many', 'Raise the limit of rows if the list is right.'],
  'empty-line': ['is empty, and rows follow', 'Remove the line.'],
  columns: ['has another number of columns than the first row', 'Give every row the same columns.'],
  quotes: ['has quotes that are not around a whole field', 'Quote whole fields or none.'],
  address: ['has no address', 'An address is 0x and 40 hexadecimal digits, without spaces.'],
  checksum: [
    'has an address whose upper and lower case is not its checksum (EIP-55)',
    'Look the address up again: a digit may be wrong. Without a checksum write it in lower case.',
  ],
  balance: [
    'has a balance that is no whole number of wei',
    'Write the balance in wei: digits only, at most 78, no leading zero.',
  ],
  duplicate: ['repeats the address of an earlier line', 'Keep one of the two lines.'],
  'no-balances': [
    'has no balance, and there is a threshold',
    'Add a second column with balances in wei, or set the threshold to 0.',
  ],
  'no-recipients': [
    'is the last, and every account is left out',
    'Check the list, the columns and the threshold.',
  ],
  empty: ['is not there: the list has no account', 'Give each account a line: its address, and its balance.'],
}

/** `GENESIS_CSV`: the list of accounts is not what it must be. `line` counts from 1, the header included. */
export class GenesisCsvError extends BaseError {
  readonly problem: CsvProblem
  readonly line: number

  constructor(problem: CsvProblem, line: number, facts: Facts = {}, advice?: string) {
    super({
      code: 'GENESIS_CSV',
      message: `Line ${line} ${SAID[problem][0]}${'found' in facts ? `: ${JSON.stringify(facts.found)}` : ''}.`,
      advice: advice ?? SAID[problem][1],
      facts: { problem, line, ...facts },
    })
    this.problem = problem
    this.line = line
  }
}

/** `GENESIS_PLAN`: the allocation is malformed, or its parts are not the supply. `field` names the place. */
export class GenesisPlanError extends BaseError {
  constructor(field: string, message: string, facts: Facts = {}, advice?: string) {
    super({ code: 'GENESIS_PLAN', message, facts: { field, ...facts }, ...(advice && { advice }) })
  }
}

/** `GENESIS_NOT_LISTED`: the account is not in the tree, so there is no proof for it. */
export class NotListedError extends BaseError {
  constructor(facts: { account: string; root: string }) {
    super({
      code: 'GENESIS_NOT_LISTED',
      message: `${facts.account} is not among the recipients of this genesis.`,
      advice: 'Look in excluded.csv for the reason, or check that the files are those of the right genesis.',
      facts,
    })
  }
}

/** `GENESIS_FILES`: the files of a genesis are incomplete, changed, or do not belong together. */
export class GenesisFilesError extends BaseError {
  constructor(message: string, facts: Facts, cause?: unknown) {
    super({
      code: 'GENESIS_FILES',
      message,
      advice: 'Build them again from the list and the plan, and compare the root with the published one.',
      facts,
      cause,
    })
  }
}

/** `GENESIS_SUPPLY`: there is LPT that is not of this genesis, or its own would be more than its report says. */
export class GenesisSupplyError extends BaseError {
  constructor(facts: { existing: bigint; missing: bigint; supply: bigint }) {
    super({
      code: 'GENESIS_SUPPLY',
      message: `There are ${facts.existing} wei of LPT, and with ${facts.missing} more it would not be the ${facts.supply} of the report.`,
      advice:
        'A genesis is the first distribution of a new LPT. To go on with one that broke off, give the file that it wrote.',
      facts,
    })
  }
}

/** `GENESIS_BLOCKS`: the blocks of the report do not fit this chain at this time. */
export class GenesisBlocksError extends BaseError {
  constructor(facts: { block: bigint; genesisBlock: bigint; callerStartBlock: bigint }) {
    const { block, genesisBlock, callerStartBlock } = facts
    super({
      code: 'GENESIS_BLOCKS',
      message: `At block ${block} a mine with genesis block ${genesisBlock} and caller period from block ${callerStartBlock} cannot be created.`,
      advice:
        'Build the report again with genesisBlock at most the present block, and genesisBlock + cliffBlocks later.',
      facts,
    })
  }
}

/** `GENESIS_NO_MINTER`: the account may not mint, nor let itself. */
export class NoMinterError extends BaseError {
  constructor(facts: { account: string; token: string }) {
    super({
      code: 'GENESIS_NO_MINTER',
      message: `${facts.account} does not administer the roles of LPT at ${facts.token}, so it cannot mint.`,
      advice: 'Deploy the protocol with --keep-control, and the genesis with the same account.',
      facts,
    })
  }
}
