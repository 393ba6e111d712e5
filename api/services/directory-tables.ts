import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { CodedError } from '#api/errors.ts';
import type { Hotline } from '#db/queries/hotlines.ts';
import type { NewStandard } from '#db/queries/standards.ts';
import type { Standard } from '#rules/aid-standard.ts';
import { isHotlineNumber } from '#rules/hotline-fields.ts';
import { PlaceLine } from '#rules/place-changes.ts';
import { AID_TYPES, AREA_TYPES, codesOf } from '#rules/vocabulary.ts';
import type { AidType, PlaceLevel } from '#rules/vocabulary.ts';
import { decodeText } from '#spreadsheets/read-csv.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日期应为 2026-07-01 这样的写法');

/** Column names of a division table, and the Chinese ones offices write. */
const PLACE_COLUMNS: Record<string, string> = {
  区划代码: 'code',
  代码: 'code',
  名称: 'name',
  级别: 'level',
  上级代码: 'parent_code',
  并入代码: 'successor_code',
  联系人: 'contact',
  联系电话: 'contact_phone',
};
const PLACE_FIELDS: Record<string, string> = {
  code: '区划代码',
  name: '名称',
  level: '级别',
  parentCode: '上级代码',
  successorCode: '并入代码',
  contactName: '联系人',
  contactPhone: '联系电话',
};
const LEVEL_WORDS: Record<string, PlaceLevel> = {
  县: 'district',
  区: 'district',
  乡镇: 'town',
  街道: 'town',
  村: 'village',
  社区: 'village',
};

/** A column that is not in the table is undefined. */
const PlaceRecord = z.preprocess((record: Record<string, string | undefined>) => {
  const { code, name, level = '', parent_code, successor_code, contact, contact_phone } = record;
  return {
    code,
    name,
    level: LEVEL_WORDS[level] ?? level,
    parentCode: parent_code || null,
    successorCode: successor_code || null,
    contactName: contact,
    contactPhone: contact_phone,
  };
}, PlaceLine);

const StandardRecord = z.object({
  region_code: z.string().min(1),
  aid_type: z.enum(codesOf(AID_TYPES)),
  area_type: z.enum(codesOf(AREA_TYPES)),
  monthly_amount_yuan: z.string().regex(/^\d+(\.\d{1,2})?$/, '金额应为数字'),
  effective_from: date,
  document_number: z.string().min(1, '缺少文号'),
});

const HotlineRecord = z.object({
  region_code: z.string().min(1),
  unit: z.string().min(1, '缺少单位'),
  level: z.enum(['district', 'town']),
  phone: z.string().refine(isHotlineNumber, '填写能直接拨打的号码，座机写上区号'),
  phone_2: z
    .string()
    .refine((text) => text === '' || isHotlineNumber(text), '填写能直接拨打的号码，座机写上区号'),
  contact: z.string().max(100),
  hours: z.string().max(200),
});

/**
 * A division table: `code,name,level,parent_code`, and as needed `successor_code,contact,contact_phone`;
 * Chinese column names are read too.
 */
export function readPlaceTable(bytes: Uint8Array): PlaceLine[] {
  return readTable(bytes, PlaceRecord, PLACE_COLUMNS);
}

/** Standards, a line each: region, aid type, urban or rural, yuan a month, from when, by which document. */
export function readStandardTable(bytes: Uint8Array, updatedOn: string): NewStandard[] {
  return readTable(bytes, StandardRecord).map((record) => ({
    id: [record.region_code, record.aid_type, record.area_type, record.effective_from].join(':'),
    placeCode: record.region_code,
    aidType: record.aid_type,
    areaType: record.area_type,
    amountCents: Math.round(Number(record.monthly_amount_yuan) * 100),
    effectiveFrom: record.effective_from,
    documentNumber: record.document_number,
    updatedOn,
  }));
}

/** Published phones, a line each, in the order they are to be shown. */
export function readHotlineTable(bytes: Uint8Array, updatedOn: string): Hotline[] {
  const records = readTable(bytes, HotlineRecord);
  return records.map((record, index) => ({
    id: `${record.region_code}:${String(index + 1).padStart(4, '0')}`,
    placeCode: record.region_code,
    unit: record.unit,
    level: record.level,
    phone: record.phone,
    secondPhone: record.phone_2,
    contact: record.contact,
    hours: record.hours,
    position: countSame(records, index),
    updatedOn,
    endedOn: null,
    revision: 1,
  }));
}

/** The place of a record among those of its region, from 1. */
function countSame(records: readonly { region_code: string }[], index: number): number {
  const { region_code: region } = records[index] ?? {};
  const before = records.slice(0, index + 1).filter((each) => each.region_code === region);
  return Math.min(before.length, 99);
}

/** Throws `file-refused` with the first problem and its line. */
function readTable<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  columns: Record<string, string> = {},
): T[] {
  const records = readRecords(bytes, columns);
  if (records.length === 0) return refuse('表里没有内容，请核对文件和栏目名称。');
  return records.map((record, index) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    return refuse(`第${index + 2}行${describeIssue(issue)}`);
  });
}

/** “级别”：… for a place, in the words of its table; the columns of other tables have no Chinese name. */
function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  const field = String(issue?.path[0] ?? '');
  const column = PLACE_FIELDS[field] ?? field;
  // A check without a message of its own would speak English.
  const message = /\p{Script=Han}/u.test(issue?.message ?? '')
    ? issue?.message
    : '缺少或者填写有误';
  return `“${column}”：${message}。`;
}

function readRecords(bytes: Uint8Array, columns: Record<string, string>): unknown[] {
  try {
    return parse(decodeText(bytes), {
      columns: (names: string[]) => names.map((name) => columns[name.trim()] ?? name.trim()),
      trim: true,
      // Spreadsheet programs leave out empty cells at the end of a line.
      relax_column_count_less: true,
      skip_empty_lines: true,
    });
  } catch {
    return refuse('这不是一份 CSV 表，请核对文件和栏目名称。');
  }
}

function refuse(message: string): never {
  throw new CodedError('file-refused', { file: message }, message);
}

/** A standard of the store as the importer takes one. */
export function toStandard(row: NewStandard): Standard {
  const { placeCode, aidType, areaType, amountCents, effectiveFrom } = row;
  return {
    regionCode: placeCode,
    aidType: aidType as AidType,
    areaType,
    amountCents,
    effectiveFrom,
  };
}
