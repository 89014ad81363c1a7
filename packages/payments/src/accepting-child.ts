/** @module Child of the kill test: accepts one ticket after the other and says so on standard output. */
import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { blockNumber, unixMs } from '@tessera/protocol/units'
import { credit } from './credit.ts'
import { sampleWin } from './sample-win.suite.ts'
import { SqliteTicketStore } from './sqlite-ticket-store.ts'

const store = SqliteTicketStore.open(argv[2]!)
await store.secret('recipient-rand', () => new Uint8Array(32).fill(7))
for (let nonce = 1; ; nonce++) {
  const win = sampleWin(nonce)
  const { sender, recipientRandHash } = win.winning.ticket
  await store.accept({
    recipientRandHash,
    expirationBlock: blockNumber(50n),
    nonces: [nonce],
    wins: [win],
    account: { sender, balanceKey: 'session', credit: credit(BigInt(nonce)), usedAt: unixMs(1) },
  })
  writeSync(1, `${nonce}\n`)
}
