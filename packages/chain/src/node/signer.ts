/** @module A key held in this process: signs messages for payments and transactions for the chain. */
import type { Address } from '@tessera/protocol/address'
import type { Signer } from '@tessera/protocol/signer'
import { fromHex, type Hex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import type { TypedDataDefinition } from 'viem'
import { type LocalAccount, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'

/** An unsigned EIP-1559 transaction. Amounts in wei. */
export type UnsignedTransaction = {
  readonly chainId: number
  readonly nonce: number
  readonly to?: Address
  readonly data: Hex
  readonly value: bigint
  readonly gas: bigint
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** What a transaction manager needs of a key. */
export type TransactionSigner = {
  readonly address: Address
  /** The serialised transaction, ready to broadcast. */
  signTransaction(transaction: UnsignedTransaction): Promise<Hex>
}

/** The private key stays inside: it is never printed, serialised or returned. */
export class LocalSigner implements TransactionSigner, Signer {
  readonly address: Address
  readonly #account: LocalAccount

  private constructor(account: LocalAccount) {
    this.#account = account
    this.address = account.address
  }

  /** @throws {MalformedError} unless it is 32 bytes of hex within the curve's order. */
  static fromPrivateKey(privateKey: Hex): LocalSigner {
    try {
      return new LocalSigner(privateKeyToAccount(privateKey))
    } catch {
      // The cause is dropped: its message may quote the key.
      throw new MalformedError('private key')
    }
  }

  /** Account `index` of a BIP-39 mnemonic at m/44'/60'/0'/0/index. @throws {MalformedError} */
  static fromMnemonic(mnemonic: string, index: number): LocalSigner {
    try {
      return new LocalSigner(mnemonicToAccount(mnemonic, { addressIndex: index }))
    } catch {
      throw new MalformedError('mnemonic')
    }
  }

  /** As `Signer`; deterministic (RFC 6979). @throws {MalformedError} unless the hash has 32 bytes. */
  async signMessageHash(hash: Uint8Array): Promise<Uint8Array> {
    if (hash.length !== 32) throw new MalformedError('message hash', { length: hash.length })
    return fromHex(await this.#account.signMessage({ message: { raw: hash } }))
  }

  /** EIP-712: signs structured data under its domain. Resolves to 65 bytes r, s, v with low s and v 27 or 28. */
  async signTypedData(data: TypedDataDefinition): Promise<Uint8Array> {
    return fromHex(await this.#account.signTypedData(data))
  }

  async signTransaction(transaction: UnsignedTransaction): Promise<Hex> {
    return this.#account.signTransaction({ type: 'eip1559', ...transaction })
  }
}
