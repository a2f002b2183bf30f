import { defineConfig } from '@playwright/test';

/** One shell after the other: each takes the display and starts an engine. */
export default defineConfig({ testDir: '.', testMatch: '*.spec.ts', workers: 1, timeout: 180_000, expect: { timeout: 30_000 }, reporter: [['list']] });
