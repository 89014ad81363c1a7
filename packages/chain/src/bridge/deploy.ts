/** @module Deploys both ends of LPT's bridge between two development chains; goes on where an earlier run broke off. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { type Abi, encodeDeployData, keccak256, toBytes } from 'viem'
import { bridgeMinterAbi } from '../abis/bridge-minter.ts'
import { bridgeMinterBytecode } from '../abis/bytecode/bridge-minter.ts'
import { l1EscrowBytecode } from '../abis/bytecode/l1-escrow.ts'
import { l1LPTDataCacheBytecode } from '../abis/bytecode/l1-lptdata-cache.ts'
import { l1LPTGatewayBytecode } from '../abis/bytecode/l1-lptgateway.ts'
import { l2LPTDataCacheBytecode } from '../abis/bytecode/l2-lptdata-cache.ts'
import { l2LPTGatewayBytecode } from '../abis/bytecode/l2-lptgateway.ts'
import { livepeerTokenBytecode } from '../abis/bytecode/livepeer-token.ts'
import { controllerAbi } from '../abis/controller.ts'
import { l1EscrowAbi } from '../abis/l1-escrow.ts'
import { l1LPTDataCacheAbi } from '../abis/l1-lptdata-cache.ts'
import { l1LPTGatewayAbi } from '../abis/l1-lptgateway.ts'
import { l2LPTDataCacheAbi } from '../abis/l2-lptdata-cache.ts'
import { l2LPTGatewayAbi } from '../abis/l2-lptgateway.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { Contract } from '../contract.ts'
import type { AddressOf, Creation, Deployer, Setting } from '../deploy/deployer.ts'
import { type BridgeAddresses, findBridge } from './addresses.ts'
import {
  connectL1Messaging,
  ensureArbSys,
  l1MessagingContracts,
  l2MessagingContracts,
  type MessagingConfig,
} from './deploy-messaging.ts'

const MINTER_ROLE = keccak256(toBytes('MINTER_ROLE'))
const BURNER_ROLE = keccak256(toBytes('BURNER_ROLE'))
const UNLIMITED = 2n ** 256n - 1n

/** No router: the gateways are called directly. */
const ROUTER = ZERO_ADDRESS

/**
 * The deployers own the Controllers and become the admins of the gateways and the escrow. Needs the protocol on L2 and
 * a Controller on L1; makes the rest, LPT on L1 included, and connects it. Roles go to contracts only.
 */
export async function deployBridge(
  config: MessagingConfig,
  ends: { readonly l1: Deployer; readonly l2: Deployer },
): Promise<BridgeAddresses> {
  const { l1, l2 } = ends
  const l2Token = (await l2.find('LivepeerToken')) ?? ZERO_ADDRESS
  const [l1AddressOf, l2AddressOf] = await Promise.all([deployL1Base(l1, config), deployL2Base(l2, config)])
  const l2Cache = l2AddressOf('L2LPTDataCache')
  await Promise.all([
    deployL1Gateway(l1, { addressOf: l1AddressOf, l2Token, l2Cache }),
    l2.ensure(
      'L2LPTGateway',
      encodeDeployData({
        abi: l2LPTGatewayAbi,
        bytecode: l2LPTGatewayBytecode,
        args: [ROUTER, l1AddressOf('LivepeerToken'), l2Token, l2Cache],
      }),
    ),
  ])
  const addresses = await findBridge(ends)
  await Promise.all([l1.configure(l1Settings(l1, addresses)), l2.configure(l2Settings(l2, addresses))])
  await Promise.all([open(l1, addresses.l1.L1LPTGateway), open(l2, addresses.l2.L2LPTGateway)])
  return addresses
}

/** What needs nothing of L2. */
async function deployL1Base(l1: Deployer, config: MessagingConfig): Promise<AddressOf> {
  const { first, second } = l1MessagingContracts(config)
  const own = [
    { name: 'LivepeerToken', initCode: livepeerTokenBytecode },
    { name: 'L1Escrow', initCode: l1EscrowBytecode },
  ]
  const addressOf = await l1.ensureAll([...first, ...own], second)
  await connectL1Messaging(l1, addressOf)
  return addressOf
}

/** What needs nothing of L1. */
async function deployL2Base(l2: Deployer, config: MessagingConfig): Promise<AddressOf> {
  const { first, second } = l2MessagingContracts(config)
  const cache = { name: 'L2LPTDataCache', initCode: l2LPTDataCacheBytecode }
  const addressOf = await l2.ensureAll([...first, cache], second)
  await ensureArbSys(l2)
  return addressOf
}

async function deployL1Gateway(
  l1: Deployer,
  at: { readonly addressOf: AddressOf; readonly l2Token: Address; readonly l2Cache: Address },
): Promise<void> {
  const { addressOf, l2Token, l2Cache } = at
  const [inbox, token, escrow] = ['ArbitrumInbox', 'LivepeerToken', 'L1Escrow'].map(addressOf)
  const cache: Creation = {
    name: 'L1LPTDataCache',
    initCode: encodeDeployData({
      abi: l1LPTDataCacheAbi,
      bytecode: l1LPTDataCacheBytecode,
      args: [inbox!, token!, l2Cache],
    }),
  }
  const gateway: Creation = {
    name: 'L1LPTGateway',
    initCode: encodeDeployData({
      abi: l1LPTGatewayAbi,
      bytecode: l1LPTGatewayBytecode,
      args: [ROUTER, escrow!, token!, l2Token, inbox!],
    }),
  }
  const minter: Creation = {
    name: 'BridgeMinter',
    // Nobody has stake on this L1, so there is no migrator.
    initCode: (of) =>
      encodeDeployData({
        abi: bridgeMinterAbi,
        bytecode: bridgeMinterBytecode,
        args: [l1.controller, ZERO_ADDRESS, of('L1LPTGateway')],
      }),
  }
  await l1.ensureAll([cache, gateway], [minter])
}

function l1Settings(l1: Deployer, { l1: at, l2: other }: BridgeAddresses): readonly Setting[] {
  const contract = contractsOf(l1)
  const controller = contract('Controller', at.Controller, controllerAbi)
  const token = contract('LivepeerToken', at.LivepeerToken, livepeerTokenAbi)
  const escrow = contract('L1Escrow', at.L1Escrow, l1EscrowAbi)
  const gateway = contract('L1LPTGateway', at.L1LPTGateway, l1LPTGatewayAbi)
  return [
    {
      isDone: async () => !(await controller.read('paused', [])),
      call: () => controller.write('unpause', []),
    },
    {
      isDone: async () => (await token.read('allowance', [at.L1Escrow, at.L1LPTGateway])) === UNLIMITED,
      call: () => escrow.write('approve', [at.LivepeerToken, at.L1LPTGateway, UNLIMITED]),
    },
    {
      isDone: async () => sameAddress(await gateway.read('counterpartGateway', []), other.L2LPTGateway),
      call: () => gateway.write('setCounterpart', [other.L2LPTGateway]),
    },
    {
      isDone: async () => sameAddress(await gateway.read('minter', []), at.BridgeMinter),
      call: () => gateway.write('setMinter', [at.BridgeMinter]),
    },
    role(l1, at.LivepeerToken, MINTER_ROLE, at.BridgeMinter),
  ]
}

function l2Settings(l2: Deployer, { l1: other, l2: at }: BridgeAddresses): readonly Setting[] {
  const contract = contractsOf(l2)
  const gateway = contract('L2LPTGateway', at.L2LPTGateway, l2LPTGatewayAbi)
  const cache = contract('L2LPTDataCache', at.L2LPTDataCache, l2LPTDataCacheAbi)
  return [
    {
      isDone: async () => sameAddress(await gateway.read('counterpartGateway', []), other.L1LPTGateway),
      call: () => gateway.write('setCounterpart', [other.L1LPTGateway]),
    },
    {
      isDone: async () => sameAddress(await cache.read('l1LPTDataCache', []), other.L1LPTDataCache),
      call: () => cache.write('setL1LPTDataCache', [other.L1LPTDataCache]),
    },
    {
      isDone: async () => sameAddress(await cache.read('l2LPTGateway', []), at.L2LPTGateway),
      call: () => cache.write('setL2LPTGateway', [at.L2LPTGateway]),
    },
    role(l2, at.LivepeerToken, MINTER_ROLE, at.L2LPTGateway),
    role(l2, at.LivepeerToken, BURNER_ROLE, at.L2LPTGateway),
  ]
}

function role(end: Deployer, token: Address, name: Hex, holder: Address): Setting {
  const contract = contractsOf(end)('LivepeerToken', token, livepeerTokenAbi)
  return {
    isDone: () => contract.read('hasRole', [name, holder]),
    call: () => contract.write('grantRole', [name, holder]),
  }
}

/** A gateway starts paused; it is opened last, when transfers can arrive. Both have the same two functions. */
async function open(end: Deployer, gateway: Address): Promise<void> {
  const contract = contractsOf(end)('gateway', gateway, l2LPTGatewayAbi)
  await end.configure([
    {
      isDone: async () => !(await contract.read('paused', [])),
      call: () => contract.write('unpause', []),
    },
  ])
}

function contractsOf(end: Deployer) {
  return <const abi extends Abi>(name: string, address: Address, abi: abi): Contract<abi> =>
    new Contract(end.client, { name, address, abi })
}
