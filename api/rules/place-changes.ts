import { z } from 'zod';
import { PLACE_LEVELS, codesOf } from './vocabulary.ts';
import type { PlaceLevel } from './vocabulary.ts';

/** A line of a division table. The last three columns may be left out of the table. */
export const PlaceLine = z.object({
  code: z.string().regex(/^\d{12}$/, '区划代码应为12位数字'),
  name: z.string().min(1, '缺少名称').max(60),
  level: z.enum(codesOf(PLACE_LEVELS), '级别应为县（district）、乡镇（town）或村（village）'),
  parentCode: z.string().nullable(),
  /** The place it was merged into, which ends it. */
  successorCode: z.string().nullable().optional(),
  /** Whom residents may ask; published. Absent: left as it is. */
  contactName: z.string().max(40, '联系人不超过40字').optional(),
  contactPhone: z
    .string()
    .regex(/^([0-9-]{3,20})?$/, '联系电话应为数字')
    .optional(),
});
export type PlaceLine = z.infer<typeof PlaceLine>;

/** A place as the portal knows it; `validTo` null where it exists. */
export type KnownPlace = {
  code: string;
  name: string;
  level: PlaceLevel;
  parentCode: string | null;
  validTo: string | null;
  contactName: string;
  contactPhone: string;
};

export const PLACE_CHANGES = {
  added: '新设',
  renamed: '更名',
  moved: '改属',
  merged: '并入',
  contact: '联系人变更',
} as const;
export type PlaceChangeKind = keyof typeof PLACE_CHANGES;

/** `from` and `to` are names, codes of parents or successors, or contacts, as the kind has it. */
export type PlaceChange = {
  kind: PlaceChangeKind;
  code: string;
  name: string;
  from: string;
  to: string;
};
export type PlaceProblem = { line: number; code: string; words: string };

export const PARENT_LEVEL = {
  district: null,
  town: 'district',
  village: 'town',
} as const satisfies Record<PlaceLevel, PlaceLevel | null>;

/**
 * What a division table changes. A place that is not in the table stays as it is: only a line that names a
 * successor ends one. Lines are numbered as a spreadsheet program shows them, the header being line 1.
 */
export function comparePlaces(
  known: readonly KnownPlace[],
  lines: readonly PlaceLine[],
): { changes: PlaceChange[]; problems: PlaceProblem[] } {
  const before = new Map(known.map((place) => [place.code, place]));
  const after = new Map(
    known.filter((place) => place.validTo === null).map(({ code, level }) => [code, level]),
  );
  for (const line of lines) {
    if (!line.successorCode) after.set(line.code, line.level);
    else after.delete(line.code);
  }
  const seen = new Set<string>();
  const changes: PlaceChange[] = [];
  const problems: PlaceProblem[] = [];
  for (const [at, line] of lines.entries()) {
    const words = seen.has(line.code) ? '区划代码重复' : findProblem(line, before, after);
    seen.add(line.code);
    if (words) problems.push({ line: at + 2, code: line.code, words });
    else changes.push(...changesOf(line, before.get(line.code)));
  }
  return { changes, problems };
}

function findProblem(
  line: PlaceLine,
  before: ReadonlyMap<string, KnownPlace>,
  after: ReadonlyMap<string, PlaceLevel>,
): string | null {
  const old = before.get(line.code);
  if (old && old.level !== line.level) return '级别与原来的不同；换级别要用新的代码';
  if (line.successorCode) {
    if (!old) return '并入别处的区划原来就没有';
    // A line of an earlier merger stays as it was, whatever became of the successor since.
    if (old.validTo) return null;
    if (old.level === 'district') return '县（区）不能并入别处';
    return after.get(line.successorCode) === line.level ? null : '并入的不是同级的现有区划';
  }
  if (old?.validTo) return '这个代码的区划已经撤销，不能再用';
  const parent = line.parentCode === null ? null : after.get(line.parentCode);
  return parent === PARENT_LEVEL[line.level] ? null : '上级代码不对';
}

function changesOf(line: PlaceLine, old: KnownPlace | undefined): PlaceChange[] {
  const { code, name } = line;
  const contact = [line.contactName, line.contactPhone].filter(Boolean).join(' ');
  if (line.successorCode) {
    // A line may stay in the table after the merger.
    if (old?.validTo) return [];
    return [{ kind: 'merged', code, name: old?.name ?? name, from: '', to: line.successorCode }];
  }
  if (!old) {
    const added: PlaceChange = { kind: 'added', code, name, from: '', to: line.parentCode ?? '' };
    return contact ? [added, { kind: 'contact', code, name, from: '', to: contact }] : [added];
  }
  const changes: PlaceChange[] = [];
  if (old.name !== name) changes.push({ kind: 'renamed', code, name, from: old.name, to: name });
  if (old.parentCode !== line.parentCode) {
    const [from, to] = [old.parentCode ?? '', line.parentCode ?? ''];
    changes.push({ kind: 'moved', code, name, from, to });
  }
  const nameDiffers = (line.contactName ?? old.contactName) !== old.contactName;
  const phoneDiffers = (line.contactPhone ?? old.contactPhone) !== old.contactPhone;
  if (nameDiffers || phoneDiffers) {
    const from = [old.contactName, old.contactPhone].filter(Boolean).join(' ');
    changes.push({ kind: 'contact', code, name, from, to: contact });
  }
  return changes;
}
