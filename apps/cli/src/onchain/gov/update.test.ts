import { blockNumber } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { nextSteps } from './update.ts'

const ID = `0x${'ab'.repeat(32)}` as const
const STEP = 'tessera gov update execute 0xabababab'

test('an update that waits says from which block on it can be executed', () => {
  const [execute] = nextSteps(
    { id: ID, executableAt: 247n },
    { block: blockNumber(147n), secondsPerBlock: 1 },
  )
  expect(execute).toBe(`${STEP} from block 247 on, in about 1 min 40 s`)
})

test.each([247n, 300n])('an update can be executed as soon as its block %d has come', (block) => {
  const [execute] = nextSteps(
    { id: ID, executableAt: 247n },
    { block: blockNumber(block), secondsPerBlock: 1 },
  )
  expect(execute).toBe(STEP)
})
