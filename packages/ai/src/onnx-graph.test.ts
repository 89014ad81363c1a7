import { toHex } from '@tessera/runtime/bytes'
import { expect, it } from 'vitest'
import { OnnxGraph } from './onnx-graph.ts'

it('writes the bytes that onnx.proto3 prescribes', () => {
  const graph = new OnnxGraph('g')
  const x = graph.input('x', 'float32', [1, 'n'])
  graph.node(
    'Elu',
    [x],
    { alpha: { float: 1 }, k: { int: -1 }, m: { text: 'a' }, p: { ints: [1, 300] } },
    'y',
  )
  graph.output('y', 'float32', [1, 'n'])
  const hex = toHex(graph.encode('d'))
  expect(hex.startsWith('0x0808' + '1207' + '74657373657261' + '3204' + '673a2064')).toBe(true)
  expect(hex.endsWith('42040a001011')).toBe(true)
  expect(hex).toContain('2203456c75')
  expect(hex).toContain('0a05616c706861' + '150000803f' + 'a00101')
  expect(hex).toContain('0a016b' + '18ffffffffffffffffff01' + 'a00102')
  expect(hex).toContain('0a016d' + '220161' + 'a00103')
  expect(hex).toContain('0a0170' + '4001' + '40ac02' + 'a00107')
  expect(hex).toContain('0a0178' + '120f' + '0a0d' + '0801' + '1209' + '0a020801' + '0a03' + '12016e')
})
