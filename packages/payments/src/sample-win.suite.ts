/** @module A winning ticket for tests of stores. */
import type { Address } from '@tessera/protocol/address'
import { blockNumber, round, wei, winProb } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { StoredWin } from './ticket-store.ts'

export const SENDER: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
export const RAND_HASH: Hex = `0x${'ab'.repeat(32)}`

export const sampleWin = (nonce: number, expirationBlock = 50n): Omit<StoredWin, 'state'> => ({
  hash: `0x${nonce.toString(16).padStart(64, '0')}`,
  expirationBlock: blockNumber(expirationBlock),
  winning: {
    ticket: {
      recipient: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
      sender: SENDER,
      faceValue: wei(2n ** 200n),
      winProb: winProb(2n ** 255n),
      senderNonce: nonce,
      recipientRandHash: RAND_HASH,
      creationRound: round(10n),
      creationRoundBlockHash: `0x${'cd'.repeat(32)}`,
    },
    signature: `0x${'01'.repeat(65)}`,
    recipientRand: 2n ** 255n + 1n,
  },
})
