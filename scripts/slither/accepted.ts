/** @module Kinds of findings that were looked at, each of them, and why they stay. */
export const accepted: ReadonlyMap<string, string> = new Map([
  [
    'arbitrary-send-erc20',
    'the gateway of L1 pays from the escrow that approved it, for messages of its counterpart only',
  ],
  [
    'arbitrary-send-eth',
    'Governor, Poll, migrator and devnet messaging exist to send ETH where they are told',
  ],
  ['assembly', 'hashes and look-ups by hand, measured; each block is memory-safe and has a test'],
  [
    'calls-loop',
    'batches: a failing call of one ticket is caught, a failing call of an update undoes it whole',
  ],
  ['constable-states', 'targetContractId is written by the proxy that has the same slots'],
  ['dead-code', 'functions of user-defined types, whose uses Slither does not see'],
  ['events-maths', 'the supply cache is written by the gateway, whose own event has the amount'],
  ['incorrect-equality', 'with 0 for "not set", and with the number of a round'],
  [
    'locked-ether',
    'the proxy passes ETH on to its target, which refuses it; devnet messaging plays the other chain',
  ],
  ['low-level-calls', 'to pass revert data on as it is, or to send ETH with a gas of its own'],
  ['missing-zero-check', 'zero means "none" there, or a deployment that could never work'],
  ['naming-convention', 'names that the ABI of Livepeer and of the ERCs fixes'],
  ['reentrancy-benign', 'only contracts of the protocol are called, or devnet messaging'],
  ['reentrancy-events', 'only contracts of the protocol are called; the order of events is that of Livepeer'],
  [
    'reentrancy-no-eth',
    'devnet messaging, where the outbox forgets the sender after the call, as Arbitrum does',
  ],
  ['return-bomb', 'ETH is sent with at most 2300 gas (50,000 on the devnet), too little for a large answer'],
  ['shadowing-local', 'parameters of interfaces, which have no state'],
  ['timestamp', 'delays of days, which a second more or less does not change'],
  ['unindexed-event-address', 'events whose form Livepeer fixed'],
  ['uninitialized-local', 'structs in memory, which are zero'],
  ['unused-return', 'parts of tuples; depositETH and approve answer true or revert'],
])
