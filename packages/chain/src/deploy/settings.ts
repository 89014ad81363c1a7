/** @module The parameters and roles of a deployment, each with how to see that it is set. */
import type { Address } from '@tessera/protocol/address'
import { keccak256, toBytes } from 'viem'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { roundsManagerAbi } from '../abis/rounds-manager.ts'
import { ticketBrokerAbi } from '../abis/ticket-broker.ts'
import type { ContractAddresses } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { Setting } from './deployer.ts'
import type { ProtocolParams } from './params.ts'

type At = { readonly client: ChainClient; readonly addresses: ContractAddresses }

/** All of them can be set side by side, by the owner of the Controller. */
export function protocolSettings(at: At, params: ProtocolParams): readonly Setting[] {
  const { TicketBroker, StablecoinTicketBroker } = at.addresses
  return [
    ...roundSettings(at, params),
    ...bondingSettings(at, params),
    ...[TicketBroker, StablecoinTicketBroker].flatMap((broker) => ticketSettings(at, broker, params)),
    roleOfMinter(at, 'MINTER_ROLE'),
    // Only a slash burns, and only a registered Verifier slashes: switching it on is then one decision of governance.
    roleOfMinter(at, 'BURNER_ROLE'),
  ]
}

function roundSettings({ client, addresses }: At, params: ProtocolParams): readonly Setting[] {
  const address = addresses.RoundsManager
  const rounds = new Contract(client, { name: 'RoundsManager', address, abi: roundsManagerAbi })
  return [
    {
      isDone: async () => (await rounds.read('roundLockAmount', [])) === params.roundLockAmount,
      call: () => rounds.write('setRoundLockAmount', [params.roundLockAmount]),
    },
    {
      // Round numbers are counted from the block of the first call, so it must not be repeated.
      isDone: async () => (await rounds.read('roundLength', [])) > 0n,
      call: () => rounds.write('setRoundLength', [params.roundLength]),
    },
  ]
}

function bondingSettings({ client, addresses }: At, params: ProtocolParams): readonly Setting[] {
  const address = addresses.BondingManager
  const bonding = new Contract(client, { name: 'BondingManager', address, abi: bondingManagerAbi })
  return [
    {
      isDone: async () => (await bonding.read('unbondingPeriod', [])) === params.unbondingPeriod,
      call: () => bonding.write('setUnbondingPeriod', [params.unbondingPeriod]),
    },
    {
      isDone: async () =>
        (await bonding.read('nextRoundTreasuryRewardCutRate', [])) === params.treasuryRewardCutRate,
      call: () => bonding.write('setTreasuryRewardCutRate', [params.treasuryRewardCutRate]),
    },
    {
      isDone: async () =>
        (await bonding.read('treasuryBalanceCeiling', [])) === params.treasuryBalanceCeiling,
      call: () => bonding.write('setTreasuryBalanceCeiling', [params.treasuryBalanceCeiling]),
    },
    {
      // The pool can only grow.
      isDone: async () =>
        (await bonding.read('getTranscoderPoolMaxSize', [])) >= params.numActiveOrchestrators,
      call: () => bonding.write('setNumActiveTranscoders', [params.numActiveOrchestrators]),
    },
  ]
}

/** Of either broker: they have these functions in common. */
function ticketSettings(
  { client }: At,
  address: Address | undefined,
  params: ProtocolParams,
): readonly Setting[] {
  if (address === undefined) return []
  const broker = new Contract(client, { name: 'TicketBroker', address, abi: ticketBrokerAbi })
  return [
    {
      isDone: async () => (await broker.read('unlockPeriod', [])) === params.unlockPeriod,
      call: () => broker.write('setUnlockPeriod', [params.unlockPeriod]),
    },
    {
      isDone: async () => (await broker.read('ticketValidityPeriod', [])) === params.ticketValidityPeriod,
      call: () => broker.write('setTicketValidityPeriod', [params.ticketValidityPeriod]),
    },
  ]
}

function roleOfMinter({ client, addresses }: At, name: 'MINTER_ROLE' | 'BURNER_ROLE'): Setting {
  const role = keccak256(toBytes(name))
  const address = addresses.LivepeerToken
  const token = new Contract(client, { name: 'LivepeerToken', address, abi: livepeerTokenAbi })
  return {
    isDone: () => token.read('hasRole', [role, addresses.Minter]),
    call: () => ({
      ...token.write('grantRole', [role, addresses.Minter]),
      what: `LivepeerToken.grantRole ${name} to Minter`,
    }),
  }
}
