/** @module BondingManager: stake, the pool of orchestrators, rewards. "Transcoder" in the ABI is an orchestrator. */
import type { Address } from '@tessera/protocol/address'
import { type Lpt, lpt, type Round, round, type Wei, wei } from '@tessera/protocol/units'
import { bondingManagerAbi as abi } from '../abis/bonding-manager.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { readPool } from '../pool-reader.ts'
import type { TransactionCall } from '../transaction-call.ts'

export type DelegatorInfo = {
  /** As of `lastClaimRound`; `pendingStake` includes later rewards. */
  readonly bonded: Lpt
  /** The zero address when nothing is bonded. */
  readonly delegate: Address
  /** Stake that others and the account itself have delegated to the account. */
  readonly delegated: Lpt
  readonly startRound: Round
  readonly lastClaimRound: Round
}

/** What the chain says of an orchestrator, its service URI left out (`ServiceRegistry`). */
export type OrchestratorInfo = {
  readonly address: Address
  /** Own and delegated stake. */
  readonly stake: Lpt
  /** Part of the rewards it keeps, in 10^-6. */
  readonly rewardCut: bigint
  /** Part of the fees its delegators get, in 10^-6. */
  readonly feeShare: bigint
  /** 0 when it never called reward. */
  readonly lastRewardRound: Round
  readonly activationRound: Round
  /** In the active set of the current round: may be paid and may call reward. */
  readonly isActive: boolean
}

/** Reads, and writes as values. Writes need an initialised current round unless noted. */
export class BondingManager {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#client = client
    this.#contract = new Contract(client, { name: 'BondingManager', address, abi })
  }

  /**
   * The pool for the next round, most stake first: orchestrators that are bonded highly enough to be active in it.
   * One of them may not be active yet in the current round. One call, and three an orchestrator in batches.
   */
  async pool(): Promise<readonly OrchestratorInfo[]> {
    const { members } = await readPool(this.#client, this.address)
    return Promise.all(members.map(({ address }) => this.orchestrator(address)))
  }

  async orchestrator(address: Address): Promise<OrchestratorInfo> {
    const [fields, stake, isActive] = await Promise.all([
      this.#contract.read('getTranscoder', [address]),
      this.#contract.read('transcoderTotalStake', [address]),
      this.isActive(address),
    ])
    const [lastRewardRound, rewardCut, feeShare, , activationRound] = fields
    return {
      address,
      stake: lpt(stake),
      rewardCut,
      feeShare,
      lastRewardRound: round(lastRewardRound),
      activationRound: round(activationRound),
      isActive,
    }
  }

  isActive(orchestrator: Address): Promise<boolean> {
    return this.#contract.read('isActiveTranscoder', [orchestrator])
  }

  /** Bonded to itself with a stake above 0; says nothing of the pool. */
  isRegistered(orchestrator: Address): Promise<boolean> {
    return this.#contract.read('isRegisteredTranscoder', [orchestrator])
  }

  /** Number of orchestrators in the pool: what a sender's reserve is divided by. */
  poolSize(): Promise<bigint> {
    return this.#contract.read('getTranscoderPoolSize', [])
  }

  async delegator(account: Address): Promise<DelegatorInfo> {
    const [bonded, , delegate, delegated, startRound, lastClaimRound] = await this.#contract.read(
      'getDelegator',
      [account],
    )
    return {
      bonded: lpt(bonded),
      delegate,
      delegated: lpt(delegated),
      startRound: round(startRound),
      lastClaimRound: round(lastClaimRound),
    }
  }

  /** Stake including rewards not claimed yet. */
  async pendingStake(delegator: Address): Promise<Lpt> {
    return lpt(await this.#contract.read('pendingStake', [delegator, 0n]))
  }

  /** Fees including those not claimed yet. */
  async pendingFees(delegator: Address): Promise<Wei> {
    return wei(await this.#contract.read('pendingFees', [delegator, 0n]))
  }

  /** Active stake of the current round. */
  async totalBonded(): Promise<Lpt> {
    return lpt(await this.#contract.read('getTotalBonded', []))
  }

  /** In rounds. */
  unbondingPeriod(): Promise<bigint> {
    return this.#contract.read('unbondingPeriod', [])
  }

  /** Bonds `amount` of the sender's LPT to `to`. The Minter moves the tokens: approve the BondingManager first. */
  bond(amount: Lpt, to: Address): TransactionCall {
    return this.#contract.write('bond', [amount, to])
  }

  /** Takes `amount` out of the sender's bond; it can be withdrawn after the unbonding period. */
  unbond(amount: Lpt): TransactionCall {
    return this.#contract.write('unbond', [amount])
  }

  /** Sets the sender's commission, both in 10^-6. Refused in the locked last part of a round. */
  setCommission(commission: { readonly rewardCut: bigint; readonly feeShare: bigint }): TransactionCall {
    return this.#contract.write('transcoder', [commission.rewardCut, commission.feeShare])
  }

  /** Mints the sender's share of this round's inflation; once a round, active orchestrators only. */
  reward(): TransactionCall {
    return this.#contract.write('reward', [])
  }

  withdrawFees(recipient: Address, amount: Wei): TransactionCall {
    return this.#contract.write('withdrawFees', [recipient, amount])
  }
}
