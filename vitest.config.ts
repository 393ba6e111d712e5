import { defineConfig } from 'vitest/config';
import { findTemporaryFolder } from './tests/support/temporary-folder.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    env: { TMPDIR: findTemporaryFolder() },
    globalSetup: ['tests/support/build-once.ts'],
    setupFiles: ['tests/support/fail-on-console-error.ts'],
    expect: { requireAssertions: true },
    // Loading the API anew was most of a small file's time. Files share a process instead: code keeps no state
    // beside its portal, and a test puts back what it changes of the process.
    isolate: false,
    // By itself vitest leaves a core free, which on two cores is half of them.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
