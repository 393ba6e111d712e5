import { defineConfig } from 'vitest/config';
import { findTemporaryFolder } from './tests/support/temporary-folder.ts';

/**
 * Journeys in a real Chromium against a real server: two at a time, for while one's browser works, its server
 * waits. Each has a portal, a port and a browser of its own.
 */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    env: { TMPDIR: findTemporaryFolder() },
    globalSetup: ['tests/support/build-once.ts'],
    expect: { requireAssertions: true },
    isolate: false,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
