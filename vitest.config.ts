import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const app = fileURLToPath(new URL('./app', import.meta.url))

/** Generous, in milliseconds: longer than the helpers wait, which then say what for. A loaded machine is slow. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000 }

/** `unit`: beside the code, nothing outside the process. `flows`: the whole app over HTTP and Postgres. `browser`: the pages in Chromium. In that order. */
export default defineConfig({
  resolve: { alias: { '~': app } },
  test: {
    // In CI, .ci/run counts the tests from the report.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/tests.json' }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['app/**/*.{ts,tsx}'],
      exclude: [
        'app/routes/app*',
        'app/dashboard/components/**',
        'app/root.tsx',
        'app/entry.client.tsx',
        '**/*.test.*',
      ],
      reporter: ['text-summary', 'json-summary'],
      // What runs in the servers that flows and browser tests start is not counted.
      thresholds: { lines: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
          include: [
            'app/**/*.test.{ts,tsx}',
            'dev/**/*.test.ts',
            'bench/**/*.test.ts',
            'tests/unit/**/*.test.ts',
          ],
          exclude: ['app/**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'flows',
          sequence: { groupOrder: 1 },
          include: ['tests/flows/**/*.test.ts', 'app/**/*.db.test.ts'],
          globalSetup: ['tests/setup/build.ts', 'tests/setup/postgres.ts'],
          ...PATIENCE,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/setup/build.ts', 'tests/setup/postgres.ts', 'tests/setup/browser.ts'],
          ...PATIENCE,
          fileParallelism: false,
        },
      },
    ],
  },
})
