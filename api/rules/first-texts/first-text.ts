import type { NO_DOCUMENT, TextSection } from '#rules/page-texts.ts';

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
  /** Lines `名称：内容` at the top of the page. */
  overview?: string[];
  /** Of a policy. */
  document?: typeof NO_DOCUMENT;
  /** Markdown without HTML; its highest heading is `##`. */
  markdown: string;
};
