import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Standard } from '#rules/aid-standard.ts';
import type { Region } from '#rules/place-names.ts';
import { AID_TYPES, AREA_TYPES, PLACE_LEVELS, codesOf } from '#rules/vocabulary.ts';
import { SpreadsheetError } from './errors.ts';
import { decodeText } from './read-csv.ts';

const RegionRecord = z
  .object({
    code: z.string().min(1),
    name: z.string().min(1),
    level: z.enum(codesOf(PLACE_LEVELS)),
    parent_code: z.string(),
  })
  .transform(({ code, name, level, parent_code }): Region => ({
    code,
    name,
    level,
    parentCode: parent_code === '' ? null : parent_code,
  }));

const StandardRecord = z
  .object({
    region_code: z.string().min(1),
    aid_type: z.enum(codesOf(AID_TYPES)),
    area_type: z.enum(codesOf(AREA_TYPES)),
    monthly_amount_yuan: z.string().regex(/^\d+(\.\d{1,2})?$/),
    effective_from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  })
  .transform((record): Standard => ({
    regionCode: record.region_code,
    aidType: record.aid_type,
    areaType: record.area_type,
    amountCents: Math.round(Number(record.monthly_amount_yuan) * 100),
    effectiveFrom: record.effective_from,
  }));

/** The division table: `code,name,level,parent_code`. */
export function readRegions(bytes: Uint8Array): Region[] {
  return readTable(bytes, RegionRecord);
}

/** The standards: `region_code,aid_type,area_type,monthly_amount_yuan,effective_from`, further columns ignored. */
export function readStandards(bytes: Uint8Array): Standard[] {
  return readTable(bytes, StandardRecord);
}

function readTable<T>(bytes: Uint8Array, schema: z.ZodType<T>): T[] {
  try {
    const records: unknown = parse(decodeText(bytes), {
      columns: true,
      trim: true,
      skip_empty_lines: true,
    });
    return z.array(schema).min(1).parse(records);
  } catch {
    throw new SpreadsheetError('reference-unreadable');
  }
}
