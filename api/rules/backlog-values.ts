import { cleanText } from './cell.ts';
import { isDate } from './civil-date.ts';
import { FINDINGS, PETITION_CLASSES, PROBLEM_TYPES, SOURCES, SUBJECT_ROLES } from './vocabulary.ts';
import type {
  PetitionClass,
  ProblemCode,
  ReporterMode,
  Source,
  SubjectRole,
} from './vocabulary.ts';

/** What is written in the cells of an old ledger, as codes; null where it cannot be told. */

/** 2019-05-03, 2019/5/3, 2019.5.3, 2019年5月3日, 20190503. */
export function readDate(text: string): string | null {
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cleanText(text)) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(cleanText(text));
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : null;
}

/** Several in one cell: 人情保、关系保. */
export function splitCell(text: string): string[] {
  return text
    .split(/[、,，;；\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

type Pattern<Code> = readonly [RegExp, Code];

function byPattern<Code>(patterns: readonly Pattern<Code>[], text: string): Code | null {
  return patterns.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function byLabel<Code extends string>(
  labels: Readonly<Record<Code, string>>,
  text: string,
): Code | null {
  const cleaned = cleanText(text);
  const codes = Object.keys(labels) as Code[];
  return codes.find((code) => cleanText(labels[code]) === cleaned) ?? null;
}

const SOURCE_WORDS: readonly Pattern<Source>[] = [
  [/12345|热线/, 'HOTLINE12345'],
  [/信访局|信访部门|信访办/, 'XINFANG'],
  [/纪检|纪委|监委|巡察组移交/, 'DISCIPLINE'],
  [/巡视|巡察|审计|抽查|督查|检查/, 'INSPECTION'],
  [/批示/, 'LEADER'],
  [/媒体|报道|曝光/, 'MEDIA'],
  [/上级|交办|省厅|市局/, 'SUPERIOR'],
  [/邮件|邮箱/, 'EMAIL'],
  [/网/, 'ONLINE'],
  [/电/, 'PHONE'],
  [/访/, 'VISIT'],
  [/信/, 'LETTER'],
  [/自查|摸排/, 'SELFCHECK'],
  [/比对/, 'DATAMATCH'],
];

export function readSource(text: string): Source | null {
  return byLabel(SOURCES, text) ?? byPattern(SOURCE_WORDS, cleanText(text));
}

const MODE_WORDS: readonly Pattern<ReporterMode>[] = [
  [/匿名|未署名|^否$/, 'ANONYMOUS'],
  [/保密/, 'CONFIDENTIAL'],
  [/实名|署名|^是$/, 'NAMED'],
];

export function readMode(text: string): ReporterMode | null {
  return byPattern(MODE_WORDS, cleanText(text));
}

const CLASS_WORDS: readonly Pattern<PetitionClass>[] = [
  [/检举|控告|举报/, 'REPORT'],
  [/申诉|求决/, 'APPEAL'],
  [/建议|意见/, 'SUGGEST'],
  [/求助/, 'HELP'],
  [/咨询/, 'ENQUIRY'],
];

/** An objection belongs to a notice of the portal; an old ledger cannot name one. */
export function readClass(text: string): PetitionClass | null {
  const labelled = byLabel(PETITION_CLASSES, text);
  return labelled === 'NOTICE_OBJ' ? null : (labelled ?? byPattern(CLASS_WORDS, cleanText(text)));
}

/** By its label, or by the first words of it that are written. */
export function readProblem(text: string): ProblemCode | null {
  const cleaned = cleanText(text);
  const codes = Object.keys(PROBLEM_TYPES) as ProblemCode[];
  const words = (code: ProblemCode) =>
    PROBLEM_TYPES[code].label.split(/[、（）或]/).filter(Boolean);
  return (
    codes.find((code) => PROBLEM_TYPES[code].label === cleaned) ??
    codes.find((code) => words(code).some((word) => word.length > 1 && cleaned.includes(word))) ??
    null
  );
}

/** Who is meant by 村主任 or 镇民政办工作人员: where words fit several, the one that excludes most. */
const ROLE_WORDS: readonly Pattern<SubjectRole>[] = [
  [/局长|县级领导|区级领导|县领导|区领导|县长|区长|县委|区委/, 'COUNTY_LEADER'],
  [/民政局/, 'CIVIL_STAFF'],
  [/村民$|居民$|低保户|低保对象|特困|救助对象|保障对象|申请人/, 'RECIPIENT'],
  [/村|社区|居委/, 'VILLAGE_CADRE'],
  [/(镇|乡|街道).*(领导|书记|镇长|乡长|主任|委员)|^(镇长|乡长)$/, 'TOWN_LEADER'],
  [/镇|乡|街道|民政办|民政所/, 'TOWN_HANDLER'],
  [/民政/, 'CIVIL_STAFF'],
  [/银行|信用社|农商行/, 'AGENCY_BANK'],
  [/敬老院|养老|福利院|供养机构/, 'CARE_ORG'],
  [/第三方|核对|购买服务/, 'THIRD_PARTY'],
  [/财政供养|公职|教师|公务员/, 'FISCAL_STAFF'],
  [/单位/, 'UNIT_ONLY'],
  [/不清|不详|未知|未指明|不明/, 'UNKNOWN'],
];

export function readRole(text: string): SubjectRole | null {
  return byLabel(SUBJECT_ROLES, text) ?? byPattern(ROLE_WORDS, cleanText(text));
}

const FINDING_WORDS: readonly Pattern<keyof typeof FINDINGS>[] = [
  [/部分/, 'PARTIAL'],
  [/不实|不属实|未查实|失实/, 'FALSE'],
  [/无法|未能/, 'UNVERIFIABLE'],
  [/撤回/, 'WITHDRAWN'],
  [/属实|查实/, 'TRUE'],
];

export function readFinding(text: string): keyof typeof FINDINGS | null {
  return byLabel(FINDINGS, text) ?? byPattern(FINDING_WORDS, cleanText(text));
}

/** 3, 3次, 是 (once); null where it says nothing of the kind. */
export function readTimes(text: string): number | null {
  const cleaned = cleanText(text);
  if (/^(|否|无|0|初次|初信|初访)$/.test(cleaned)) return 0;
  if (/^(是|重复|重信|重访)$/.test(cleaned)) return 1;
  const times = /^(\d{1,3})次?$/.exec(cleaned);
  return times ? Number(times[1]) : null;
}
