import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addBridgeCommands } from './bridge.ts'
import { addGenesisCommands } from './genesis.ts'
import { addGovCommands, addTreasuryCommands } from './gov.ts'
import { addProtocolCommands } from './protocol.ts'
import { addRoundCommands } from './round.ts'
import { addStakeCommands } from './stake.ts'
import { addTicketCommands } from './ticket.ts'

const COLUMNS = 80

function allCommands(): readonly Command[] {
  const program = new Command('tessera')
  addStakeCommands(program)
  addGovCommands(program)
  addTreasuryCommands(program)
  addTicketCommands(program)
  addRoundCommands(program)
  addProtocolCommands(program)
  addGenesisCommands(program)
  addBridgeCommands(program)
  const below = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(below)]
  return below(program)
}

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    getOutHelpWidth: () => COLUMNS,
    writeOut: (part) => {
      text += part
    },
  })
  command.outputHelp()
  return text
}

it('prints no line of help that is wider than a terminal of 80 columns', () => {
  const commands = allCommands()
  expect(commands.length).toBeGreaterThan(40)
  const wide = commands.flatMap((command) =>
    helpOf(command)
      .split('\n')
      .filter((line) => line.length > COLUMNS)
      .map((line) => `${command.name()}: ${line}`),
  )
  expect(wide).toEqual([])
})
