import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('the committed protobuf code is what the .proto files say', { timeout: 30_000 }, () => {
  const check = spawnSync(process.execPath, ['scripts/generate-proto.ts', '--check'], { encoding: 'utf8' })
  expect(check.stderr).toBe('')
  expect(check.status).toBe(0)
})
