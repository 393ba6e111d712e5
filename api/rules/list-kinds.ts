/**
 * What is published as a list of households. A notice (公示) runs for some days and then leaves the site,
 * names and all; a long-term list stands until the next month's. Days: 审核确认办法 art. 19 (7 days after
 * the township's review); a county may set others.
 */

type ListKindRow = {
  label: string;
  /** Days it runs unless the uploader says otherwise; null: until it is replaced. */
  days: number | null;
  /** What a resident reads above it. */
  lead: string;
};

export const LIST_KINDS = {
  LIST: {
    label: '在保名单',
    days: null,
    lead: '正在享受救助的家庭都列在下面。',
  },
  REVIEW_NOTICE: {
    label: '审核公示',
    days: 7,
    lead: '乡镇（街道）对下列家庭提出了初步审核意见，还没有最后确认。',
  },
  CONFIRMATION_NOTICE: {
    label: '确认公示',
    days: 7,
    lead: '下列家庭已经过审核，现将确认意见公示。',
  },
  REPEAT_NOTICE: {
    label: '再次公示',
    days: 3,
    lead: '对下列家庭有过异议，重新调查后再次公示。',
  },
} as const satisfies Record<string, ListKindRow>;
export type ListKind = keyof typeof LIST_KINDS;
export type NoticeKind = Exclude<ListKind, 'LIST'>;

export const NOTICE_KINDS = ['REVIEW_NOTICE', 'CONFIRMATION_NOTICE', 'REPEAT_NOTICE'] as const;

export const NOTICE_UNITS = { calendar: '日', working: '个工作日' } as const;
export type NoticeUnit = keyof typeof NOTICE_UNITS;

export function isNotice(kind: ListKind): kind is NoticeKind {
  return LIST_KINDS[kind].days !== null;
}
