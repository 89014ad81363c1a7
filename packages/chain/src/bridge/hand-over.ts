/** @module Gives the bridge to governance, so that the account that deployed it can change nothing any more. */
import { type Address, sameAddress } from '@tessera/protocol/address'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { Contract } from '../contract.ts'
import type { Deployer } from '../deploy/deployer.ts'
import type { BridgeAddresses } from './addresses.ts'

/**
 * Admins of both gateways, the escrow and L1's token, owners of the L2 data cache and of L1's Controller. The Controller
 * and the token of L2 are the protocol's own. Can be repeated; each hand-over grants before it gives up.
 */
export async function handOverBridge(
  ends: { readonly l1: Deployer; readonly l2: Deployer },
  { l1: at, l2: other }: BridgeAddresses,
  governance: { readonly l1: Address; readonly l2: Address },
): Promise<void> {
  for (const contract of [at.L1LPTGateway, at.L1Escrow, at.LivepeerToken]) {
    await moveAdmin(ends.l1, contract, governance.l1)
  }
  await moveAdmin(ends.l2, other.L2LPTGateway, governance.l2)
  await moveOwner(ends.l2, other.L2LPTDataCache, governance.l2)
  await moveOwner(ends.l1, at.Controller, governance.l1)
}

/** All of these have the roles of OpenZeppelin's AccessControl; the token's ABI describes them. */
async function moveAdmin(end: Deployer, address: Address, to: Address): Promise<void> {
  const contract = new Contract(end.client, { name: 'AccessControl', address, abi: livepeerTokenAbi })
  const self = end.transactions.address
  const admin = await contract.read('DEFAULT_ADMIN_ROLE', [])
  if (!(await contract.read('hasRole', [admin, self]))) return
  await end.transactions.execute(contract.write('grantRole', [admin, to]))
  await end.transactions.execute(contract.write('renounceRole', [admin, self]))
}

/** The Controller has the functions of OpenZeppelin's Ownable, so its ABI describes both. */
async function moveOwner(end: Deployer, address: Address, to: Address): Promise<void> {
  const contract = new Contract(end.client, { name: 'Ownable', address, abi: controllerAbi })
  if (sameAddress(await contract.read('owner', []), to)) return
  await end.transactions.execute(contract.write('transferOwnership', [to]))
}
