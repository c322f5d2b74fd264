import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Whole processes and a browser on two cores: one file at a time.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/journey/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
