import { aboutText } from './about.ts';
import { complaintsText } from './complaints.ts';
import { dibaoText } from './dibao.ts';
import type { FirstText, TextNames } from './first-text.ts';
import { formTexts } from './forms.ts';
import { policyTexts } from './policies.ts';
import { privacyText } from './privacy.ts';
import { tekunText } from './tekun.ts';
import { tempAidText } from './temp-aid.ts';

/** The texts of a new portal, in the order of their index. */
export function listFirstTexts(names: TextNames): FirstText[] {
  return [
    dibaoText(names),
    tekunText(names),
    tempAidText(names),
    ...formTexts(names),
    ...policyTexts(),
    aboutText(names),
    complaintsText(names),
    privacyText(names),
  ];
}

/** The same as a new portal stores them. */
export function listFirstTextRows(names: TextNames, updatedOn: string) {
  return listFirstTexts(names).map(({ document, overview = [], ...text }, index) => ({
    ...text,
    ...document,
    // Room for what staff put between.
    position: (index + 1) * 10,
    legalBasis: text.legalBasis.join('\n'),
    overview: overview.join('\n'),
    updatedOn,
  }));
}
