import type { TextSection } from '#rules/page-texts.ts';

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
  section: TextSection;
  title: string;
  legalBasis: string[];
  /** Markdown without HTML; its highest heading is `##`. */
  markdown: string;
};
