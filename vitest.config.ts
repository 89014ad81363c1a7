import { defineConfig, type ViteUserConfig } from 'vitest/config'

// One project a kind of test. `unit` is offline and fast and runs in `npm run check`; `e2e` starts real processes.
const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Modules keep no state of their own, so test files may share them: less than half the time.
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000, // a busy machine is no failure
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'slow',
          include: [
            'packages/*/src/**/*.slow.test.ts',
            'apps/*/src/**/*.slow.test.ts',
            'scripts/**/*.slow.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})

export default config
