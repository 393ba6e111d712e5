import { unifyForms } from './han-forms.ts';
import { type Cell, cleanText } from './cell.ts';
import { isCompoundSurname } from './masking.ts';
import type { AidType } from './vocabulary.ts';

/**
 * A household on a recipient list: what makes a row acceptable, what keeps it off the web, and the words
 * for both. A reason names a line and never a person.
 */

/** Why a row is not accepted. */
export const REJECTION_REASONS = {
  'name-missing': '没有姓名',
  'name-several': '一个单元格里有两个姓名',
  'name-unreadable': '姓名里有不能识别的字符',
  'id-missing': '没有身份证号',
  'id-unreadable': '身份证号看不懂（数字格式、科学记数会丢失位数），请改成文本格式重新填写',
  'id-length': '身份证号位数不对',
  'id-date': '身份证号里的出生日期不存在',
  'id-check-digit': '身份证号最后一位校验不对',
  'village-missing': '没有填写村（社区）',
  'village-unknown': '区划表里没有这个村（社区）',
  'members-missing': '没有保障人口，或者看不懂',
  'amount-missing': '没有保障金额',
  'amount-unreadable': '保障金额看不懂',
  'date-unreadable': '没有起始月份，或者看不懂',
  duplicate: '与前面一行的身份证号相同',
  'head-missing': '写明是家庭成员，但上面没有户主的一行',
  'amount-per-person': '成员各有不同的金额，请改成全户的月保障金额',
  'aid-type-other': '救助类型与这批名单的不同，请分开上传',
} as const;
export type RejectionReason = keyof typeof REJECTION_REASONS;

/** What a person should look at; the row stands. */
export const WARNINGS = {
  'id-15-digit': '身份证号是15位旧号',
  'duplicate-id': '身份证号在名单里出现不止一次',
  'same-account': '几户用同一个银行账号',
  'payee-differs': '账户名与户主姓名不同',
  'insured-exceeds-family': '保障人口多于家庭人口',
  'members-differ': '成员行数与家庭人口不一致',
  'member-id-missing': '家庭成员没有身份证号',
  'member-id-invalid': '家庭成员身份证号有误',
  'seq-reused': '序号重复',
  'sex-mismatch': '性别与身份证号不符',
  'age-mismatch': '年龄与身份证号不符',
  'amount-over-standard': '金额超过标准乘以保障人口',
  'amount-implausible': '金额大得或小得不合常理，核对小数点和单位',
  'amount-equals-standard': '多人户的金额等于一个人的标准',
  'start-month-later': '起始月份晚于名单的月份',
  'deceased-noted': '写明已经去世，核对是否应当退出',
  'totals-disagree': '表上的合计与各行之和不一致',
  'village-alias': '村（社区）写法与区划表不同，需确认一次',
  'household-missing': '人员表里的户主不在家庭表里',
  'protected-unlinked': '这个人要求保密，但找不到是哪一户，发布前先核对户主身份证号',
  'row-hidden': '这一行在表格里是隐藏的',
  'sheet-hidden': '这张工作表是隐藏的，没有读取',
  'sheet-without-list': '这张工作表没有名单的表头，没有读取',
  'period-differs': '标题上的月份与填写的月份不同',
  'aid-type-differs': '标题上的救助类型与填写的不同',
  'period-missing': '不知道名单是哪个月的，与月份有关的检查没有做',
  'village-column-missing': '没有认出村（社区）一栏，请把这一栏的名称改成“村（社区）”',
  'amount-column-missing': '没有认出月保障金额一栏，请把这一栏的名称改成“月保障金额”',
  'start-month-missing': '名单没有起始月份一栏',
  'exit-id-unreadable': '这一行写明退出，但身份证号看不懂，退出原因没有记下',
} as const;
export type WarningReason = keyof typeof WARNINGS;

/** Why an accepted row is not shown on the web; never printed there. */
export const WITHHOLDING_REASONS = {
  'minor-head': '户主未满18周岁',
  protected: '要求保密',
} as const;
export type WithheldReason = keyof typeof WITHHOLDING_REASONS;

export type Person = { name: string; idNumber: string | null };

/** An accepted household. Full name and ID number live in memory and in sealed files only. */
export type ListRow = {
  sheet?: string;
  /** Row number as a spreadsheet program shows it; in CSV the record number. */
  line: number;
  placeCode: string;
  town: string;
  village: string;
  fullName: string;
  /** 18 characters. */
  idNumber: string;
  /** Null where the household must not be on the web. */
  maskedName: string | null;
  aidType: AidType;
  /** Persons aided. */
  members: number;
  /** The other members the files name, as far as they do. */
  memberPersons: Person[];
  amountCents: number;
  /** `YYYY-MM`; null only where the list has no such column. */
  since: string | null;
  withheldReason?: WithheldReason;
};

/** Separators seen in exports; the standard allows U+00B7 only (民委发〔2016〕33号). */
const DOTS = /[.•・‧·⋅∙᛫●]/gu;
const SEVERAL = /[、,;/|&+]|\S[\r\n]+\S/u;
const BRACKETED = /[([【〔<《][^)\]】〕>》]*[)\]】〕>》]?/gu;
/** What clerks write behind a name without brackets. */
const ADDED = /\s+(已故|已去世|去世|已死亡|死亡|户主|本人|先生|女士|代领|保密)$/u;
const NAME =
  /^[\p{Script=Han}\p{Co}〇A-Za-z](?:[\p{Script=Han}\p{Co}〇·A-Za-z]*[\p{Script=Han}\p{Co}〇A-Za-z])?$/u;

export type NameReading =
  | { name: string; note: string }
  | { problem: 'name-missing' | 'name-several' | 'name-unreadable' };

/** Normalises a name: one form of each character, no spaces, U+00B7 only; bracketed words become a note. */
export function readName(cell: Cell): NameReading {
  if (cell.kind === 'empty') return { problem: 'name-missing' };
  if (cell.kind !== 'text') return { problem: 'name-unreadable' };
  const raw = unifyForms(cell.value);
  const unbracketed = raw.replace(BRACKETED, '').trim();
  const bare = unbracketed.replace(ADDED, '');
  const note = (raw.match(BRACKETED) ?? []).join('') + unbracketed.slice(bare.length);
  const name = cleanText(bare).replace(DOTS, '·');
  if (/^[-—/\\·]*$|^(无|空|不详)$/.test(name)) return { problem: 'name-missing' };
  const several = SEVERAL.test(bare) ? !isWrappedName(bare) : isTwoNames(bare) || isJoined(name);
  if (several) return { problem: 'name-several' };
  const readable = name.length <= MAX_NAME && NAME.test(name);
  return readable ? { name, note: cleanText(note) } : { problem: 'name-unreadable' };
}

/** 民委发〔2016〕33号 asks for 50; a cell with more holds something else. */
const MAX_NAME = 60;

const COMMON_SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';

/** 张三 李四: two whole names with only a space between them; 张 三 and 欧阳 娜娜 are one. */
function isTwoNames(text: string): boolean {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  return (
    parts.length > 1 &&
    !isCompoundSurname(parts[0] ?? '') &&
    parts.every((part) => /^.{2,3}$/u.test(part) && COMMON_SURNAMES.includes(part.charAt(0)))
  );
}

/** 张三和李四. */
function isJoined(name: string): boolean {
  const parts = /^(.{2,3})[和与及跟](.{2,3})$/u.exec(name);
  return parts !== null && parts.slice(1).every((part) => COMMON_SURNAMES.includes(part.charAt(0)));
}

/** A long name broken over two lines at its dot, after its compound surname, or letter by letter. */
function isWrappedName(text: string): boolean {
  const parts = text.split(/[\r\n]+/).map(cleanText);
  if (parts.length < 2 || parts.some((part) => /[、,;/|&+]/.test(part))) return false;
  const [first = ''] = parts;
  return (
    parts.some((part) => [...part].length < 2) ||
    isCompoundSurname(first) ||
    parts.some((part) => /^[.•・‧·]|[.•・‧·]$/u.test(part))
  );
}

/** A name as it is compared with another: 银行账户名称 against 户主姓名. */
export function comparableName(text: string): string {
  return cleanText(unifyForms(text).replace(BRACKETED, '')).replace(DOTS, '·');
}

/** True where a remark says that the person died; a relative's death (丈夫去世) is another matter. */
export function saysDeceased(remark: string): boolean {
  return /死亡|已故|去世|亡故|病故|过世|身故|逝世/.test(
    remark.replaceAll(
      /[父母夫妻偶子女儿人伴][^,;。]{0,8}(死亡|已故|去世|亡故|病故|过世|身故|逝世)/g,
      '',
    ),
  );
}

/** True where 与户主关系 says the row is the head's own. */
export function isHeadRelation(relation: string): boolean {
  return /^\d{0,2}[.、-]?(户主|本人|户主本人|本人或户主|户主或本人|户主[/、]本人|本人[/、]户主|户主\(本人\)|本人\(户主\)|申请人|户主\(申请人\)|申请人\(户主\)|申请人本人|之户主|本户|主|己|自己)$/.test(
    relation,
  );
}
