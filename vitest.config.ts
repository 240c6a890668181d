import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const app = fileURLToPath(new URL('./app', import.meta.url))

/** `unit`: beside the code, nothing outside the process. `flows`: the whole app over HTTP and Postgres. `browser`: the pages in Chromium. */
export default defineConfig({
  resolve: { alias: { '~': app } },
  test: {
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
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['app/**/*.test.{ts,tsx}', 'dev/**/*.test.ts', 'tests/unit/**/*.test.ts'],
          exclude: ['app/**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['tests/flows/**/*.test.ts', 'app/**/*.db.test.ts'],
          globalSetup: ['tests/setup/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/setup/build.ts', 'tests/setup/postgres.ts', 'tests/setup/browser.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
