import { AID_TYPES, AREA_TYPES } from './vocabulary.ts';
import type { AidType, AreaType } from './vocabulary.ts';

/** The open data: aggregates only, in CSV and JSON with the same columns. */

type Column = {
  /** In JSON. */
  key: string;
  /** In CSV. */
  heading: string;
  /** What a reader needs to know to use it. */
  meaning: string;
};

const WHOSE = '含依法不公开姓名的家庭，因此可能大于各村（社区）之和';
const LISTED = '只计入已列入公示名单的家庭，因此各村（社区）之和可能小于乡镇（街道）';

const AID = [
  { key: 'aidType', heading: '救助类型代码', meaning: listCodes(AID_TYPES) },
  { key: 'aidTypeName', heading: '救助类型', meaning: '救助类型的名称' },
] as const satisfies readonly Column[];

/** `/data/<county>`: townships by aid type and month. */
export const TOWN_COLUMNS: readonly Column[] = [
  { key: 'placeCode', heading: '乡镇代码', meaning: '12位区划代码' },
  { key: 'placeName', heading: '乡镇（街道）', meaning: '目前的名称' },
  ...AID,
  { key: 'period', heading: '月份', meaning: '名单所属的月份，年-月，最近36个月' },
  { key: 'households', heading: '户数', meaning: `户；${WHOSE}` },
  { key: 'persons', heading: '人数', meaning: `保障人数，人；${WHOSE}` },
  {
    key: 'amountCents',
    heading: '月保障金额（元）',
    meaning:
      'CSV中单位是元，JSON中单位是分；只计入已列入公示名单的家庭，不含只公布户数和人数的村（社区）',
  },
  { key: 'joined', heading: '新增户数', meaning: '户，与上期名单比；没有上期名单的为空' },
  { key: 'left', heading: '退出户数', meaning: '户，与上期名单比；没有上期名单的为空' },
];

/** `/data/<township>`: villages by aid type, as their pages show them now. */
export const VILLAGE_COLUMNS: readonly Column[] = [
  { key: 'placeCode', heading: '村（社区）代码', meaning: '12位区划代码' },
  { key: 'placeName', heading: '村（社区）', meaning: '目前的名称' },
  ...AID,
  { key: 'period', heading: '月份', meaning: '目前公布的名单所属的月份，年-月' },
  { key: 'households', heading: '户数', meaning: `户；${LISTED}` },
  { key: 'persons', heading: '人数', meaning: `保障人数，人；${LISTED}` },
  {
    key: 'amountCents',
    heading: '月保障金额（元）',
    meaning: `CSV中单位是元，JSON中单位是分；${LISTED}；户数很少、只公布户数和人数的村（社区）为空`,
  },
];

/** `/data/standards`: every standard there was, is and is announced. */
export const STANDARDS_FILE = 'standards';

export const STANDARD_COLUMNS = [
  ...AID,
  { key: 'areaType', heading: '城乡代码', meaning: listCodes(AREA_TYPES) },
  { key: 'areaTypeName', heading: '城乡', meaning: '城镇或者农村' },
  {
    key: 'amountCents',
    heading: '每人每月标准（元）',
    meaning: 'CSV中单位是元，JSON中单位是分',
  },
  {
    key: 'effectiveFrom',
    heading: '执行日期',
    meaning: '年-月-日；从这一天起执行，到同一类型、同一城乡的下一个标准执行为止',
  },
  { key: 'documentNumber', heading: '文号', meaning: '公布标准的文件' },
] as const satisfies readonly Column[];

export type StandardDataRow = {
  aidType: AidType;
  aidTypeName: string;
  areaType: AreaType;
  areaTypeName: string;
  amountCents: number;
  /** Civil date. */
  effectiveFrom: string;
  documentNumber: string;
};

export type DataRow = {
  placeCode: string;
  placeName: string;
  aidType: AidType;
  aidTypeName: string;
  period: string;
  households: number;
  persons: number;
  /** Null where a village shows counts only. */
  amountCents: number | null;
  joined?: number | null;
  left?: number | null;
};

export function dataPath(placeCode: string, format: 'csv' | 'json'): string {
  return `/data/${placeCode}.${format}`;
}

function listCodes(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([code, label]) => `${code} ${label}`)
    .join('；');
}
