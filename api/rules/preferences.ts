import { z } from 'zod';
import { codesOf } from './vocabulary.ts';

/** How a visitor wants pages shown (长辈版). Kept in a cookie, applied by `/prefs.css` alone. */

/** 工信部适老化规范: text of 18 pt at least, up to 30 pt, and targets of 60 px in the elder view. */
export const SIZES = {
  normal: { label: '标准版', properties: '' },
  large: { label: '长辈版', properties: '--text-scale:1.34;--target:60px;' },
  largest: { label: '特大字', properties: '--text-scale:1.7;--target:60px;' },
} as const;

export const CONTRASTS = {
  normal: { label: '普通颜色', properties: '' },
  high: {
    label: '高对比',
    properties: [
      '--ink:#000;--ink-soft:#000;--paper:#fff;--surface:#fff;--line:#000;--line-strong:#000;',
      '--brand:#00205b;--brand-dark:#000;--brand-soft:#fff;--link:#00137a;--link-hover:#000;',
      '--danger:#8b0000;--success:#00401a;--warning:#5c3a00;--warning-soft:#fff;--ring:#000;',
    ].join(''),
  },
} as const;

export const Preferences = z.object({
  size: z.enum(codesOf(SIZES)).catch('normal'),
  contrast: z.enum(codesOf(CONTRASTS)).catch('normal'),
});
export type Preferences = z.infer<typeof Preferences>;

/** `large.high`, as the cookie keeps it and the files of a server before the portal are named. */
export function writePreferences({ size, contrast }: Preferences): string {
  return `${size}.${contrast}`;
}

/** What a cookie or a file name says; anything unknown counts as the standard. */
export function readPreferences(written: string | undefined): Preferences {
  const [size, contrast] = (written ?? '').split('.');
  return Preferences.parse({ size, contrast });
}

/** Every choice there is. */
export function listPreferences(): Preferences[] {
  return codesOf(SIZES).flatMap((size) =>
    codesOf(CONTRASTS).map((contrast) => ({ size, contrast })),
  );
}

/** Contents of `/prefs.css`: only custom properties, so that it can override nothing else. */
export function preferencesCss({ size, contrast }: Preferences): string {
  const properties = SIZES[size].properties + CONTRASTS[contrast].properties;
  if (properties === '') return '';
  // The header offers the choices that would change something; the standard ones are not offered by default.
  const offers = [
    size === 'normal' ? '' : `--show-size-normal:block;--show-size-${size}:none;`,
    contrast === 'normal' ? '' : '--show-contrast-normal:block;--show-contrast-high:none;',
  ];
  return `:root{${properties}${offers.join('')}}\n`;
}
