import { aboutText } from './about.ts';
import { complaintsText } from './complaints.ts';
import { dibaoText } from './dibao.ts';
import type { FirstText, TextNames } from './first-text.ts';
import { privacyText } from './privacy.ts';
import { tekunText } from './tekun.ts';
import { tempAidText } from './temp-aid.ts';

/** The texts of a new portal, in the order of their index. */
export function listFirstTexts(names: TextNames): FirstText[] {
  return [
    dibaoText(names),
    tekunText(names),
    tempAidText(names),
    aboutText(names),
    complaintsText(names),
    privacyText(names),
  ];
}
