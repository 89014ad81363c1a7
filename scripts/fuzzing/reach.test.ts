import { describe, expect, it } from 'vitest'
import { fuzzedNames } from './reach.ts'

const file = `contract T {
    function testFuzz_a(uint256 x) external {
        bonding.bond(x, T1);
        _more(x);
        this.outside(x);
    }

    function outside(uint256 x) external {
        broker.unlock();
        other._never(x);
    }

    function _never(uint256 x) private {
        broker.withdraw();
    }

    function test_b() external {
        bonding.reward();
    }

    function _more(uint256 x) private {
        abi.encodeCall(broker.redeem, (x));
        minter.deposit{value: x}();
    }
}
`

describe('the functions that are fuzzed', () => {
  it('are those of fuzz tests and of what they call, not those of plain tests', () => {
    const names = fuzzedNames([{ text: file, handler: false }])
    expect([...names].sort()).toEqual([
      '_never',
      'bond',
      'deposit',
      'encodeCall',
      'outside',
      'redeem',
      'unlock',
    ])
  })

  it('are all of a handler', () => {
    expect(fuzzedNames([{ text: file, handler: true }]).has('reward')).toBe(true)
  })
})
