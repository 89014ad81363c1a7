// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {MerkleMine} from "../../../src/genesis/MerkleMine.sol";
import {MultiMerkleMine} from "../../../src/genesis/MultiMerkleMine.sol";
import {IMerkleMine, IMultiMerkleMine} from "../../../src/interfaces/IMerkleMine.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";

contract PlainToken is ERC20("Token", "TKN") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// Tries to be paid again while it is being paid.
contract CallingToken is ERC20("Caller", "CALL") {
    IMerkleMine private _mine;
    bytes private _proof;

    function arm(IMerkleMine mine, bytes calldata proof) external {
        _mint(address(mine), 1000);
        (_mine, _proof) = (mine, proof);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        _mine.generate(to, _proof);
        return super.transfer(to, amount);
    }
}

contract MerkleMineTest {
    bool public constant IS_TEST = true;

    uint256 private constant TOTAL = 1000;
    uint256 private constant SHARE = 333;
    uint256 private constant START = 1000;
    uint256 private constant END = 2000;
    address private constant A = address(0xa1);
    address private constant B = address(0xb2);
    address private constant C = address(0xc3);
    address private constant CALLER = address(0xca11e4);

    PlainToken private _token;
    MerkleMine private _mine;
    MultiMerkleMine private _multi;
    bytes32 private _root;

    event Generate(
        address indexed _recipient,
        address indexed _caller,
        uint256 _recipientTokenAmount,
        uint256 _callerTokenAmount,
        uint256 _block
    );

    function setUp() external {
        vm.roll(100);
        _root = pair(pair(leaf(A), leaf(B)), leaf(C));
        _token = new PlainToken();
        _mine = newMine(IERC20(address(_token)));
        _multi = new MultiMerkleMine();
        _token.mint(address(_mine), TOTAL);
        _mine.start();
    }

    function test_knowsItsTerms() external view {
        vm.assertEq(address(_mine.token()), address(_token), "token");
        vm.assertEq(_mine.genesisRoot(), _root, "root");
        vm.assertEq(_mine.totalGenesisTokens(), TOTAL, "tokens");
        vm.assertEq(_mine.totalGenesisRecipients(), 3, "recipients");
        vm.assertEq(_mine.tokensPerAllocation(), SHARE, "share");
        vm.assertEq(_mine.balanceThreshold(), 7, "threshold");
        vm.assertEq(_mine.genesisBlock(), 90, "genesis block");
        vm.assertEq(_mine.callerAllocationStartBlock(), START, "start");
        vm.assertEq(_mine.callerAllocationEndBlock(), END, "end");
        vm.assertEq(_mine.callerAllocationPeriod(), END - START, "period");
    }

    function test_refusesImpossibleTerms() external {
        IERC20 token = IERC20(address(_token));
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.NullToken.selector));
        new MerkleMine(IERC20(address(0)), _root, TOTAL, 3, 0, 90, START, END);
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.NoRecipients.selector));
        new MerkleMine(token, _root, TOTAL, 0, 0, 90, START, END);
        refusesBlocks(101, START, END);
        refusesBlocks(90, 100, END);
        refusesBlocks(90, START, START);
        new MerkleMine(token, _root, TOTAL, 3, 0, 100, 101, 102);
    }

    function refusesBlocks(uint256 genesis, uint256 from, uint256 to) private {
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.InvalidBlocks.selector, genesis, 100, from, to));
        new MerkleMine(IERC20(address(_token)), _root, TOTAL, 3, 0, genesis, from, to);
    }

    function test_startsOnceAndOnlyWhenFunded() external {
        MerkleMine mine = newMine(IERC20(address(_token)));
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.NotStarted.selector));
        mine.generate(A, proofOfA());
        _token.mint(address(mine), TOTAL - 1);
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.NotFunded.selector, TOTAL - 1, TOTAL));
        mine.start();
        _token.mint(address(mine), 1);
        mine.start();
        vm.assertTrue(mine.started(), "started");
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.AlreadyStarted.selector));
        mine.start();
    }

    /// The recipient takes all of its share in any block, also when others could.
    function testFuzz_theRecipientGetsAllOfItsShare(uint256 blockNumber) external {
        vm.roll(bound(blockNumber, 100, END * 2));
        generateAs(A, A, proofOfA(), 0);
        vm.assertEq(_token.balanceOf(A), SHARE, "recipient");
        vm.assertTrue(_mine.generated(A), "generated");
    }

    function testFuzz_aThirdPartyGetsAPartThatGrowsOverTheCallerPeriod(uint256 blockNumber) external {
        blockNumber = bound(blockNumber, START, END + 500);
        vm.roll(blockNumber);
        uint256 part = blockNumber >= END ? SHARE : SHARE * (blockNumber - START) / (END - START);
        generateAs(CALLER, B, proofOfB(), part);
        vm.assertEq(_token.balanceOf(CALLER), part, "caller");
        vm.assertEq(_token.balanceOf(B), SHARE - part, "recipient");
    }

    function test_thePartOfACallerAtTheBordersOfThePeriod() external view {
        vm.assertEq(_mine.callerTokenAmountAtBlock(0), 0, "long before");
        vm.assertEq(_mine.callerTokenAmountAtBlock(START), 0, "start");
        vm.assertEq(_mine.callerTokenAmountAtBlock(START + 3), 0, "truncated");
        vm.assertEq(_mine.callerTokenAmountAtBlock(START + 4), 1, "first token");
        vm.assertEq(_mine.callerTokenAmountAtBlock(END - 1), SHARE - 1, "last block");
        vm.assertEq(_mine.callerTokenAmountAtBlock(END), SHARE, "end");
        vm.assertEq(_mine.callerTokenAmountAtBlock(type(uint256).max), SHARE, "for ever");
    }

    function test_aThirdPartyMustWaitForTheCallerPeriod() external {
        vm.roll(START - 1);
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.CallerPeriodNotStarted.selector, START - 1, START));
        vm.prank(CALLER);
        _mine.generate(A, proofOfA());
        vm.expectRevert(
            abi.encodeWithSelector(IMultiMerkleMine.CallerPeriodNotStarted.selector, START - 1, START)
        );
        _multi.multiGenerate(address(_mine), new address[](0), "");
    }

    function test_aShareIsPaidOnce() external {
        generateAs(A, A, proofOfA(), 0);
        vm.roll(END);
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.AlreadyGenerated.selector, A));
        vm.prank(CALLER);
        _mine.generate(A, proofOfA());
    }

    function testFuzz_aChangedProofIsRefused(uint256 bit) external {
        bytes memory proof = proofOfB();
        bit = bound(bit, 0, proof.length * 8 - 1);
        proof[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.InvalidProof.selector, B));
        vm.prank(B);
        _mine.generate(B, proof);
        vm.assertFalse(_mine.generated(B), "generated");
    }

    function testFuzz_aStrangerHasNoProof(address stranger) external {
        vm.assume(stranger != A && stranger != B && stranger != C);
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.InvalidProof.selector, stranger));
        vm.prank(stranger);
        _mine.generate(stranger, proofOfA());
    }

    function test_aProofOfBrokenLengthIsRefused() external {
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.InvalidProofLength.selector, 65));
        vm.prank(A);
        _mine.generate(A, bytes.concat(proofOfA(), hex"00"));
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.InvalidProof.selector, A));
        vm.prank(A);
        _mine.generate(A, abi.encodePacked(leaf(B)));
    }

    function test_aTokenThatCallsBackFindsTheShareSpent() external {
        CallingToken token = new CallingToken();
        MerkleMine mine = newMine(IERC20(address(token)));
        token.arm(mine, proofOfA());
        mine.start();
        vm.expectRevert(abi.encodeWithSelector(IMerkleMine.AlreadyGenerated.selector, A));
        vm.prank(A);
        mine.generate(A, proofOfA());
    }

    function test_aTreeOfOneAccountNeedsNoSibling() external {
        MerkleMine mine = new MerkleMine(IERC20(address(_token)), leaf(C), 5, 1, 0, 90, START, END);
        _token.mint(address(mine), 5);
        mine.start();
        vm.prank(C);
        mine.generate(C, "");
        vm.assertEq(_token.balanceOf(C), 5, "all of it");
    }

    function test_manySharesInOneCallPayTheCallerTheSum() external {
        vm.roll(START + 500);
        generateAs(CALLER, B, proofOfB(), 166);
        _token.mint(address(_multi), 77);
        vm.prank(CALLER);
        _multi.multiGenerate(address(_mine), everybody(), allProofs());
        vm.assertEq(_token.balanceOf(CALLER), 166 * 3, "caller, B skipped");
        vm.assertEq(_token.balanceOf(A), SHARE - 166, "A");
        vm.assertEq(_token.balanceOf(C), SHARE - 166, "C");
        vm.assertEq(_token.balanceOf(address(_multi)), 77, "what was left there by mistake stays");
        vm.assertEq(_token.balanceOf(address(_mine)), TOTAL - 3 * SHARE, "remainder of the division");
    }

    /// Whoever calls, and whoever was paid before: all of what the mine gives out, and nothing else.
    function testFuzz_manySharesAddUp(uint256 blockNumber, uint8 before, uint64 left) external {
        vm.roll(bound(blockNumber, START, END + 500));
        bytes[3] memory proofs = [proofOfA(), proofOfB(), abi.encodePacked(pair(leaf(A), leaf(B)))];
        address[] memory recipients = everybody();
        for (uint256 i = 0; i < 3; i++) {
            if (before >> i & 1 == 0) continue;
            vm.prank(recipients[i]);
            _mine.generate(recipients[i], proofs[i]);
        }
        _token.mint(address(_multi), left);
        uint256 part = _mine.callerTokenAmountAtBlock(block.number);
        uint256 paid = 0;
        vm.prank(CALLER);
        _multi.multiGenerate(address(_mine), recipients, allProofs());
        for (uint256 i = 0; i < 3; i++) {
            bool own = before >> i & 1 == 1;
            vm.assertEq(_token.balanceOf(recipients[i]), own ? SHARE : SHARE - part, "recipient");
            if (!own) paid += part;
        }
        vm.assertEq(_token.balanceOf(CALLER), paid, "caller");
        vm.assertEq(_token.balanceOf(address(_multi)), left, "what was there stays");
        vm.assertEq(_token.balanceOf(address(_mine)), TOTAL - 3 * SHARE, "remainder");
    }

    function test_atTheStartOfThePeriodManySharesGoWhollyToTheirRecipients() external {
        vm.roll(START);
        vm.prank(CALLER);
        _multi.multiGenerate(address(_mine), everybody(), allProofs());
        vm.assertEq(_token.balanceOf(CALLER), 0, "caller");
        vm.assertEq(_token.balanceOf(C), SHARE, "recipient");
    }

    function test_aListOfProofsOfBrokenFormIsRefused() external {
        vm.roll(START);
        address[] memory recipients = everybody();
        bytes memory proofs = allProofs();
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.RecipientsAndProofsDiffer.selector, 3, 4));
        _multi.multiGenerate(address(_mine), recipients, bytes.concat(proofs, bytes32(0)));
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.RecipientsAndProofsDiffer.selector, 3, 0));
        _multi.multiGenerate(address(_mine), recipients, "");
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.InvalidProofLength.selector, 33));
        _multi.multiGenerate(address(_mine), recipients, abi.encodePacked(uint256(33), bytes32(0), hex"00"));
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.ProofsEndEarly.selector, 64, 64));
        _multi.multiGenerate(address(_mine), recipients, abi.encodePacked(uint256(64), bytes32(0)));
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.ProofsEndEarly.selector, 3, 32));
        _multi.multiGenerate(address(_mine), recipients, hex"000000");
        uint256 huge = type(uint256).max - 31;
        vm.expectRevert(abi.encodeWithSelector(IMultiMerkleMine.ProofsEndEarly.selector, 32, huge));
        _multi.multiGenerate(address(_mine), recipients, abi.encodePacked(huge));
    }

    /// Everything but the remainder of the division is paid, to the wei, whoever generates and when.
    function testFuzz_whatIsPaidAddsUp(uint256 seed) external {
        address[] memory recipients = everybody();
        bytes[3] memory proofs = [proofOfA(), proofOfB(), abi.encodePacked(pair(leaf(A), leaf(B)))];
        uint256 blockNumber = START;
        for (uint256 i = 0; i < 3; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            blockNumber += seed % 700;
            vm.roll(blockNumber);
            vm.prank(seed % 2 == 0 ? recipients[i] : CALLER);
            _mine.generate(recipients[i], proofs[i]);
        }
        uint256 paid =
            _token.balanceOf(A) + _token.balanceOf(B) + _token.balanceOf(C) + _token.balanceOf(CALLER);
        vm.assertEq(paid, 3 * SHARE, "paid");
        vm.assertEq(_token.balanceOf(address(_mine)), TOTAL - 3 * SHARE, "left");
    }

    /// The founding mine: 6,343,700 LPT for 2,598,071 accounts.
    function test_theFoundingShareIsAsItWas() external {
        MerkleMine mine = new MerkleMine(
            IERC20(address(_token)), _root, 6_343_700 ether, 2_598_071, 0.1 ether, 100, 500_100, 3_000_100
        );
        vm.assertEq(mine.tokensPerAllocation(), 2_441_696_166_117_092_258, "share in wei");
        vm.assertEq(mine.callerTokenAmountAtBlock(500_100 + 1_250_000), 1_220_848_083_058_546_129, "half");
        vm.assertEq(mine.callerTokenAmountAtBlock(3_000_101), 2_441_696_166_117_092_258, "never more");
    }

    function newMine(IERC20 token) private returns (MerkleMine) {
        return new MerkleMine(token, _root, TOTAL, 3, 7, 90, START, END);
    }

    function generateAs(address caller, address recipient, bytes memory proof, uint256 callerPart) private {
        vm.recordLogs();
        vm.prank(caller);
        _mine.generate(recipient, proof);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        vm.assertEq(last.topics[0], Generate.selector, "event");
        vm.assertEq(last.topics[1], bytes32(uint256(uint160(recipient))), "recipient");
        vm.assertEq(last.topics[2], bytes32(uint256(uint160(caller))), "caller");
        bytes memory amounts = abi.encode(SHARE - callerPart, callerPart, block.number);
        vm.assertEq(keccak256(last.data), keccak256(amounts), "amounts");
    }

    function everybody() private pure returns (address[] memory list) {
        list = new address[](3);
        (list[0], list[1], list[2]) = (A, B, C);
    }

    function allProofs() private pure returns (bytes memory) {
        bytes memory c = abi.encodePacked(pair(leaf(A), leaf(B)));
        return abi.encodePacked(uint256(64), proofOfA(), uint256(64), proofOfB(), uint256(32), c);
    }

    function proofOfA() private pure returns (bytes memory) {
        return abi.encodePacked(leaf(B), leaf(C));
    }

    function proofOfB() private pure returns (bytes memory) {
        return abi.encodePacked(leaf(A), leaf(C));
    }

    function leaf(address account) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(account));
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encodePacked(a, b)) : keccak256(abi.encodePacked(b, a));
    }
}
