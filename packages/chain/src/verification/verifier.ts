/** @module Verifier: takes proofs of wrong work, slashes, pays the finder. */
import type { Address } from '@tessera/protocol/address'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { encodeAbiParameters, encodeDeployData, keccak256 } from 'viem'
import { verifierBytecode } from '../abis/bytecode/verifier.ts'
import { verifierAbi as abi } from '../abis/verifier.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { VerifierParams } from '../deploy/params.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { Evidence } from './evidence.ts'
import { type ReceiptDomain, renditionStruct, segmentStruct } from './receipt.ts'

export class Verifier {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#client = client
    this.#contract = new Contract(client, { name: 'Verifier', address, abi })
  }

  /** Creates it switched off: registering it at the Controller as "Verifier" is the switch. */
  static creation(controller: Address, params: VerifierParams): TransactionCall {
    const { slashAmount, finderFee, receiptValidity, cooldown, commitDelay } = params
    const args = [controller, slashAmount, finderFee, receiptValidity, cooldown, commitDelay] as const
    return {
      data: encodeDeployData({ abi, bytecode: verifierBytecode, args }),
      value: 0n,
      what: 'create Verifier',
    }
  }

  /** For which receipts must be signed. */
  get domain(): ReceiptDomain {
    return { chainId: this.#client.chainId, verifier: this.address }
  }

  isOn(): Promise<boolean> {
    return this.#contract.read('isOn', [])
  }

  async params(): Promise<VerifierParams> {
    const names = ['slashAmount', 'finderFee', 'receiptValidity', 'cooldown', 'commitDelay'] as const
    const [slashAmount, finderFee, receiptValidity, cooldown, commitDelay] = await Promise.all(
      names.map((name) => this.#contract.read(name, [])),
    )
    return {
      slashAmount: slashAmount!,
      finderFee: finderFee!,
      receiptValidity: receiptValidity!,
      cooldown: cooldown!,
      commitDelay: commitDelay!,
    }
  }

  /** Receipts of this orchestrator count from this round on. */
  firstPunishableRound(orchestrator: Address): Promise<bigint> {
    return this.#contract.read('firstPunishableRound', [orchestrator])
  }

  /** First block in which the committed proof may be sent; 0 when there is no such commitment. */
  revealBlock(commitment: Hex): Promise<bigint> {
    return this.#contract.read('revealBlockOf', [commitment])
  }

  commit(commitment: Hex): TransactionCall {
    return this.#contract.write('commit', [commitment])
  }

  /**
   * The call that shows the evidence. It must be committed to first (`commitmentOf`), and sent unchanged.
   *
   * @param salt 32 random bytes, so that nobody can guess the commitment.
   */
  prove(evidence: Evidence, salt: Hex): TransactionCall {
    switch (evidence.fault) {
      case 'conflicting-results': {
        const { first, second } = evidence
        return this.#contract.write('proveConflict', [
          segmentStruct(first.receipt),
          first.signature,
          segmentStruct(second.receipt),
          second.signature,
          salt,
        ])
      }
      case 'other-delivery': {
        const { result, renditionHashes, delivery } = evidence
        return this.#contract.write('proveOtherDelivery', [
          segmentStruct(result.receipt),
          result.signature,
          renditionHashes,
          renditionStruct(delivery.receipt),
          delivery.signature,
          salt,
        ])
      }
      case 'broken-container': {
        const { result, renditionHashes, rendition, data } = evidence
        return this.#contract.write('proveBrokenContainer', [
          segmentStruct(result.receipt),
          result.signature,
          renditionHashes,
          BigInt(rendition),
          toHex(data),
          salt,
        ])
      }
    }
  }
}

/** What `finder` commits to before it sends `call`: keccak256(abi.encode(finder, keccak256(call data))). */
export function commitmentOf(finder: Address, call: TransactionCall): Hex {
  return keccak256(
    encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [finder, keccak256(call.data)]),
  )
}
