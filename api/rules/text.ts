const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Characters as a reader counts them. */
export function countCharacters(text: string): number {
  return [...graphemes.segment(text)].length;
}

/**
 * Without control characters (tabs and line breaks stay, the latter as `\n`) and without characters
 * that turn the direction of what follows.
 */
export function cleanText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, '');
}

// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Whether nothing in it can be seen: blanks, joiners, fillers. */
export function isBlank(text: string): boolean {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]/gu, '') === '';
}

/** One line: cleaned, runs of white space as one blank, trimmed. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim();
}
