import { isBlankText } from './cell.ts';
import type { ExitReason } from './list-exits.ts';

/** What offices write into a column 增减 or 变动 of a household that no longer receives aid. */

const EXIT =
  /^(本月|当月|拟|已)?(退出|减少|减员|停发|停保|取消|清退|退保|注销|终止|停止|死亡|销户|减|退)+(低保|保障|救助|特困|待遇|资格|享受|金|对象|家庭|人员|户)*(\(.*\))?$/;

/** True for a plain exit; 调减, 新增 and 变更 are changes of a household that stays. */
export function saysExit(cleaned: string): boolean {
  return EXIT.test(cleaned);
}

const REASON_WORDS: [RegExp, ExitReason][] = [
  [/关系保|人情保/, 'FAVOUR'],
  [/政策保/, 'POLICY'],
  [/死亡|去世|病故|亡故|身故|已故|病亡|过世/, 'DEATH'],
];

/**
 * The reason that `stated` (columns of reasons and remarks) or the word of exit itself gives; OTHER where
 * something else is stated, null where nothing is.
 */
export function readExitReason(word: string, stated: string[]): ExitReason | null {
  for (const text of [...stated, word]) {
    const found = REASON_WORDS.find(([words]) => words.test(text));
    if (found) return found[1];
  }
  return stated.every(isBlankText) ? null : 'OTHER';
}
