import type { RoleCode } from './roles.ts';

type Person = { personId: string; roles: readonly RoleCode[] };

/** Who decides on the recusal of somebody with a role: one who stands above it. The first row that fits. */
const DECIDERS: readonly { of: RoleCode; by: readonly RoleCode[]; advice: string }[] = [
  {
    of: 'discipline_liaison',
    by: ['discipline_liaison'],
    advice: '联络员的回避，由另一位联络员决定。',
  },
  {
    of: 'bureau_leader',
    by: ['discipline_liaison'],
    advice:
      '分管或主要领导的回避，由上级纪检监察机关决定：先密封并交纪检监察组，或者由本人声明回避。',
  },
  {
    of: 'section_chief',
    by: ['bureau_leader', 'discipline_liaison'],
    advice: '科室负责人的回避，由分管或主要领导决定。',
  },
];
const OTHERS = {
  by: ['section_chief', 'bureau_leader', 'discipline_liaison'] as readonly RoleCode[],
  advice: '承办人的回避，由科室负责人决定。',
};
const OWN = '不能决定自己的回避；可以声明利害关系并回避。';

/** Why this person may not decide on that one's recusal; null where they may. */
export function refuseRecusalBy(decider: Person, target: Person): string | null {
  if (decider.personId === target.personId) return OWN;
  const row = DECIDERS.find(({ of }) => target.roles.includes(of)) ?? OTHERS;
  return row.by.some((role) => decider.roles.includes(role)) ? null : row.advice;
}
