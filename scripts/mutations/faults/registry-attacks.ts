/** @module Attacks on the proxies and on what they find at the Controller. */
import { edit, type Mutant } from '../mutant.ts'

const proxy = 'registry/ManagerProxy.sol'

const fault = (name: string, test: string, change: Mutant['edits'][number]): Mutant => ({
  name: `attack: ${name}`,
  edits: [change],
  suite: 'regression/RegistryAttacks.t.sol',
  test: `test(Fuzz)?_(${test})`,
})

export const registryAttacks: readonly Mutant[] = [
  fault(
    'an address without code is run',
    'anAddressWithoutCodeIsNotRunAsCode|aProxyTakesNoEth',
    edit(
      'registry/Controller.sol',
      'contractAddress.code.length == 0 ? address(0) : contractAddress',
      'contractAddress',
    ),
  ),
  fault(
    'an address without code is run that is not in the directory',
    'anAddressWithoutCodeIsNotRunAsCode|aProxyTakesNoEth',
    edit(proxy, 'registered.code.length != 0', 'registered != address(0)'),
  ),
  fault(
    'a proxy is lost to a contract that is no Controller',
    'aProxyComesBack',
    edit(proxy, 'if (ok && found.length > 31)', 'require(ok);\n        if (found.length > 31)'),
  ),
  fault(
    'anybody hands over a proxy without code',
    'nobodyButTheController',
    edit(proxy, 'if (msg.sender != current) revert IManager.CallerMustBeController(msg.sender, current);'),
  ),
  fault(
    'handing over wipes what lies beside the controller',
    'handingOverKeeps',
    edit(
      'registry/Manager.sol',
      '        controller = IController(newController);',
      '        assembly { sstore(controller.slot, newController) }',
    ),
  ),
]
