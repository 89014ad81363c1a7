import { expect, test } from 'vitest'
import { brokenLinks, forbiddenWords, meaninglessName } from './rules.ts'

const lines = (path: string, text: string) => forbiddenWords(path, text).map(({ line }) => line)

test.each([
  ['packages/node/src/gateway/a.ts', 'a Broadcaster pays'],
  ['packages/payments/src/a.ts', 'the broadcaster'],
  ['apps/web/src/a.tsx', 'remote transcoder'],
  ['docs/learn.md', 'Transcoders are paid'],
  ['packages/node/src/gateway/a.ts', '// TODO later'],
  ['README.md', 'see /home/me/tessera'],
  ['.ci/run', 'cd /home/me/x'],
  ['tessera', 'npm --registry https://registry.example.org'],
])('%s must not say "%s"', (path, text) => {
  expect(lines(path, `fine\n${text}\n`)).toEqual([2])
})

test.each([
  ['packages/protocol/src/wire/a.ts', 'Broadcaster'],
  ['packages/media/src/transcode/transcoder.ts', 'class Transcoder'],
  ['packages/chain/src/contracts/a.ts', 'transcoderStatus'],
  ['packages/node/src/gateway/a.ts', 'transcoded by an orchestrator'],
  ['packages/node/src/worker/a.ts', 'TranscoderBusy'],
  ['docs/a.md', 'https://example.org/home/page'],
  ['packages/chain/src/deploy/deploy.ts', 'registry.read'],
])('%s may say "%s"', (path, text) => {
  expect(lines(path, text)).toEqual([])
})

test.each([
  'packages/a/src/utils.ts',
  'packages/a/src/helpers/x.ts',
  'scripts/common.ts',
  'misc/a.md',
  'a/util.test.ts',
])('the name of %s says nothing', (path) => {
  expect(meaninglessName(path)).toHaveLength(1)
})

test.each(['packages/a/src/util-rate.ts', 'packages/a/src/commons-licence.ts', 'contracts/src/Manager.sol'])(
  'the name of %s is fine',
  (path) => {
    expect(meaninglessName(path)).toEqual([])
  },
)

test('finds links that lead nowhere, with their lines', () => {
  const files = new Set(['docs/a.md', 'docs/b.md', 'src/c.ts', 'src'])
  const markdown = [
    '[ok](b.md) [up](../src/c.ts) [folder](../src/) [part](b.md#part) [here](#part)',
    '[web](https://example.org) [mail](mailto:a@example.org)',
    '[gone](missing.md "title")',
    '```',
    '[in code](missing.md)',
    '```',
    '![picture](missing.png)',
    '[outside](../../x.md)',
    '[named]: missing.md',
  ].join('\n')
  const found = brokenLinks('docs/a.md', markdown, (path) => files.has(path.replace(/\/$/, '')))
  expect(found.map(({ line }) => line)).toEqual([3, 7, 8, 9])
})
