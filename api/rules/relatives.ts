import type { IdProblem } from './id-number.ts';
import { REJECTION_REASONS } from './recipient.ts';
import type { BodyKind, SubjectRole } from './vocabulary.ts';

/** One line of the register of near relatives (近亲属备案). It lives in memory and sealed only. */
export type RelativeEntry = {
  staffName: string;
  unit: string;
  position: string;
  relativeName: string;
  relation: string;
  /** 18 characters. */
  idNumber: string;
};

/** How a member of staff registers themselves. */
export const SELF = '本人';

/** Why a line is not taken in, and what a person should look at in one that is. */
export const RELATIVE_PROBLEMS = {
  'staff-missing': '没有工作人员姓名',
  'unit-missing': '没有单位',
  'relation-missing': '没有写明与工作人员的关系',
  'name-missing': '没有亲属姓名',
  'name-several': REJECTION_REASONS['name-several'],
  'name-unreadable': REJECTION_REASONS['name-unreadable'],
  'id-missing': '没有亲属身份证号',
  'id-unreadable': REJECTION_REASONS['id-unreadable'],
  'id-length': REJECTION_REASONS['id-length'],
  'id-date': REJECTION_REASONS['id-date'],
  'id-check-digit': REJECTION_REASONS['id-check-digit'],
  duplicate: '与前面一行相同，只记一次',
  'unit-unknown': '单位不在单位名录里，已照登记；回避时只按姓名比对',
} as const satisfies Record<IdProblem, string> & Record<string, string>;
export type RelativeProblem = keyof typeof RELATIVE_PROBLEMS;

const COLUMNS: Record<keyof RelativeEntry, string> = {
  staffName: '工作人员姓名 工作人员 干部姓名 备案人 备案人姓名 备案对象 备案对象姓名',
  unit: '单位 工作单位 所在单位 单位名称',
  position: '职务 岗位 职务岗位',
  relativeName: '亲属姓名 近亲属姓名 亲属',
  relation: '与工作人员关系 与备案人关系 与干部关系 与本人关系 关系 亲属关系',
  idNumber: '亲属身份证号 亲属身份证号码 近亲属身份证号 近亲属身份证号码 身份证号 身份证号码',
};

const BY_SPELLING = new Map(
  (Object.keys(COLUMNS) as (keyof RelativeEntry)[]).flatMap((column) =>
    COLUMNS[column].split(' ').map((spelling) => [spelling, column] as const),
  ),
);

/** The column a cleaned header cell names, or null. */
export function columnOfRelatives(text: string): keyof RelativeEntry | null {
  const bare = text.replace(/\([^)]*\)/g, '').replace(/[/、·]/g, '');
  return BY_SPELLING.get(bare) ?? null;
}

/** The body as it is written: by its name, a village's committee with its town before it too. */
export function findUnit<Unit extends { code: string; name: string; townName: string }>(
  written: string,
  units: readonly Unit[],
): Unit | null {
  const wanted = written.normalize('NFKC').replaceAll(/\s/g, '');
  const found = units.filter(
    ({ name, townName }) => wanted === name || wanted === `${townName}${name}`,
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** As whom a member of staff of a body is accused, unless a person says otherwise. */
export function roleOfStaffAt(kind: BodyKind | null): SubjectRole {
  if (kind === 'bureau') return 'CIVIL_STAFF';
  if (kind === 'township') return 'TOWN_HANDLER';
  return kind === 'village' ? 'VILLAGE_CADRE' : 'UNKNOWN';
}

/** Roles between which the discipline group chooses when a match becomes a lead. */
export const MATCH_ROLES = [
  'COUNTY_LEADER',
  'CIVIL_STAFF',
  'TOWN_LEADER',
  'TOWN_HANDLER',
  'VILLAGE_CADRE',
  'FISCAL_STAFF',
  'UNKNOWN',
] as const satisfies readonly SubjectRole[];

/** What was decided about a registered relative who receives aid. */
export const HIT_STATUSES = {
  open: '待核对',
  lawful: '备案相符，合规',
  lead: '已登记为线索',
} as const;
