/** @module The broker for a stablecoin, and its token as people write amounts of it. */
import { Erc20 } from '@tessera/chain/contracts/erc20'
import { StablecoinBroker } from '@tessera/chain/contracts/stablecoin-broker'
import { ContractMissingError } from '@tessera/chain/errors'
import { type Address, sameAddress } from '@tessera/protocol/address'
import { allow } from '../allowance.ts'
import { formatUnits, parseAmount } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import type { Json } from '../json.ts'
import { type Step, type Watch, watch } from '../plan.ts'
import { TooLittleError } from '../problems.ts'
import type { ChainSession } from '../session.ts'
import { shownText } from '../shown-text.ts'

export type StablecoinOptions = {
  readonly stablecoin?: boolean
  /** Address; that of the Controller when absent. */
  readonly broker?: string
}

/** Symbols are a few letters; what is longer is no symbol. */
const MAX_SYMBOL = 12

export type Stablecoin = {
  readonly broker: StablecoinBroker
  readonly token: StablecoinToken
  readonly facts: { readonly broker: Address; readonly token: Json }
  /** For next steps: the options that lead here again, with a space before them. */
  readonly flag: string
  format(amount: bigint): string
  /** @throws {UsageError} naming `option`. */
  parse(text: string, option: string): bigint
}

/** @throws {ContractMissingError} */
export async function openStablecoin(session: ChainSession, options: StablecoinOptions): Promise<Stablecoin> {
  const { addresses } = await session.contracts()
  const at = options.broker === undefined ? addresses.StablecoinTicketBroker : checkedAddress(options.broker)
  if (at === undefined) throw new ContractMissingError({ contract: 'StablecoinTicketBroker' })
  const broker = new StablecoinBroker(session.client, at)
  const erc20 = new Erc20(session.client, await broker.token())
  const [symbol, decimals] = await Promise.all([erc20.symbol(), erc20.decimals()])
  const name = shownText(symbol).slice(0, MAX_SYMBOL)
  const isTest =
    addresses.TestStablecoin !== undefined && sameAddress(addresses.TestStablecoin, erc20.address)
  const format = (amount: bigint) => `${formatUnits(amount, decimals)} ${name}`
  return {
    broker,
    token: new StablecoinToken(erc20, { name, isTest, format }),
    facts: { broker: at, token: { address: erc20.address, symbol: name, decimals } },
    flag: options.broker === undefined ? ' --stablecoin' : ` --broker ${options.broker}`,
    format,
    parse: (text, option) => parseAmount(text, option, decimals),
  }
}

type Manner = {
  readonly name: string
  /** The deployment's own token, of which its deployer can make more. */
  readonly isTest: boolean
  readonly format: (amount: bigint) => string
}

export class StablecoinToken {
  readonly #token: Erc20
  readonly #manner: Manner

  constructor(token: Erc20, manner: Manner) {
    this.#token = token
    this.#manner = manner
  }

  get isTest(): boolean {
    return this.#manner.isTest
  }

  mintTest(to: Address, amount: bigint): Step {
    const says = `make ${this.#manner.format(amount)} for ${to}`
    return { call: this.#token.mintTest(to, amount), says }
  }

  watch(what: string, account: Address): Watch {
    const show = { json: (value: bigint) => value, text: this.#manner.format }
    return watch(what, this.#token.balanceQuery(account), show)
  }

  /** @throws {TooLittleError} */
  async assertHas(account: Address, needs: bigint): Promise<void> {
    const { name, isTest, format } = this.#manner
    const has = await this.#token.balanceOf(account)
    if (has >= needs) return
    throw new TooLittleError(
      `${account} has ${format(has)}, less than ${format(needs)}.`,
      isTest
        ? 'It is a test token: its deployer makes more of it with tessera ticket mint AMOUNT ACCOUNT.'
        : `Send ${name} to the account, or pay in less.`,
      { has, needs },
    )
  }

  /** Exactly what is needed, and only if less is approved yet. */
  approval(owner: Address, spender: Address, amount: bigint): Promise<readonly Step[]> {
    const says = `allow the broker to take ${this.#manner.format(amount)}`
    return allow(this.#token, { owner, spender, amount, says })
  }
}
