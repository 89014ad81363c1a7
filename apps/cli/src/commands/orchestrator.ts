/** @module The on-chain verbs below `tessera orchestrator`, which without a verb runs the node. */
import type { Command } from 'commander'
import { parseLpt, parsePercent } from '../onchain/amounts.ts'
import { onChainVerb, readingOptions, sendingOptions } from '../onchain/options.ts'

const REWARD_CUT = 'part of the rewards that it keeps, 0 to 100'
const FEE_SHARE = 'part of the fees that its delegators get, 0 to 100'

export function addOrchestratorVerbs(orchestrator: Command): void {
  readingOptions(onChainVerb(orchestrator, 'list'))
    .description('show the pool, most stake first')
    .action(async (options) => (await import('../onchain/orchestrator/show.ts')).orchestratorList(options))
  readingOptions(onChainVerb(orchestrator, 'show'))
    .description('show stake, terms and reward of one orchestrator')
    .argument('[account]', 'an address or a development account; default: who signs')
    .action(async (who, options) =>
      (await import('../onchain/orchestrator/show.ts')).orchestratorShow(who, options),
    )
  sendingOptions(onChainVerb(orchestrator, 'register'))
    .description('bond to itself, publish address and terms, join the pool')
    .requiredOption('--service-uri <url>', 'where gateways reach it')
    .requiredOption('--reward-cut <percent>', REWARD_CUT, parsePercent)
    .requiredOption('--fee-share <percent>', FEE_SHARE, parsePercent)
    .option('--stake <lpt>', 'to bond to itself', parseLpt)
    .action(async (options) =>
      (await import('../onchain/orchestrator/register.ts')).orchestratorRegister(options),
    )
  sendingOptions(onChainVerb(orchestrator, 'update'))
    .description('change address, terms or reward caller')
    .option('--service-uri <url>', 'where gateways reach it')
    .option('--reward-cut <percent>', REWARD_CUT, parsePercent)
    .option('--fee-share <percent>', FEE_SHARE, parsePercent)
    .option('--reward-caller <address>', 'who else may call reward, or none')
    .action(async (options) =>
      (await import('../onchain/orchestrator/update.ts')).orchestratorUpdate(options),
    )
  sendingOptions(onChainVerb(orchestrator, 'reward'))
    .description('mint the rewards of this round; the node does it by itself')
    .option('--for <orchestrator>', 'one that named this account as its reward caller')
    .action(async (options) =>
      (await import('../onchain/orchestrator/reward.ts')).orchestratorReward(options),
    )
}
