/** @module Every guard that a test claims to prove, with the fault that takes it out. */
import type { Edit, Mutant } from './mutant.ts'

const edit = (file: string, find: string, replace = ''): Edit => ({ file, find, replace })

const issue = (suite: string, number: string, name: string, ...edits: readonly Edit[]): Mutant => ({
  name: `issue ${number}: ${name}`,
  edits,
  suite: `regression/${suite}Issues.t.sol`,
  test: `test(Fuzz)?_issue${number}_`,
})

const bonds = 'bonding/Bonds.sol'
const locks = 'bonding/UnbondingLocks.sol'
const earnings = 'bonding/Earnings.sol'
const rewards = 'bonding/Rewards.sol'
const pool = 'bonding/ActivePool.sol'
const manager = 'bonding/BondingManager.sol'
const redemptions = 'payments/Redemptions.sol'
const senders = 'payments/SenderAccounts.sol'
const minter = 'token/Minter.sol'

const claimCheck = 'if (!harmless) revert IBondingManager.IllegalClaimEarnings(account, delegate);'
const activeCheck =
  'if (!t.isActiveIn(round)) revert IBondingManager.TranscoderMustBeActive(account);\n        bool rewarded'

/** One or more for each public issue. */
const issues: readonly Mutant[] = [
  issue(
    'Earnings',
    '1',
    'treasury share of the estimate in the wrong scale',
    edit(
      rewards,
      'rewards -= self.treasury.rewardCut.shareOf(rewards);',
      'rewards -= rewards * self.treasury.rewardCut.value() / 1e6;',
    ),
  ),
  issue(
    'Governance',
    '2',
    'who delegates to a delegator votes',
    edit('votes/BondingVotes.sol', 'if (!own.isRegistered(transcoder)) return 0;'),
  ),
  issue(
    'Governance',
    '3',
    'votes without stake',
    edit('votes/BondingVotes.sol', 'if (stake.bonded == 0) return (0, delegateAddress);'),
  ),
  issue(
    'Governance',
    '4',
    'an override takes more than its delegate still counts',
    edit('votes/BondingVotes.sol', 'if (!own.isRegistered(transcoder)) return 0;'),
    edit('governance/Tally.sol', 'weight < counted ? weight : counted;', 'weight;'),
    edit('governance/Tally.sol', '(counted - taken).toUint96()', '0'),
  ),
  issue(
    'Votes',
    '5',
    'withdrawing fees leaves no checkpoint',
    edit(earnings, '        context.checkpoint(self, msg.sender);'),
  ),
  issue(
    'Bonding',
    '6',
    'bonding for the zero address',
    edit(bonds, 'if (owner == address(0)) revert IBondingManager.InvalidDelegator(owner);'),
  ),
  issue(
    'Votes',
    '7',
    'votes scaled by factors of a claim after the reward',
    edit(
      'votes/BondingVotes.sol',
      'if (rewarded == 0 || rewarded < stake.lastClaimRound) return stake.bonded;',
    ),
  ),
  issue(
    'Bonding',
    '8',
    'rebonding starts from factor 1',
    edit(locks, 'self.transcoders[to].carryForward(context.round);'),
  ),
  issue(
    'Bonding',
    '9',
    'a new delegate starts from factor 1',
    edit(bonds, 'self.transcoders[to].carryForward(context.round);'),
  ),
  issue(
    'Earnings',
    '10',
    "delegators are given the transcoder's cut as well",
    edit(rewards, 'grownBy(shared, stake)', 'grownBy(rewards, stake)'),
  ),
  issue(
    'Earnings',
    '10',
    'factors of 10^6',
    edit(
      'types/Ray.sol',
      'return toRay(before + rayShare(before, part, whole));',
      'return toRay((before + rayShare(before, part, whole)) / 1e21 * 1e21);',
    ),
  ),
  issue('Bonding', '11', 'a stranger forces a claim', edit(earnings, claimCheck)),
  issue(
    'Bonding',
    '12',
    'a stranger makes an account its own delegate',
    edit(bonds, 'if (to == owner && !context.isL2Migrator()) revert IBondingManager.InvalidDelegate(to);'),
  ),
  issue(
    'Bonding',
    '12',
    'a gift makes an account its own delegate',
    edit(locks, 'if (account == delegate || account == address(0)) {', 'if (account == address(0)) {'),
  ),
  issue(
    'Bonding',
    '13',
    'a stranger changes a delegate',
    edit(bonds, '} else if (to != self.delegators[owner].delegateAddress) {', '} else if (false) {'),
  ),
  issue(
    'Bonding',
    '14',
    'stake for the zero address',
    edit(locks, 'if (account == delegate || account == address(0)) {', 'if (account == delegate) {'),
  ),
  issue(
    'Bonding',
    '15',
    'the delegate of a whole bond is read after it is gone',
    edit(
      locks,
      '_adoptDelegate(self, context, to, oldDelegate);',
      '_adoptDelegate(self, context, to, self.delegators[msg.sender].delegateAddress);',
    ),
  ),
  issue(
    'Bonding',
    '15',
    'the receiver does not claim',
    edit(
      locks,
      '        self.claim(to, context.round);',
      '        self.delegators[to].lastClaimRound = context.round;',
    ),
  ),
  issue(
    'Earnings',
    '16',
    'inflation of the supply of one chain',
    edit(minter, 'supply += IL2LPTDataCache(cache).l1CirculatingSupply();', 'supply += 0;'),
  ),
  issue(
    'Ticket',
    '17',
    'signatures of any length',
    edit(redemptions, 'if (sig.length != Tickets.SIGNATURE_BYTES) return Defect.SignatureLength;'),
  ),
  issue(
    'Ticket',
    '17',
    'mirrored signatures',
    edit('payments/Tickets.sol', '5D576E7357A4501DDFE92F46681B20A0;', 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF;'),
  ),
  issue(
    'Ticket',
    '17',
    'a used ticket is paid again',
    edit(redemptions, 'if (self.used[c.ticketHash]) return Defect.Used;'),
  ),
  issue(
    'Ticket',
    '18',
    'anyone ends an unlock',
    edit(senders, 'cancelled = byOwner && withdrawRound != 0;', 'cancelled = withdrawRound != 0;'),
  ),
  issue(
    'Earnings',
    '19',
    'the reward of an evicted transcoder is not in its next stake',
    edit(
      pool,
      'if (counts) _fixStake(t, before, round);',
      'if (counts && joined) _fixStake(t, before, round);',
    ),
  ),
  issue('Earnings', '19', 'fees for who is not active', edit(rewards, activeCheck, 'bool rewarded')),
  issue('Earnings', '20', 'fees for who is not active', edit(rewards, activeCheck, 'bool rewarded')),
  issue(
    'Bonding',
    '21',
    'dust brings a transcoder back before its reward',
    edit(bonds, '        requireRewardBeforeRejoin(self, to, context.round);'),
  ),
  issue(
    'Bonding',
    '21',
    'rebonded dust brings a transcoder back before its reward',
    edit(locks, 'self.requireRewardBeforeRejoin(delegate, context.round);'),
  ),
  issue(
    'Earnings',
    '22',
    'minted tokens are counted twice in the estimate',
    edit(
      rewards,
      'minter.currentMintableTokens();',
      'minter.currentMintableTokens() + minter.currentMintedTokens();',
    ),
  ),
  issue(
    'Bonding',
    '23',
    'the migrator changes a delegate',
    edit(
      bonds,
      '} else if (to != self.delegators[owner].delegateAddress) {',
      '} else if (!context.isL2Migrator() && to != self.delegators[owner].delegateAddress) {',
    ),
  ),
  issue(
    'Bridge',
    '23',
    'an account moves to a foreign address',
    edit('bridge/l1/L1Migrator.sol', 'if (l1Addr != l2Addr) revert L2AddressMismatch(l1Addr, l2Addr);'),
  ),
  issue(
    'Bridge',
    '23',
    'no locks move',
    edit('bridge/l1/L1Migrator.sol', 'if (unbondingLockIds.length == 0) revert NoUnbondingLocks();'),
  ),
  issue(
    'Ticket',
    '24',
    'a ticket is paid as far as funds go',
    edit(
      'payments/TicketLottery.sol',
      'if (amount > c.available) return Redemptions.Defect.InsufficientFunds;',
      'if (amount > c.available) amount = c.available;',
    ),
  ),
  issue(
    'Ticket',
    '25',
    'the share follows the pool of the next round',
    edit('payments/TicketLottery.sol', 'currentRoundActiveTranscoders()', 'getTranscoderPoolSize()'),
  ),
  issue(
    'Bridge',
    '26',
    'a failed transfer of ETH is ignored',
    edit('bridge/l1/BridgeMinter.sol', 'if (!ok) revert EthTransferFailed(l1MigratorAddr, amount);', 'ok;'),
  ),
  issue(
    'Bridge',
    '27',
    "anyone takes the minter's funds",
    edit(
      'bridge/l1/BridgeMinter.sol',
      'if (msg.sender != l1MigratorAddr) revert NotL1Migrator(msg.sender, l1MigratorAddr);',
    ),
  ),
  issue(
    'Bridge',
    '28',
    'any value with a deposit',
    edit(
      'bridge/l1/L1LPTGateway.sol',
      'if (msg.value != expected) revert WrongEthValue(msg.value, expected);',
      'expected;',
    ),
  ),
  issue(
    'Bridge',
    '29',
    'a burner needs no allowance',
    edit('token/LivepeerToken.sol', '_spendAllowance(from, msg.sender, amount);'),
  ),
  issue(
    'Bridge',
    '29',
    'anyone mints',
    edit(
      'token/LivepeerToken.sol',
      'function mint(address to, uint256 amount) external override onlyRole(MINTER_ROLE) {',
      'function mint(address to, uint256 amount) external override {',
    ),
  ),
  issue(
    'Bridge',
    '30',
    "the router's form of a withdrawal does nothing",
    edit(
      'bridge/l2/L2LPTGateway.sol',
      'if (msg.value != 0) revert UnexpectedEth(msg.value);\n        return _withdraw(token, to, amount, data);',
      'token; to; amount; return data;',
    ),
  ),
  {
    name: 'ETH is kept by the gateway of L2',
    edits: [edit('bridge/l2/L2LPTGateway.sol', 'if (msg.value != 0) revert UnexpectedEth(msg.value);')],
    suite: 'regression/BridgeIssues.t.sol',
    test: 'test_theGatewayOfL2TakesNoEth',
  },
  issue(
    'Bonding',
    '31',
    'a transcoder delegates away',
    edit(
      bonds,
      'if (oldDelegate == owner) revert IBondingManager.RegisteredTranscoderCannotDelegate(owner);',
    ),
  ),
  issue(
    'Bonding',
    '31',
    'a second claim in a round pays again',
    edit(
      earnings,
      '(d.bondedAmount, d.lastClaimRound) = (bonded, round);',
      '(d.bondedAmount, d.lastClaimRound) = (bonded, rewards == 0 ? round : since);',
    ),
  ),
  issue(
    'Bonding',
    '32',
    'the pool shrinks',
    edit(
      'bonding/SortedPool.sol',
      'if (newMaxSize <= list.maxSize) revert PoolSizeCannotShrink(list.maxSize, newMaxSize);',
    ),
  ),
  issue(
    'Ticket',
    '32',
    'a failed payment of fees is ignored',
    edit(minter, 'if (!ok) revert EthTransferFailed(to, amount);', 'ok;'),
  ),
  issue(
    'Earnings',
    '32',
    'the treasury has no ceiling',
    edit(
      rewards,
      'ILivepeerToken(context.find(ContractIds.LIVEPEER_TOKEN)).balanceOf(treasury) >= ceiling',
      'false',
    ),
  ),
]

const invariant = (says: string, name: string, ...edits: readonly Edit[]): Mutant => ({
  name: `invariant ${says} ${name}`,
  edits,
  suite: 'invariant/Protocol.t.sol',
  test: '(invariant|test_aLongWalk)',
  says,
})

/** One or more for each invariant: a fault that nothing but this rule has to see. */
const invariants: readonly Mutant[] = [
  invariant(
    '1:',
    'more is minted than was counted',
    edit(minter, '.mint(address(this), minted);', '.mint(address(this), minted + 1);'),
  ),
  invariant(
    '2:',
    'withdrawn fees are still owed',
    edit(earnings, 'd.fees = fees - amount;', 'd.fees = fees - amount / 2;'),
  ),
  invariant('3:', 'a withdrawn lock can be rebonded', edit(locks, '        delete locks[lockId];')),
  invariant(
    '4:',
    'stake that leaves a delegate stays in its record twice less',
    edit(
      locks,
      'self.increaseStake(delegate, lock.amount, context.round, hint);',
      'self.increaseStake(delegate, lock.amount / 2, context.round, hint);',
    ),
  ),
  invariant(
    '5:',
    'a reward starts from factor 1',
    edit(
      rewards,
      't.rewardFactorNow().orOne().grownBy(shared, stake)',
      't.pools[Round.wrap(0)].rewardFactor.orOne().grownBy(shared, stake)',
    ),
  ),
  invariant(
    '6:',
    'a used ticket is paid again',
    edit(redemptions, 'if (self.used[c.ticketHash]) return Defect.Used;'),
  ),
  invariant(
    '7:',
    'what a claimant took is not counted',
    edit(senders, 'uint256 left = share > taken ? share - taken : 0;', 'uint256 left = taken * 0 + share;'),
  ),
  invariant(
    '8:',
    'a delegate is not noted when its stake falls',
    edit(bonds, 'if (delegate != msg.sender) context.checkpoint(self, delegate);'),
  ),
  invariant(
    '8:',
    'a slashed delegator leaves votes behind',
    edit(
      'bonding/Slashing.sol',
      'if (d.delegateAddress != account) context.checkpoint(self, d.delegateAddress);',
    ),
  ),
  invariant(
    '9:',
    'an evicted transcoder stays active',
    edit(pool, 'self.transcoders[last].deactivationRound = activationRound;'),
  ),
  invariant(
    '9:',
    'who has no more stake evicts',
    edit(pool, 'if (stake <= lastStake) return false;', 'if (stake < lastStake) return false;'),
  ),
  invariant(
    '10:',
    'a gift is taken out of the stake of the receiver',
    edit(
      locks,
      '        self.claim(to, context.round);',
      '        self.delegators[to].lastClaimRound = context.round;',
    ),
  ),
  invariant(
    '11:',
    'inflation falls by two steps',
    edit(
      minter,
      'current.minusOrZero(target.inflationChange)',
      'current.minusOrZero(target.inflationChange).minusOrZero(target.inflationChange)',
    ),
  ),
  invariant(
    '12:',
    'a lock cannot be withdrawn in its round',
    edit(
      locks,
      'if (lock.withdrawRound > context.round) {',
      'if (lock.withdrawRound.next() > context.round) {',
    ),
  ),
  invariant(
    '12:',
    'fees can be taken while the system is paused',
    edit('registry/Manager.sol', '            paused := mload(32)\n'),
  ),
  invariant(
    'the pool is sorted',
    'a change of stake leaves its place',
    edit(
      pool,
      'self.pool.updateKey(delegate, stake, hint.prev, hint.next);\n            front().nextRoundStake -= before - stake;',
      'front().nextRoundStake -= before - stake;',
    ),
  ),
  invariant('9:', 'an evicted stake still counts', edit(pool, 'front().nextRoundStake -= lastStake;')),
  invariant(
    'a reward is the share of the stake',
    'the stake of this round is overwritten',
    edit(pool, 't.lastActiveStakeUpdateRound = round.next();', 't.lastActiveStakeUpdateRound = round;'),
  ),
  invariant(
    'nobody ends the activity',
    'dust brings a transcoder back before its reward',
    edit(bonds, '        requireRewardBeforeRejoin(self, to, context.round);'),
  ),
  invariant(
    'fees booked never exceed',
    'own rewards count twice in the fees',
    edit(
      rewards,
      'rayShare(shared, active, stake) + fees - shared',
      'rayShare(shared, active, stake) + fees',
    ),
  ),
]

/** Attacks beyond the public issues. */
const attacks: readonly Mutant[] = [
  {
    name: 'attack: a slash before the stake of the round is fixed',
    edits: [
      edit(manager, '_state.slash(_open(), account', '_state.slash(Contexts.look(controller), account'),
    ],
    suite: 'regression/StakeAttacks.t.sol',
    test: 'test_aSlashWaitsForTheRound',
  },
  {
    name: 'attack: a proposal passes without votes where there is no stake',
    edits: [edit('governance/LivepeerGovernor.sol', 'all > 0 && ')],
    suite: 'regression/GovernanceAttacks.t.sol',
    test: 'test_',
  },
]

export const mutants: readonly Mutant[] = [...issues, ...invariants, ...attacks]
