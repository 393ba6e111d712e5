import { codesOf } from './vocabulary.ts';

/**
 * What a reviewer declares before names go on the web: the review before disclosure (政府信息公开条例 art. 17)
 * and the assessment before personal information is published (个人信息保护法 arts. 55, 56).
 */
export const DISCLOSURE_CHECKS = {
  FIELDS: {
    label: '只含规定公开的项目：户主姓名（已脱敏）、村（社区）、保障人数、月保障金额、享受起始月',
    basis: '社会救助法第四十五条、个人信息保护法第六条',
  },
  PROTECTED: {
    label: '户主是未成年人的家庭，以及依法应当保密的家庭，都没有列出姓名',
    basis: '政府信息公开条例第十五条、未成年人保护法第七十二条',
  },
  IDENTIFIABLE: {
    label: '名字唯一的户和公开户数过少的村已经看过，可以公开',
    basis: '个人信息保护法第五十五条、第五十六条',
  },
  SENSITIVE: {
    label: '没有病情、残疾、住址、证件号码、银行账号，也没有困难原因',
    basis: '个人信息保护法第二十八条',
  },
  SECRET: {
    label: '不涉及国家秘密，公开后不会危及公共安全和社会稳定',
    basis: '政府信息公开条例第十四条、第十七条',
  },
} as const;
export type DisclosureCheck = keyof typeof DISCLOSURE_CHECKS;

/** What is asked besides, only where the list gives cause: see `areManyProtected` and services/protection-review. */
export const PROTECTION_CHECKS = {
  MANY_PROTECTED: {
    label: '新标明不公开的家庭很多，已经核对，不是填错了列',
    basis: '社会救助法第四十五条',
  },
  PROTECTED_MISSING: {
    label: '不公开的家庭从名单里消失，已经核对，不是换了户主',
    basis: '政府信息公开条例第十五条',
  },
} as const;
export type ProtectionCheck = keyof typeof PROTECTION_CHECKS;

const FEW_PROTECTED = { households: 5, percent: 10 };

/** Whether so many households of a list are newly kept from the public that a column was perhaps misread. */
export function areManyProtected(newly: number, households: number): boolean {
  return newly > FEW_PROTECTED.households && newly * 100 > households * FEW_PROTECTED.percent;
}

export const ALL_CHECKS: readonly DisclosureCheck[] = codesOf(DISCLOSURE_CHECKS);

/** Whether everything that must be looked at was looked at. */
export function isReviewed(checks: readonly string[]): boolean {
  return ALL_CHECKS.every((code) => checks.includes(code));
}

/** All that may have been declared with an approval. */
export const STORED_CHECKS = { ...DISCLOSURE_CHECKS, ...PROTECTION_CHECKS } as const;
export type StoredCheck = keyof typeof STORED_CHECKS;

/** Codes as they are stored, separated by spaces. */
export function readChecks(stored: string): StoredCheck[] {
  const codes = stored.split(' ');
  return codesOf(STORED_CHECKS).filter((code) => codes.includes(code));
}
