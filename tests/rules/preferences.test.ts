import { expect, test } from 'vitest';
import { Preferences, preferencesCss } from '#rules/preferences.ts';

test('the standard look needs no style', () => {
  expect(preferencesCss({ size: 'normal', contrast: 'normal' })).toBe('');
});

test('each choice changes custom properties of the root and nothing else', () => {
  for (const size of ['normal', 'large'] as const) {
    for (const contrast of ['normal', 'high'] as const) {
      expect(preferencesCss({ size, contrast })).toMatch(/^(:root\{(--[a-z-]+:[^;{}]+;)+\}\n)?$/);
    }
  }
});

test('large type has targets of 60 pixels', () => {
  expect(preferencesCss({ size: 'large', contrast: 'normal' })).toContain('--target:60px;');
});

test('the choice in use is not offered again', () => {
  expect(preferencesCss({ size: 'large', contrast: 'normal' })).toContain('--show-large:none;');
  expect(preferencesCss({ size: 'large', contrast: 'high' })).toContain('--show-contrast:none;');
});

test('an unknown value counts as the standard', () => {
  expect(Preferences.parse({ size: 'huge' })).toEqual({ size: 'normal', contrast: 'normal' });
});
