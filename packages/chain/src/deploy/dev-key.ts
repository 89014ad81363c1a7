/** @module Private keys of development accounts, for printing and for settings files. */
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { mnemonicToAccount } from 'viem/accounts'
import { DEVNET_MNEMONIC } from './devnet-config.ts'

/** Key of account `index` under the public development mnemonic. Anybody can spend what it owns. */
export function devPrivateKey(index: number): Hex {
  const { privateKey } = mnemonicToAccount(DEVNET_MNEMONIC, { addressIndex: index }).getHdKey()
  if (!privateKey) throw new MalformedError('development key', { index })
  return toHex(privateKey)
}
