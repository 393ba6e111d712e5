import { format } from 'node:util';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/**
 * A test during which something is written with `console.error` or `console.warn` fails, unless it takes
 * the method over with a spy of its own.
 */
const METHODS = ['error', 'warn'] as const;
let written: string[] = [];

beforeEach(() => {
  written = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      written.push(`console.${method}: ${format(...parts)}`);
    });
  }
});

afterEach(() => {
  for (const method of METHODS) {
    const spied = console[method];
    if (vi.isMockFunction(spied)) spied.mockRestore();
  }
  expect(written, 'unexpected console output').toEqual([]);
});
