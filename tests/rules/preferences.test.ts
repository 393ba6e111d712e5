import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  Preferences,
  listPreferences,
  preferencesCss,
  readPreferences,
  writePreferences,
} from '#rules/preferences.ts';

test('the standard look needs no style', () => {
  expect(preferencesCss({ size: 'normal', contrast: 'normal' })).toBe('');
});

test('each choice changes custom properties of the root and nothing else', () => {
  for (const choice of listPreferences()) {
    expect(preferencesCss(choice)).toMatch(/^(:root\{(--[a-z-]+:[^;{}]+;)+\}\n)?$/);
  }
});

test('there are three sizes, each in two contrasts, and a cookie keeps any of them', () => {
  const choices = listPreferences();
  expect(choices).toHaveLength(6);
  expect(choices.map((choice) => readPreferences(writePreferences(choice)))).toEqual(choices);
});

test('large type has targets of 60 pixels', () => {
  for (const size of ['large', 'largest'] as const) {
    expect(preferencesCss({ size, contrast: 'normal' })).toContain('--target:60px;');
  }
});

test('the choice in use is not offered again, the way back is', () => {
  const large = preferencesCss({ size: 'large', contrast: 'normal' });
  expect(large).toContain('--show-size-large:none;');
  expect(large).toContain('--show-size-normal:block;');
  const high = preferencesCss({ size: 'normal', contrast: 'high' });
  expect(high).toContain('--show-contrast-high:none;');
  expect(high).toContain('--show-contrast-normal:block;');
  expect(high).not.toContain('--show-size');
});

test('an unknown value counts as the standard', () => {
  expect(Preferences.parse({ size: 'huge' })).toEqual({ size: 'normal', contrast: 'normal' });
  expect(readPreferences('huge.dark.red')).toEqual({ size: 'normal', contrast: 'normal' });
});

/** Text on its ground: 4.5 (WCAG 1.4.3), 7 where a visitor asked for contrast; lines and rings 3 (1.4.11). */
const TEXTS: [string, string][] = [
  ...['ink', 'ink-soft', 'link', 'link-hover', 'danger', 'success', 'brand', 'brand-dark'].map(
    (name): [string, string] => [name, 'paper'],
  ),
  ...['ink', 'ink-soft', 'link', 'link-hover'].map((name): [string, string] => [name, 'surface']),
  ...['ink', 'link', 'brand-dark'].map((name): [string, string] => [name, 'brand-soft']),
  ['ink', 'warning-soft'],
  ['link', 'warning-soft'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-dark'],
  ['on-brand', 'danger'],
  ['on-sun', 'sun'],
];
const LINES: [string, string][] = [
  ...['line-strong', 'ring', 'warning', 'success', 'danger', 'brand'].map(
    (name): [string, string] => [name, 'paper'],
  ),
  ['ring', 'sun'],
  ['sun', 'brand-dark'],
];
const TOKENS = readFileSync('site/styles/tokens.css', 'utf8');

test.each(['normal', 'high'] as const)('colours of %s contrast can be told apart', (contrast) => {
  const css = TOKENS + preferencesCss({ size: 'normal', contrast });
  const colours = new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const least = contrast === 'high' ? 7 : 4.5;
  const pairs = [
    ...TEXTS.map((pair) => ({ pair, least })),
    ...LINES.map((pair) => ({ pair, least: 3 })),
  ];
  const faint = pairs.filter(({ pair: [front, ground], least }) => {
    return !(ratio(colours.get(front) ?? '', colours.get(ground) ?? '') >= least);
  });
  expect(faint).toEqual([]);
});

/** Contrast of two colours by WCAG. */
function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.slice(1);
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
