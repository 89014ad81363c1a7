import { expect, test } from 'vitest'
import { checkAnnouncedUrl } from './announced-url.ts'

test.each([
  ['https://127.0.0.1:8935'],
  ['http://localhost:8545'],
  ['http://localhost.:8545'],
  ['http://169.254.169.254'],
  ['https://10.1.2.3:8935'],
  ['http://2130706433'],
  ['http://0x7f.1'],
  ['https://[::1]:1'],
  ['https://[::ffff:127.0.0.1]:1'],
  ['https://[fd00::7]'],
])('an orchestrator outside may not announce %s', (announced) => {
  expect(() => checkAnnouncedUrl(announced, 'https://orchestrator.example:8935')).toThrow('announced URL')
  expect(() => checkAnnouncedUrl(announced, 'https://203.0.113.7:8935')).toThrow('announced URL')
})

test('may announce another address outside, and one inside the network may announce any', () => {
  for (const announced of ['https://8.8.8.8:8935', 'https://[2001:db8::1]', 'https://node-7.example']) {
    expect(() => checkAnnouncedUrl(announced, 'https://orchestrator.example:8935')).not.toThrow()
  }
  expect(() => checkAnnouncedUrl('https://127.0.0.1:8935', 'https://localhost:8935')).not.toThrow()
})
