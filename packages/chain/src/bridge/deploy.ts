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
import { registered } from '../addresses.ts'
import { Contract } from '../contract.ts'
import type { Deployer, Setting } from '../deploy/deployer.ts'
import { type BridgeAddresses, findBridge } from './addresses.ts'
import { deployL1Messaging, deployL2Messaging, type MessagingConfig } from './deploy-messaging.ts'

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
  const l2Token = await registered(l2, 'LivepeerToken')
  const [inbox, l1Token, escrow, l2Cache] = await Promise.all([
    deployL1Messaging(l1, config),
    l1.ensure('LivepeerToken', livepeerTokenBytecode),
    l1.ensure('L1Escrow', l1EscrowBytecode),
    l2.ensure('L2LPTDataCache', l2LPTDataCacheBytecode),
    deployL2Messaging(l2, config),
  ])
  const gateways = { l1Token, l2Token: l2Token ?? ZERO_ADDRESS }
  await Promise.all([
    deployL1Gateway(l1, { ...gateways, inbox, escrow, l2Cache }),
    l2.ensure(
      'L2LPTGateway',
      encodeDeployData({
        abi: l2LPTGatewayAbi,
        bytecode: l2LPTGatewayBytecode,
        args: [ROUTER, l1Token, gateways.l2Token, l2Cache],
      }),
    ),
  ])
  const addresses = await findBridge(ends)
  await Promise.all([l1.configure(l1Settings(l1, addresses)), l2.configure(l2Settings(l2, addresses))])
  await Promise.all([open(l1, addresses.l1.L1LPTGateway), open(l2, addresses.l2.L2LPTGateway)])
  return addresses
}

async function deployL1Gateway(
  l1: Deployer,
  at: Readonly<Record<'l1Token' | 'l2Token' | 'inbox' | 'escrow' | 'l2Cache', Address>>,
): Promise<void> {
  const cache = encodeDeployData({
    abi: l1LPTDataCacheAbi,
    bytecode: l1LPTDataCacheBytecode,
    args: [at.inbox, at.l1Token, at.l2Cache],
  })
  const gateway = encodeDeployData({
    abi: l1LPTGatewayAbi,
    bytecode: l1LPTGatewayBytecode,
    args: [ROUTER, at.escrow, at.l1Token, at.l2Token, at.inbox],
  })
  const minter = async (): Promise<Hex> => {
    const gatewayAddress = await l1.ensure('L1LPTGateway', gateway)
    // Nobody has stake on this L1, so there is no migrator.
    const args = [l1.controller, ZERO_ADDRESS, gatewayAddress] as const
    return encodeDeployData({ abi: bridgeMinterAbi, bytecode: bridgeMinterBytecode, args })
  }
  await Promise.all([
    l1.ensure('L1LPTDataCache', cache),
    minter().then((initCode) => l1.ensure('BridgeMinter', initCode)),
  ])
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
