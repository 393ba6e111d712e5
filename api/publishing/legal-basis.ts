import type { AidType } from '#rules/vocabulary.ts';

/** The law each public page stands on, as it is quoted there. */

const ASSISTANCE_LAW = '《中华人民共和国社会救助法》第四十五条';
const DIBAO_RULES = '《最低生活保障审核确认办法》第二十四条';
const DIBAO_NOTICE = '《最低生活保障审核确认办法》第十九条';
const OPENNESS = '《中华人民共和国政府信息公开条例》第二十条、第二十一条';

const DIBAO: readonly AidType[] = ['URBAN_DIBAO', 'RURAL_DIBAO'];

export function basisOfList(aidType: AidType): string[] {
  return DIBAO.includes(aidType) ? [ASSISTANCE_LAW, DIBAO_RULES] : [ASSISTANCE_LAW];
}

export function basisOfNotice(aidType: AidType): string[] {
  return DIBAO.includes(aidType) ? [ASSISTANCE_LAW, DIBAO_NOTICE] : [ASSISTANCE_LAW];
}

const EXPOSURE = '《中华人民共和国政府信息公开条例》第十五条、第十九条';

export const BASIS_OF_CASES = [ASSISTANCE_LAW, EXPOSURE];
export const BASIS_OF_COUNTS = [ASSISTANCE_LAW, OPENNESS];
export const BASIS_OF_DIRECTORY = [OPENNESS];
