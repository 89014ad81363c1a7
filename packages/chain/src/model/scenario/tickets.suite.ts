/** @module The tickets of the scenarios: good ones, and each way to be bad. */
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import { recipientRandHash, ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { bigintToBytes, bytesToBigint, concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { keccak256, toBytes } from 'viem'
import { devPrivateKey } from '../../deploy/dev-key.ts'
import { type AccountName, addressOf, ticketSender } from './names.suite.ts'

/** Of the block before each round. */
export const BLOCK_HASH: Hex = keccak256(toBytes('blockhash'))
const OTHER_HASH: Hex = keccak256(toBytes('another block'))
/** Order of secp256k1. */
const ORDER = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n
const NO_HASH: Hex = `0x${'00'.repeat(32)}`

/** X, the account before B; its signatures are forgeries. */
const forger = privateKeySigner(fromHex(devPrivateKey(8)))

/** What is wrong with a ticket. `coin`: wins or not, by its signature. */
export const FLAWS = [
  'loses',
  'coin',
  'nobody',
  'hash',
  'aux',
  'rand',
  'forged',
  'short',
  'long',
  'v',
  's',
] as const
type Flaw = (typeof FLAWS)[number] | 'none'

/** In a step: the values joined by slashes. */
export type TicketSpec = {
  readonly recipient: AccountName
  /** ETH wei. */
  readonly faceValue: bigint
  /** The recipient's number is 1000 more. */
  readonly nonce: number
  readonly round: bigint
  readonly flaw: Flaw
}

export function specText({ recipient, faceValue, nonce, round, flaw }: TicketSpec): string {
  return [recipient, faceValue, nonce, round, flaw].join('/')
}

export function parseSpec(text: string): TicketSpec {
  const [recipient = '', faceValue = '', nonce = '', inRound = '', flaw = ''] = text.split('/')
  return {
    recipient,
    faceValue: BigInt(faceValue),
    nonce: Number(nonce),
    round: BigInt(inRound),
    flaw: flaw === 'none' ? flaw : (FLAWS.find((known) => known === flaw) ?? unknown(text)),
  }
}

function unknown(text: string): never {
  throw new Error(`unknown ticket ${text}`)
}

/** A ticket of B with its flaw. */
export async function ticketOf({
  recipient,
  faceValue,
  nonce,
  round: inRound,
  flaw,
}: TicketSpec): Promise<WinningTicket> {
  const recipientRand = 1000n + BigInt(nonce)
  const ticket: Ticket = {
    recipient: addressOf(recipient),
    sender: flaw === 'nobody' ? ZERO_ADDRESS : ticketSender.address,
    faceValue: wei(faceValue),
    winProb: winProb(flaw === 'loses' ? 0n : flaw === 'coin' ? 1n << 255n : MAX_UINT256),
    senderNonce: nonce,
    recipientRandHash: recipientRandHash(recipientRand),
    creationRound: round(flaw === 'aux' ? 0n : inRound),
    creationRoundBlockHash: flaw === 'aux' ? NO_HASH : flaw === 'hash' ? OTHER_HASH : BLOCK_HASH,
  }
  const signer = flaw === 'forged' ? forger : ticketSender
  const signature = await signer.signMessageHash(ticketHash(ticket))
  return {
    ticket,
    signature: toHex(spoil(signature, flaw)),
    recipientRand: flaw === 'rand' ? recipientRand + 1n : recipientRand,
  }
}

function spoil(signature: Uint8Array, flaw: Flaw): Uint8Array {
  const v = signature[64]!
  switch (flaw) {
    case 'short':
      return signature.subarray(0, 64)
    case 'long':
      return concatBytes(signature, Uint8Array.of(0))
    case 'v':
      return concatBytes(signature.subarray(0, 64), Uint8Array.of(v - 27))
    case 's': {
      // The other form of the same signature.
      const s = ORDER - bytesToBigint(signature.subarray(32, 64))
      return concatBytes(signature.subarray(0, 32), bigintToBytes(s, 32), Uint8Array.of(55 - v))
    }
    default:
      return signature
  }
}
