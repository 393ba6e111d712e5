import { z } from 'zod';

/** How a visitor wants pages shown (长辈版). Kept in a cookie, applied by `/prefs.css` alone. */
export const Preferences = z.object({
  size: z.enum(['normal', 'large']).catch('normal'),
  contrast: z.enum(['normal', 'high']).catch('normal'),
});
export type Preferences = z.infer<typeof Preferences>;

// 工信部适老化规范: text of 18 pt and targets of 60 px.
const LARGE = '--text-scale:1.34;--target:60px;';

const HIGH_CONTRAST = [
  '--ink:#000;--ink-soft:#000;--paper:#fff;--surface:#fff;--line:#000;--line-strong:#000;',
  '--brand:#00205b;--brand-dark:#000;--brand-soft:#fff;--link:#00137a;--link-hover:#000;',
  '--danger:#8b0000;--success:#00401a;',
].join('');

/** Contents of `/prefs.css`: only custom properties, so that it can override nothing else. */
export function preferencesCss({ size, contrast }: Preferences): string {
  const large = size === 'large';
  const high = contrast === 'high';
  if (!large && !high) return '';
  // The header offers the choices that would change something.
  const offers = ['--show-standard:block;'];
  if (large) offers.push(high ? '--show-contrast:none;' : '--show-large:none;');
  return `:root{${large ? LARGE : ''}${high ? HIGH_CONTRAST : ''}${offers.join('')}}\n`;
}
