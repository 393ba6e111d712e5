import { aboutText } from './first-texts/about.ts';
import { complaintsText } from './first-texts/complaints.ts';
import { dibaoText } from './first-texts/dibao.ts';
import { privacyText } from './first-texts/privacy.ts';
import { tekunText } from './first-texts/tekun.ts';
import { tempAidText } from './first-texts/temp-aid.ts';

/** Names that stand in the texts. */
export type TextNames = {
  /** 示范区 */
  countyName: string;
  /** 示范区民政局 */
  bureauName: string;
};

/** A text the portal starts with; staff edit it afterwards. */
export type FirstText = {
  slug: string;
  section: 'procedure' | 'site';
  title: string;
  legalBasis: string[];
  /** Markdown without HTML; its highest heading is `##`. */
  markdown: string;
};

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
