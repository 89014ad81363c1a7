/** @module Which nonce the next transaction of a key gets. */

/**
 * The lowest nonce that nobody uses: gaps left by transactions that were dropped before anyone saw them are filled
 * first, nonces of our open intents and of foreign transactions in the mempool are passed over.
 *
 * @param mined transactions of the key in blocks (`eth_getTransactionCount` of `latest`).
 * @param pending the same with the mempool's contiguous part (`pending`); a node may report it below `mined`.
 * @param open nonces of our own intents that are not mined yet.
 */
export function nextNonce(mined: number, pending: number, open: ReadonlySet<number>): number {
  for (let nonce = mined; ; nonce++) {
    const isTaken = open.has(nonce) || nonce < pending
    if (!isTaken) return nonce
  }
}
