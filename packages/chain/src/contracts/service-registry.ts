/** @module ServiceRegistry: where an orchestrator can be reached. */
import type { Address } from '@tessera/protocol/address'
import { serviceRegistryAbi as abi } from '../abis/service-registry.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'

export class ServiceRegistry {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'ServiceRegistry', address, abi })
  }

  /** Whatever the orchestrator wrote, empty when nothing; anyone can register anything, so treat it as hostile. */
  serviceUri(orchestrator: Address): Promise<string> {
    return this.#contract.read('getServiceURI', [orchestrator])
  }

  setServiceUri(uri: string): TransactionCall {
    return this.#contract.write('setServiceURI', [uri])
  }
}
