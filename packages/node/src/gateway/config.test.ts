import { expect, test } from 'vitest'
import { parseGatewayConfig } from './config.ts'

test('fills in defaults: the development key, the default ladder, off chain', () => {
  expect(parseGatewayConfig({ dataFolder: '/data' })).toMatchObject({
    rtmp: { port: 1935 },
    http: { port: 9935 },
    streamKeys: { demo: 'demo' },
    ladder: [{ name: '720p' }, { name: '480p' }, { name: '360p' }],
    orchestrators: [],
    patienceMs: 60_000,
  })
})

test.each([
  [{ dataFolder: '/data', lader: [] }, 'lader'],
  [{ dataFolder: '/data', rtmp: { host: '::', port: 70_000 } }, 'rtmp.port'],
  [{ dataFolder: '/data', streamKeys: { key: 'no/slash' } }, 'streamKeys.key'],
  [
    { dataFolder: '/data', chain: { rpcUrl: 'http://x', controller: '0x1', privateKey: '0xsecret' } },
    'chain.privateKey',
  ],
  [{}, 'dataFolder'],
])('names what is wrong in %j and never shows a value', (settings, path) => {
  const parse = () => parseGatewayConfig(settings)
  expect(parse).toThrow(path)
  expect(parse).not.toThrow('0xsecret')
})

test('on chain the orchestrators come from the contracts only', () => {
  const chain = {
    rpcUrl: 'http://localhost:8545',
    controller: `0x${'1'.repeat(40)}`,
    privateKey: '2'.repeat(64),
  }
  expect(() => parseGatewayConfig({ dataFolder: '/data', chain, orchestrators: ['https://o'] })).toThrow(
    'orchestrators',
  )
})
