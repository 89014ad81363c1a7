import { beforeAll, describe, expect, it } from 'vitest'
import { type Declaration, declarationsOf } from './declarations.ts'

const SOURCE = `pragma solidity ^0.8.24;
import {B} from "./nowhere.sol";
/// @notice No contract.
error Alone(uint256 amount);
/// @title Ä title of more bytes than letters
contract A is B {
    /// @notice Owed.
    /// @return Wei
    mapping(address who => mapping(bytes32 => uint256 amount)) public owed;
    bool public bare;
    bool private _hidden;
    /// @notice Paid.
    event Paid(address indexed who, uint256[] amounts);
    constructor(bool flag) {}
    receive() external payable {}
    /// @inheritdoc B
    function pay(IToken token, uint256) external override returns (bool done) {}
    function inside() internal {}
}
library L {
    error OfLibrary();
    function linked() external {}
}
`

let found: ReadonlyMap<string, Declaration>

beforeAll(() => {
  found = new Map(declarationsOf({ 'A.sol': SOURCE }).map((one) => [`${one.owner}.${one.name}`, one]))
})

describe('what a source declares for the outside', () => {
  it('is what others can call, see or be refused with', () => {
    expect([...found.keys()]).toEqual([
      '.Alone',
      'A.A',
      'A.owed',
      'A.bare',
      'A.Paid',
      'A.pay',
      'L.L',
      'L.OfLibrary',
    ])
  })

  it('has its kind, its values and its comment', () => {
    expect(found.get('A.pay')).toEqual({
      source: 'A.sol',
      owner: 'A',
      kind: 'function',
      name: 'pay',
      comment: '@inheritdoc B',
      overrides: true,
      parameters: [
        { name: 'token', type: 'IToken' },
        { name: '', type: 'uint256' },
      ],
      returns: [{ name: 'done', type: 'bool' }],
    })
    expect(found.get('A.Paid')).toMatchObject({
      kind: 'event',
      comment: '@notice Paid.',
      parameters: [
        { name: 'who', type: 'address' },
        { name: 'amounts', type: 'uint256[]' },
      ],
    })
    expect(found.get('.Alone')).toMatchObject({ kind: 'error', comment: '@notice No contract.' })
  })

  it('has the comment of a variable, which is a call that returns what lies in it', () => {
    expect(found.get('A.owed')).toMatchObject({
      kind: 'function',
      comment: '@notice Owed.\n@return Wei',
      parameters: [],
      returns: [{ name: '', type: 'uint256' }],
    })
    expect(found.get('A.bare')?.comment).toBe('')
  })
})

it('a source that the compiler refuses fails with its words', () => {
  expect(() => declarationsOf({ 'A.sol': 'contract {' })).toThrow(/the compiler refuses[\s\S]*A\.sol/)
})
