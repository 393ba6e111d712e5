import { type IdReading, ageOn } from '#rules/id-number.ts';
import type { WarningReason } from '#rules/recipient.ts';

/** Compares the columns 性别 and 年龄 with what the ID number says; ages hold for any day of the period. */
export function checkIdentity(
  id: IdReading,
  sexText: string,
  ageText: string,
  period: string | null,
): WarningReason[] {
  if ('problem' in id) return [];
  const warnings: WarningReason[] = [];
  const sex = /^(男|女)性?$/.exec(sexText)?.[1];
  if (sex !== undefined && sex !== id.sex) warnings.push('sex-mismatch');
  const age = /^(\d{1,3})(周?岁)?$/.exec(ageText)?.[1];
  if (age !== undefined && period !== null) {
    const ages = [ageOn(id.birth, `${period}-01`), ageOn(id.birth, `${period}-31`)];
    if (!ages.includes(Number(age))) warnings.push('age-mismatch');
  }
  return warnings;
}
