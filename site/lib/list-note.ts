import type { CountsOnly } from '#rules/public-lists.ts';
import { formatCount } from './format.ts';

/** What stands with every list of a village, on its page and on the sheet for its board. */
export const MASKED_NOTE =
  '公布名单是为了接受监督，姓名中的部分字用“*”代替是为了保护个人信息，所以名单上可能有几个相同的姓名。';
/** 2户3人 */
export function countedWords({ households, persons }: CountsOnly): string {
  return `${formatCount(households)}户${formatCount(persons)}人`;
}

export function explainCountsOnly({ below }: CountsOnly): string {
  return `户数不足${below}户，为了不让人认出具体的家庭，只公布户数和人数，不列姓名和金额。`;
}
export const LIST_NOTE =
  '依法需要保密的家庭不列入名单，户数和人数计入乡镇（街道）合计。住址、身份证号、银行账号、困难原因一律不公布。';
