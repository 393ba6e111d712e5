import { cleanText } from './cell.ts';
import type { AidType, AreaType } from './vocabulary.ts';

/** What a title, a sheet name or a file name says about a list. */

const AID_WORDS: [RegExp, AidType][] = [
  [/农村(居民)?(最低生活保障|低保)(?!边缘)/, 'RURAL_DIBAO'],
  [/城[市镇](居民)?(最低生活保障|低保)(?!边缘)/, 'URBAN_DIBAO'],
  [/特困|五保/, 'TEKUN'],
  [/低保边缘|最低生活保障边缘|边缘家庭|边缘户/, 'EDGE'],
  [/刚性支出|支出型困难/, 'RIGID'],
  [/临时救助/, 'TEMP'],
];

/** The one aid type a text names; null where it names none or several. */
export function aidTypeInText(text: string): AidType | null {
  const cleaned = cleanText(text);
  const named = AID_WORDS.filter(([words]) => words.test(cleaned)).map(([, code]) => code);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** `urban` or `rural` where a text says so. */
export function areaInText(text: string): AreaType | null {
  const [urban, rural] = [/城[市镇]/.test(text), /农村/.test(text)];
  if (urban === rural) return null;
  return urban ? 'urban' : 'rural';
}

const PERIOD = /(20\d{2})(?:年(\d{1,2})月|[-._](\d{1,2})(?!\d)|(0[1-9]|1[0-2])(?!\d))/g;

/** 二〇二六年十月 as 2026年10月. */
function readHanYear(text: string): string {
  return text.replaceAll(
    /二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年(十[一二]?|[一二三四五六七八九])月/g,
    (_, tens: string, ones: string, month: string) => {
      const digit = (han: string) => Math.max(0, '〇一二三四五六七八九'.indexOf(han));
      const value = month.startsWith('十') ? 10 + digit(month.slice(1) || '〇') : digit(month);
      return `20${digit(tens)}${digit(ones)}年${value}月`;
    },
  );
}

/** The one month a text names (2026年10月, 2026-10, 202610) as `YYYY-MM`; null where none or several. */
export function periodInText(text: string): string | null {
  const found = new Set<string>();
  for (const match of readHanYear(cleanText(text)).matchAll(PERIOD)) {
    const month = Number(match[2] ?? match[3] ?? match[4]);
    if (month >= 1 && month <= 12) found.add(`${match[1]}-${String(month).padStart(2, '0')}`);
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}
