/** @module The world of the development network: who is in it and what they own. */
import { type Lpt, lpt, type Wei, wei } from '@tessera/protocol/units'
import { devnetParams, type ProtocolParams } from './params.ts'

/** Chain id of local networks of the Arbitrum family; not 31337, which wallets treat as a throw-away. */
export const DEVNET_CHAIN_ID = 412346

/** Public test phrase of Ethereum's development tools. Anybody can spend what its accounts own. */
export const DEVNET_MNEMONIC = 'test test test test test test test test test test test junk'

export type DevnetOrchestrator = {
  /** Of its account under the mnemonic. */
  readonly accountIndex: number
  readonly stake: Lpt
  readonly serviceUri: string
  /** In 10^-6 of the rewards. */
  readonly rewardCut: bigint
  /** In 10^-6 of the fees, for its delegators. */
  readonly feeShare: bigint
}

export type DevnetConfig = {
  readonly mnemonic: string
  readonly params: ProtocolParams
  readonly blockSeconds: number
  /** LPT minted at the start, to account 0. */
  readonly supply: Lpt
  readonly gateway: { readonly accountIndex: number; readonly deposit: Wei; readonly reserve: Wei }
  readonly orchestrators: readonly DevnetOrchestrator[]
  /** Bonds to the first orchestrator. */
  readonly delegator: { readonly accountIndex: number; readonly stake: Lpt }
}

const UNIT = 10n ** 18n

/** Account 0 deploys, 1 is the gateway, 2 and up the orchestrators in the order of their URIs, the next one delegates. */
export function devnetConfig(serviceUris: readonly string[]): DevnetConfig {
  return {
    mnemonic: DEVNET_MNEMONIC,
    params: devnetParams,
    blockSeconds: 1,
    supply: lpt(10_000_000n * UNIT),
    gateway: { accountIndex: 1, deposit: wei(100n * UNIT), reserve: wei(100n * UNIT) },
    orchestrators: serviceUris.map((serviceUri, index) => ({
      accountIndex: 2 + index,
      stake: lpt(index === 0 ? 1_500_000n * UNIT : 1_000_000n * UNIT),
      serviceUri,
      rewardCut: 100_000n,
      feeShare: 500_000n,
    })),
    delegator: { accountIndex: 2 + serviceUris.length, stake: lpt(500_000n * UNIT) },
  }
}
