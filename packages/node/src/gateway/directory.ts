/** @module Where the gateway learns which orchestrators exist. */
import type { Address } from '@tessera/protocol/address'

/** An orchestrator as a directory knows it, before it was asked anything. */
export type OrchestratorRef = {
  /** Base URL of its RPC port, without a trailing slash. Its identity inside the gateway. */
  readonly url: string
  /** Absent in a static list: learnt from the first quote. */
  readonly address?: Address
  /** 10^-18 LPT bonded to it; 0 off chain. */
  readonly stake: bigint
}

export type Directory = {
  /** Those that may be given work now. Throws when the source cannot be read; the caller keeps the last answer. */
  list(options: { readonly signal: AbortSignal }): Promise<readonly OrchestratorRef[]>
}

/** A fixed list of URLs: off chain, or for an operator who knows whom to trust. */
export function listDirectory(urls: readonly string[]): Directory {
  const refs = urls.map((url): OrchestratorRef => ({ url: normalizeUrl(url), stake: 0n }))
  return { list: async () => refs }
}

/** What the chain directory reads: the active set of the current round and their registered URLs. */
export type ActiveOrchestrators = {
  activeOrchestrators(): Promise<
    readonly { readonly address: Address; readonly stake: bigint; readonly serviceUri: string }[]
  >
}

/** The active set on chain. Entries without a usable http(s) service URI are left out. */
export function chainDirectory(chain: ActiveOrchestrators): Directory {
  return {
    list: async () => {
      const active = await chain.activeOrchestrators()
      return active.flatMap(({ address, stake, serviceUri }): OrchestratorRef[] =>
        isHttpUrl(serviceUri) ? [{ url: normalizeUrl(serviceUri), address, stake }] : [],
      )
    },
  }
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function normalizeUrl(text: string): string {
  return new URL(text).href.replace(/\/+$/, '')
}
