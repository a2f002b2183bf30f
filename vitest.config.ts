import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,sidecar,workflows,engine,cli,renderer,electron,scripts,tests}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['tests/setup.ts'],
  },
});
