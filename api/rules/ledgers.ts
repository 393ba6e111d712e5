import {
  FIRST_TIME_COLUMNS,
  HOTSPOT_COLUMNS,
  LEAD_COLUMNS,
  RECTIFICATION_COLUMNS,
  REFERRAL_COLUMNS,
  REPEAT_COLUMNS,
} from './ledger-columns.ts';
import type { LedgerColumn } from './ledger-columns.ts';

type LedgerRow = {
  /** As the choice on the page. */
  label: string;
  /** Printed above the sheet, after the county's name. */
  title: string;
  units: string;
  paper: 'a3' | 'a4';
  /** What the dates of the filter are about. */
  period: string;
  columns: readonly LedgerColumn[];
  /** Lines count leads instead of naming them. */
  counts?: true;
};

export const LEDGERS = {
  leads: {
    label: '线索统计台账',
    title: '群众举报问题线索统计台账',
    units: '件、元、户、人',
    paper: 'a3',
    period: '收到日期',
    columns: LEAD_COLUMNS,
  },
  rectification: {
    label: '问题清单和整改台账',
    title: '问题清单和整改台账',
    units: '项',
    paper: 'a4',
    period: '线索收到日期',
    columns: RECTIFICATION_COLUMNS,
  },
  repeats: {
    label: '重复信访台账',
    title: '重复信访事项专门工作台账',
    units: '件、次',
    paper: 'a3',
    period: '初次收到日期',
    columns: REPEAT_COLUMNS,
  },
  referrals: {
    label: '移交台账',
    title: '问题线索移交台账',
    units: '件、人',
    paper: 'a3',
    period: '移交日期',
    columns: REFERRAL_COLUMNS,
  },
  hotspots: {
    label: '问题集中地方',
    title: '信访问题集中地方台账',
    units: '件',
    paper: 'a4',
    period: '收到日期',
    columns: HOTSPOT_COLUMNS,
    counts: true,
  },
  'first-time': {
    label: '一次性化解率',
    title: '初次信访事项一次性化解情况统计表',
    units: '件',
    paper: 'a4',
    period: '收到日期',
    columns: FIRST_TIME_COLUMNS,
    counts: true,
  },
} as const satisfies Record<string, LedgerRow>;
export type LedgerCode = keyof typeof LEDGERS;

/** The row of a ledger, with the wide types that generic code needs. */
export function ledgerOf(code: LedgerCode): LedgerRow {
  return LEDGERS[code];
}

/** Lines of one export; more take too long to open, and too long to read. */
export const MAX_EXPORT_LINES = 2000;

export function describeTooMany(lines: number): string {
  return `符合条件的有${lines}件，一次最多导出${MAX_EXPORT_LINES}件。把日期分成几段，或选定一个乡镇、一种状态，再导出。`;
}
