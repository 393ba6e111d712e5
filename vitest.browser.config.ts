import { defineConfig } from 'vitest/config';
import { findTemporaryFolder } from './tests/support/temporary-folder.ts';

/** Journeys in a real Chromium against a real server; one at a time. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    env: { TMPDIR: findTemporaryFolder() },
    globalSetup: ['tests/support/build-once.ts'],
    expect: { requireAssertions: true },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
