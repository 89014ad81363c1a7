/** @module Findings of Slither that were looked at, each of them, and why they stay. */

/** Why findings of a kind are no fault. */
type Accepted = {
  readonly why: string
  /** contracts in which they were looked at; in another one the same kind is open. Nothing: harmless wherever it is */
  readonly in?: readonly string[]
}

export const accepted: ReadonlyMap<string, Accepted> = new Map([
  [
    'arbitrary-send-erc20',
    {
      why: 'pays from the escrow that approved it, for messages of its counterpart on L2 only',
      in: ['L1LPTGateway'],
    },
  ],
  [
    'arbitrary-send-eth',
    {
      why: 'they exist to send ETH where governance, a migrated account or a message of the devnet says',
      in: ['Governor', 'Poll', 'L2Migrator', 'DevRetryables'],
    },
  ],
  ['assembly', { why: 'hashes and look-ups by hand, measured; each block is memory-safe and has a test' }],
  [
    'calls-loop',
    { why: 'batches: a failing call of one ticket is caught, a failing call of an update undoes it whole' },
  ],
  [
    'constable-states',
    { why: 'targetContractId is written by the proxy that has the same slots', in: ['ManagerProxyTarget'] },
  ],
  ['dead-code', { why: 'functions of user-defined types, whose uses Slither does not see', in: [''] }],
  [
    'events-maths',
    {
      why: 'the supply cache is written by the gateway, whose own event has the amount',
      in: ['L2LPTDataCache'],
    },
  ],
  [
    'immutable-states',
    {
      why: 'the slot of the id is read by the code that the proxy runs; the proxy itself has it as an immutable',
      in: ['ManagerProxy'],
    },
  ],
  [
    'incorrect-equality',
    {
      why: 'compares with 0 for "not set", and with the number of a round: neither is a balance',
      in: ['Governor', 'Poll', 'RoundsManager'],
    },
  ],
  [
    'locked-ether',
    {
      why: 'the proxy passes ETH on to its target, which refuses it; the gateway refuses ETH with a withdrawal, and its counterpart sends none with a deposit; DevArbSys has the signature of Arbitrum',
      in: ['ManagerProxy', 'L2LPTGateway', 'DevArbSys'],
    },
  ],
  ['low-level-calls', { why: 'to pass revert data on as it is, or to send ETH with a gas of its own' }],
  ['missing-zero-check', { why: 'zero means "none" there, or a deployment that could never work' }],
  ['naming-convention', { why: 'names that the ABI of Livepeer and of the ERCs fixes' }],
  [
    'reentrancy-benign',
    {
      why: 'only contracts of the protocol are called by the migrator, whose message is counted used before; devnet messaging notes the sender during a call, as Arbitrum does',
      in: ['L2Migrator', 'DevBridge', 'DevInbox'],
    },
  ],
  [
    'reentrancy-events',
    { why: 'the state is written before; the order of events is that of Livepeer, which clients rely on' },
  ],
  [
    'reentrancy-no-eth',
    {
      why: 'devnet messaging, where the outbox forgets the sender after the call, as Arbitrum does',
      in: ['DevOutbox'],
    },
  ],
  [
    'return-bomb',
    {
      why: 'ETH is sent with at most 2300 gas (50,000 on the devnet), too little for a large answer',
      in: ['Minter', 'DevRetryables'],
    },
  ],
  ['shadowing-local', { why: 'parameters of interfaces, which have no state' }],
  [
    'timestamp',
    {
      why: 'delays of days, and permits: a second more or less changes nothing',
      in: ['DevOutbox', 'TestStablecoin'],
    },
  ],
  ['unindexed-event-address', { why: 'events whose form Livepeer fixed' }],
  [
    'uninitialized-local',
    { why: 'structs in memory, which are zero', in: ['TicketLottery', 'TicketBroker'] },
  ],
  ['unused-return', { why: 'parts of tuples; depositETH and approve answer true or revert' }],
])
