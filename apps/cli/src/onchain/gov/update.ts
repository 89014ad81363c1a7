/** @module `tessera gov update`: calls that the owner of the `Governor` stages and anybody executes after a delay. */
import { describeCall } from '@tessera/chain/governance/describe-call'
import { findGovernance } from '@tessera/chain/governance/find-governance'
import {
  type ListedUpdate,
  StagedUpdates,
  type Update,
  updateId,
} from '@tessera/chain/governance/staged-updates'
import type { RoundTimes } from '@tessera/chain/round-times'
import { formatTable } from '../../table.ts'
import { byPrefix, shortId, shortIds } from '../by-prefix.ts'
import { formatDuration } from '../duration.ts'
import type { Json } from '../json.ts'
import type { ReadingOptions, SendingOptions } from '../options.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'
import { oneLine } from '../shown-text.ts'
import { type ActionOptions, parseActions } from './actions.ts'
import { doubtOf } from './doubt.ts'
import { connectGovernance, type Governance } from './governance.ts'

type Searching = { readonly fromBlock?: number }
type StageOptions = SendingOptions & ActionOptions & { readonly delay: number; readonly nonce?: number }

type World = { readonly updates: StagedUpdates; readonly governance: Governance }

async function connect(session: ChainSession): Promise<World> {
  const [governance, at] = await Promise.all([
    connectGovernance(session),
    findGovernance(session.client, session.controller, 'Governor'),
  ])
  const addresses = { ...governance.addresses, Governor: at }
  return { updates: new StagedUpdates(session.client, at), governance: { ...governance, addresses } }
}

export function updateList(options: ReadingOptions & Searching): Promise<void> {
  return withChain('gov update list', options, async (session) => {
    const { updates, governance } = await connect(session)
    const [listed, times, owner] = await Promise.all([
      updates.list(firstBlock(options)),
      session.times(),
      updates.owner(),
    ])
    const shorts = shortIds(listed.map(({ id }) => id))
    const rows = listed.map((update, k) => [
      shorts[k] ?? update.id,
      `${update.state}${whenText(update, times)}`,
      textsOf(update, governance)[0] ?? '',
    ])
    return {
      result: { owner, updates: listed.map((update) => jsonOf(update, governance)) },
      lines:
        listed.length === 0 ? ['No update was staged.'] : [formatTable(['Update', 'State', 'Calls'], rows)],
    }
  })
}

export function updateShow(given: string, options: ReadingOptions & Searching): Promise<void> {
  return withChain('gov update show', options, async (session) => {
    const { updates, governance } = await connect(session)
    const update = await find(updates, given, options)
    const times = await session.times()
    return {
      result: jsonOf(update, governance),
      lines: [
        formatTable(
          [],
          [
            ['Update', update.id],
            ['State', `${update.state}${whenText(update, times)}`],
            ['Nonce', String(update.nonce)],
            ...textsOf(update, governance).map((text, k) => [k === 0 ? 'Calls' : '', text]),
          ],
        ),
      ],
      next: update.state === 'staged' ? nextSteps(update, times) : [],
    }
  })
}

export function updateStage(options: StageOptions): Promise<void> {
  return withChain('gov update stage', options, async (session) => {
    const { updates, governance } = await connect(session)
    const actions = await parseActions(session, governance, options)
    const [doubt, free, times] = await Promise.all([
      doubtOf(session, { address: updates.address, name: 'Governor' }, { ...governance, actions }),
      updates.freeNonce(actions),
      session.times(),
    ])
    const update = { actions, nonce: options.nonce === undefined ? free : BigInt(options.nonce) }
    const [id, delay, texts] = [updateId(update), BigInt(options.delay), textsOf(update, governance)]
    await session.perform({
      steps: [{ call: updates.stage(update, delay), says: `stage: ${texts.join('; ')}` }],
      ...(doubt !== undefined && { warning: doubt }),
    })
    const at = session.isDryRun ? times.block + delay : await updates.executableAt(id)
    const seconds = Math.round(options.delay * times.secondsPerBlock)
    return {
      result: {
        update: id,
        nonce: update.nonce,
        actions: actionsOf(update, governance),
        delay,
        executableAtBlock: at,
        executableInSeconds: seconds,
      },
      lines: [`Update ${id}`, ...texts.map((text) => `  ${text}`)],
      next: [
        `tessera gov update execute ${shortId(id)} from block ${at} on, in about ${formatDuration(seconds)}`,
        `tessera gov update cancel ${shortId(id)} drops it before`,
      ],
    }
  })
}

export function updateExecute(given: string, options: SendingOptions & Searching): Promise<void> {
  return settle('execute', given, options, {
    warning: 'The Governor makes these calls now.',
    done: 'The Governor has made its calls.',
    call: async (session, updates, update) => {
      const needs = update.actions.reduce((sum, { value }) => sum + value, 0n)
      const has = await session.client.balance(updates.address)
      return updates.execute(update, needs > has ? needs - has : 0n)
    },
  })
}

export function updateCancel(given: string, options: SendingOptions & Searching): Promise<void> {
  return settle('cancel', given, options, {
    done: 'The update is dropped.',
    call: async (_session, updates, update) => updates.cancel(update),
  })
}

type Settling = {
  readonly warning?: string
  readonly done: string
  readonly call: (
    session: ChainSession,
    updates: StagedUpdates,
    update: Update,
  ) => Promise<ReturnType<StagedUpdates['cancel']>>
}

function settle(
  verb: string,
  given: string,
  options: SendingOptions & Searching,
  { warning, done, call }: Settling,
): Promise<void> {
  return withChain(`gov update ${verb}`, options, async (session): Promise<Report> => {
    const { updates, governance } = await connect(session)
    const update = await find(updates, given, options)
    const says = `${verb} update ${shortId(update.id)}: ${textsOf(update, governance).join('; ')}`
    await session.perform({
      steps: [{ call: await call(session, updates, update), says }],
      ...(warning !== undefined && { warning }),
    })
    return {
      result: { update: update.id, actions: actionsOf(update, governance) },
      lines: session.isDryRun ? [] : [done],
    }
  })
}

/** @throws {NotFoundError | UsageError} when none or several updates have such an id. */
async function find(updates: StagedUpdates, given: string, options: Searching): Promise<ListedUpdate> {
  const prefix = given.toLowerCase()
  const listed = await updates.list(firstBlock(options))
  const named = listed.map((update) => ({ ...update, title: update.state }))
  return byPrefix(prefix.startsWith('0x') ? prefix : `0x${prefix}`, named, {
    what: 'update',
    list: 'tessera gov update list',
  })
}

function textsOf({ actions }: Update, { addresses }: Governance): readonly string[] {
  return actions.map((action) => oneLine(describeCall(action, addresses)))
}

function actionsOf(update: Update, governance: Governance): readonly Json[] {
  const texts = textsOf(update, governance)
  return update.actions.map(({ target, value, data }, k) => ({ target, value, data, text: texts[k] ?? '' }))
}

function jsonOf(update: ListedUpdate, governance: Governance): { readonly [name: string]: Json } {
  const { id, state, nonce, delay, executableAt } = update
  return {
    update: id,
    state,
    nonce,
    delay,
    executableAtBlock: executableAt > 0n ? executableAt : null,
    actions: actionsOf(update, governance),
  }
}

function whenText({ state, executableAt }: ListedUpdate, times: RoundTimes): string {
  if (state !== 'staged') return ''
  const blocks = Number(executableAt - times.block)
  if (blocks <= 0) return ', executable now'
  return `, executable in about ${formatDuration(blocks * times.secondsPerBlock)}`
}

/** With the block that executing it waits for, as long as it does. */
export function nextSteps(
  { id, executableAt }: Pick<ListedUpdate, 'id' | 'executableAt'>,
  times: Pick<RoundTimes, 'block' | 'secondsPerBlock'>,
): readonly string[] {
  const blocks = Number(executableAt - times.block)
  const from =
    blocks > 0
      ? ` from block ${executableAt} on, in about ${formatDuration(blocks * times.secondsPerBlock)}`
      : ''
  return [`tessera gov update execute ${shortId(id)}${from}`, `tessera gov update cancel ${shortId(id)}`]
}

function firstBlock({ fromBlock }: Searching): bigint | undefined {
  return fromBlock === undefined ? undefined : BigInt(fromBlock)
}
