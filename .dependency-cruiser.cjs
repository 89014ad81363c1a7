// The allowed directions between packages (ARCHITECTURE.md). Whatever is not listed is forbidden.
const may = {
  runtime: [],
  protocol: ['runtime'],
  media: ['protocol', 'runtime'],
  payments: ['protocol', 'runtime'],
  chain: ['protocol', 'runtime'],
  ai: ['media', 'protocol', 'runtime'],
  node: ['media', 'payments', 'chain', 'ai', 'protocol', 'runtime'],
}

const isTest = '\\.(test|bench|suite|test-d)\\.ts$'

const forbidden = Object.entries(may).map(([name, allowed]) => ({
  name: `${name}-may-import-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src`, pathNot: isTest },
  to: { path: '^(packages|apps)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}))

const onlyIn = (name, library, where) => ({
  name,
  severity: 'error',
  from: { path: '^(packages|apps)/', pathNot: [where, isTest, '^packages/testing/'].join('|') },
  to: { path: `^node_modules/(${library})/` },
})

forbidden.push(
  {
    name: 'web-imports-only-protocol',
    severity: 'error',
    from: { path: '^apps/web' },
    to: { path: '^(packages|apps)/', pathNot: '^(apps/web|packages/protocol)/' },
  },
  {
    name: 'roles-are-peers',
    severity: 'error',
    from: { path: '^packages/node/src/(gateway|orchestrator|worker)/', pathNot: isTest },
    to: {
      path: '^packages/node/src/(gateway|orchestrator|worker|wiring)/',
      pathNot: '^packages/node/src/$1/',
    },
  },
  {
    name: 'testing-is-for-tests',
    severity: 'error',
    from: { path: '^(packages|apps)/', pathNot: `${isTest}|^packages/testing/` },
    to: { path: '^packages/testing/' },
  },
  onlyIn('only-chain-imports-viem', 'viem', '^packages/chain/'),
  onlyIn('only-media-imports-node-av', 'node-av', '^packages/media/'),
  onlyIn('only-ai-imports-onnxruntime', 'onnxruntime-node', '^packages/ai/'),
  { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
)

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(gen|abis|dist)/' },
  },
}
