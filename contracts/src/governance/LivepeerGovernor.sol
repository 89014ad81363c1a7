// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IController} from "../interfaces/IController.sol";
import {ILivepeerGovernor} from "../interfaces/ILivepeerGovernor.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {toRound} from "../types/Round.sol";
import {GovernorSettings} from "./GovernorSettings.sol";
import {Proposal, Tally} from "./Tally.sol";

/// @notice See ILivepeerGovernor.
/// @dev From the ground up: Tally (counting), GovernorSettings (state and parameters), and here the life of proposals and
///      the ways to vote.
contract LivepeerGovernor is GovernorSettings, EIP712, ERC721Holder, ERC1155Holder {
    using Tally for Proposal;

    /// @inheritdoc ILivepeerGovernor
    bytes32 public constant override BALLOT_TYPEHASH = keccak256("Ballot(uint256 proposalId,uint8 support)");
    /// @inheritdoc ILivepeerGovernor
    bytes32 public constant override EXTENDED_BALLOT_TYPEHASH =
        keccak256("ExtendedBallot(uint256 proposalId,uint8 support,string reason,bytes params)");

    string private constant NAME = "LivepeerGovernor";
    string private constant VERSION = "1";

    /// Ids (ERC-165) of the governor's interface as it grew: 4.3, 4.6 with params, 4.9 with cancel; and of the timelock.
    bytes4 private constant GOVERNOR_43 = 0xbf26d897;
    bytes4 private constant GOVERNOR_46 = 0x79dd796f;

    /// "#proposer=" and an address, at the end of a description.
    uint256 private constant SUFFIX_LENGTH = 52;
    uint256 private constant MARK_LENGTH = 10;
    bytes32 private constant MARK = keccak256("#proposer=");

    constructor(IController controller_) ManagerProxyTarget(controller_) EIP712(NAME, VERSION) {
        _disableInitializers();
    }

    /// @inheritdoc ILivepeerGovernor
    function initialize(
        uint256 votingDelay_,
        uint256 votingPeriod_,
        uint256 proposalThreshold_,
        uint256 quorumNumerator_,
        uint256 quota_
    ) external override initializer {
        _setUp(votingDelay_, votingPeriod_, proposalThreshold_, quorumNumerator_, quota_);
    }

    // ---- proposals ------------------------------------------------------------------------------------------

    /// @inheritdoc ILivepeerGovernor
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) external override returns (uint256 proposalId) {
        if (!_mayPropose(msg.sender, description)) {
            revert GovernorRestrictedProposer(msg.sender);
        }
        uint256 current = clock();
        _requireThreshold(current);
        if (targets.length == 0 || targets.length != values.length || targets.length != calldatas.length) {
            revert GovernorInvalidProposalLength(targets.length, calldatas.length, values.length);
        }
        proposalId = hashProposal(targets, values, calldatas, keccak256(bytes(description)));
        Proposal storage proposal = _proposals[proposalId];
        if (!proposal.snapshot.isZero()) {
            revert GovernorUnexpectedProposalState(proposalId, state(proposalId), bytes32(0));
        }
        uint256 snapshot = current + votingDelay();
        uint256 period = votingPeriod();
        proposal.snapshot = toRound(snapshot);
        // forge-lint: disable-next-line(unsafe-typecast)
        proposal.period = uint16(period);
        proposal.proposer = msg.sender;
        emit ProposalCreated(
            proposalId,
            msg.sender,
            targets,
            values,
            new string[](targets.length),
            calldatas,
            snapshot,
            snapshot + period,
            description
        );
    }

    /// @inheritdoc ILivepeerGovernor
    function queue(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external override returns (uint256 proposalId) {
        proposalId = hashProposal(targets, values, calldatas, descriptionHash);
        _requireState(proposalId, _bit(ProposalState.Succeeded));
        uint256 delay = _timelock.getMinDelay();
        _operations[proposalId] =
            keccak256(abi.encode(targets, values, calldatas, bytes32(0), descriptionHash));
        _timelock.scheduleBatch(targets, values, calldatas, bytes32(0), descriptionHash, delay);
        emit ProposalQueued(proposalId, block.timestamp + delay);
    }

    /// @inheritdoc ILivepeerGovernor
    /// @dev Whether the delay is over is up to the timelock.
    function execute(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external payable override returns (uint256 proposalId) {
        proposalId = hashProposal(targets, values, calldatas, descriptionHash);
        _requireState(proposalId, _bit(ProposalState.Succeeded) | _bit(ProposalState.Queued));
        _proposals[proposalId].executed = true;
        emit ProposalExecuted(proposalId);
        _allowCalls(targets, calldatas);
        _timelock.executeBatch{value: msg.value}(targets, values, calldatas, bytes32(0), descriptionHash);
        _forbidCalls(targets, calldatas);
    }

    /// @inheritdoc ILivepeerGovernor
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external override returns (uint256 proposalId) {
        proposalId = hashProposal(targets, values, calldatas, descriptionHash);
        _requireState(proposalId, _bit(ProposalState.Pending));
        Proposal storage proposal = _proposals[proposalId];
        if (msg.sender != proposal.proposer) revert GovernorUnableToCancel(proposalId, msg.sender);
        proposal.canceled = true;
        emit ProposalCanceled(proposalId);
    }

    /// @inheritdoc ILivepeerGovernor
    function relay(address target, uint256 value, bytes calldata data)
        external
        payable
        override
        onlyGovernance
    {
        (bool ok, bytes memory result) = target.call{value: value}(data);
        Address.verifyCallResult(ok, result);
    }

    /// @inheritdoc ILivepeerGovernor
    function hashProposal(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public pure override returns (uint256 proposalId) {
        return uint256(keccak256(abi.encode(targets, values, calldatas, descriptionHash)));
    }

    /// @inheritdoc ILivepeerGovernor
    function state(uint256 proposalId) public view override returns (ProposalState) {
        Proposal storage proposal = _proposals[proposalId];
        uint256 snapshot = proposal.snapshot.value();
        if (snapshot == 0) revert GovernorNonexistentProposal(proposalId);
        if (proposal.executed) return ProposalState.Executed;
        if (proposal.canceled) return ProposalState.Canceled;
        uint256 current = clock();
        if (current <= snapshot) return ProposalState.Pending;
        if (current <= snapshot + proposal.period) return ProposalState.Active;
        if (!_succeeded(proposal, snapshot)) return ProposalState.Defeated;
        bytes32 operation = _operations[proposalId];
        if (operation == bytes32(0)) return ProposalState.Succeeded;
        if (_timelock.isOperationDone(operation)) return ProposalState.Executed;
        return _timelock.isOperationPending(operation) ? ProposalState.Queued : ProposalState.Canceled;
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalSnapshot(uint256 proposalId) external view override returns (uint256) {
        return _proposals[proposalId].snapshot.value();
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalDeadline(uint256 proposalId) external view override returns (uint256) {
        return _proposals[proposalId].snapshot.value() + _proposals[proposalId].period;
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalProposer(uint256 proposalId) external view override returns (address) {
        return _proposals[proposalId].proposer;
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalEta(uint256 proposalId) external view override returns (uint256) {
        uint256 eta = _timelock.getTimestamp(_operations[proposalId]);
        // The timelock marks what is done with 1.
        return eta == 1 ? 0 : eta;
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalVotes(uint256 proposalId)
        external
        view
        override
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        Proposal storage proposal = _proposals[proposalId];
        return (proposal.againstVotes, proposal.forVotes, proposal.abstainVotes);
    }

    // ---- voting ---------------------------------------------------------------------------------------------

    /// @inheritdoc ILivepeerGovernor
    function castVote(uint256 proposalId, uint8 support) external override returns (uint256) {
        return _castVote(proposalId, msg.sender, support, "");
    }

    /// @inheritdoc ILivepeerGovernor
    function castVoteWithReason(uint256 proposalId, uint8 support, string calldata reason)
        external
        override
        returns (uint256)
    {
        return _castVote(proposalId, msg.sender, support, reason);
    }

    /// @inheritdoc ILivepeerGovernor
    function castVoteWithReasonAndParams(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params
    ) external override returns (uint256) {
        return _castVote(proposalId, msg.sender, support, reason, params);
    }

    /// @inheritdoc ILivepeerGovernor
    /// @dev Needs no nonce: an account votes once on a proposal.
    function castVoteBySig(uint256 proposalId, uint8 support, uint8 v, bytes32 r, bytes32 s)
        external
        override
        returns (uint256)
    {
        bytes32 ballot = keccak256(abi.encode(BALLOT_TYPEHASH, proposalId, support));
        return _castVote(proposalId, ECDSA.recover(_hashTypedDataV4(ballot), v, r, s), support, "");
    }

    /// @inheritdoc ILivepeerGovernor
    function castVoteWithReasonAndParamsBySig(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external override returns (uint256) {
        bytes32 ballot = keccak256(
            abi.encode(
                EXTENDED_BALLOT_TYPEHASH, proposalId, support, keccak256(bytes(reason)), keccak256(params)
            )
        );
        address voter = ECDSA.recover(_hashTypedDataV4(ballot), v, r, s);
        return _castVote(proposalId, voter, support, reason, params);
    }

    /// @inheritdoc ILivepeerGovernor
    function hasVoted(uint256 proposalId, address account) external view override returns (bool) {
        return _proposals[proposalId].voters[account].choice != 0;
    }

    /// @inheritdoc ILivepeerGovernor
    function getVotes(address account, uint256 round) public view override returns (uint256) {
        return token.getPastVotes(account, round);
    }

    /// @inheritdoc ILivepeerGovernor
    function getVotesWithParams(address account, uint256 round, bytes memory)
        external
        view
        override
        returns (uint256)
    {
        return getVotes(account, round);
    }

    /// @inheritdoc ILivepeerGovernor
    function COUNTING_MODE() external pure override returns (string memory) {
        return "support=bravo&quorum=for,abstain,against";
    }

    /// @inheritdoc ILivepeerGovernor
    function name() public pure override returns (string memory) {
        return NAME;
    }

    /// @inheritdoc ILivepeerGovernor
    function version() public pure override returns (string memory) {
        return VERSION;
    }

    /// @notice Whether an interface (ERC-165) is supported: those of OpenZeppelin's Governor up to 4.9, and of
    ///         receivers of tokens.
    /// @dev Those of OpenZeppelin 4.9.
    /// @param interfaceId Selectors of its functions, combined by XOR
    /// @return True for a supported one
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == GOVERNOR_43 || interfaceId == GOVERNOR_46
            || interfaceId == this.cancel.selector ^ this.proposalProposer.selector
            || interfaceId == this.timelock.selector ^ this.proposalEta.selector ^ this.queue.selector
            || super.supportsInterface(interfaceId);
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _castVote(uint256 proposalId, address account, uint8 support, string memory reason)
        private
        returns (uint256 weight)
    {
        weight = _countVote(proposalId, account, support);
        emit VoteCast(account, proposalId, support, weight, reason);
    }

    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    ) private returns (uint256 weight) {
        if (params.length == 0) return _castVote(proposalId, account, support, reason);
        weight = _countVote(proposalId, account, support);
        emit VoteCastWithParams(account, proposalId, support, weight, reason, params);
    }

    function _countVote(uint256 proposalId, address account, uint8 support) private returns (uint256 weight) {
        _requireState(proposalId, _bit(ProposalState.Active));
        Proposal storage proposal = _proposals[proposalId];
        uint256 snapshot = proposal.snapshot.value();
        address delegate;
        (weight, delegate) = token.getVotesAndDelegateAtRoundStart(account, snapshot + 1);
        bool delegator = delegate != account && token.delegatedAt(delegate, snapshot) == delegate;
        proposal.count(account, support, weight, delegate, delegator);
    }

    /// Enough votes took part, and enough of those for and against were for it. Where there was no stake any number of
    /// votes is enough, but not none.
    function _succeeded(Proposal storage proposal, uint256 snapshot) private view returns (bool) {
        uint256 decided;
        uint256 all;
        // Each has 96 bits.
        unchecked {
            decided = uint256(proposal.forVotes) + proposal.againstVotes;
            all = decided + proposal.abstainVotes;
        }
        return all > 0 && all >= quorum(snapshot) && proposal.forVotes >= _quota.shareOf(decided);
    }

    function _requireState(uint256 proposalId, bytes32 expected) private view {
        ProposalState current = state(proposalId);
        if (_bit(current) & expected == 0) {
            revert GovernorUnexpectedProposalState(proposalId, current, expected);
        }
    }

    function _bit(ProposalState state_) private pure returns (bytes32) {
        return bytes32(2 ** uint256(state_));
    }

    function _requireThreshold(uint256 current) private view {
        uint256 available = getVotes(msg.sender, current - 1);
        uint256 required = proposalThreshold();
        if (available < required) {
            revert GovernorInsufficientProposerVotes(msg.sender, available, required);
        }
    }

    function _mayPropose(address proposer, string memory description) private pure returns (bool) {
        uint256 length = bytes(description).length;
        if (length < SUFFIX_LENGTH) return true;
        bytes32 mark;
        assembly ("memory-safe") {
            mark := keccak256(add(add(description, 32), sub(length, SUFFIX_LENGTH)), MARK_LENGTH)
        }
        if (mark != MARK) return true;
        (bool isAddress, address named) =
            Strings.tryParseAddress(description, length - SUFFIX_LENGTH + MARK_LENGTH, length);
        return !isAddress || named == proposer;
    }
}
