import { readFileSync } from 'node:fs';
import { readHotlineTable, readPlaceTable, readStandardTable } from '#services/directory-tables.ts';
import { bodiesOf } from '#services/bodies.ts';
import type { PlannedPerson, PortalPlan } from '#services/setup.ts';

const DISTRICT = '990101000000';

/** Codes of the demo county's bodies. */
export const DEMO_BODIES = {
  bureau: `bureau-${DISTRICT}`,
  discipline: `discipline-${DISTRICT}`,
  yunshui: 'township-990101001000',
  qingshan: 'township-990101100000',
  longwan: 'township-990101200000',
} as const;

/** One invented person for each role, at a body where it makes sense. Nobody here stands in a list. */
const PEOPLE: [login: string, name: string, role: PostRole, body: keyof typeof DEMO_BODIES][] = [
  ['intake', '顾闻舟', 'intake_clerk', 'bureau'],
  ['triage', '祁思齐', 'triage_officer', 'bureau'],
  ['handler', '柯以宁', 'handler', 'bureau'],
  ['handler-2', '詹知行', 'handler', 'bureau'],
  ['section-chief', '俞明川', 'section_chief', 'bureau'],
  ['leader', '荀敬之', 'bureau_leader', 'bureau'],
  ['publisher', '聂清和', 'publisher', 'bureau'],
  ['reviewer', '裴书言', 'reviewer', 'bureau'],
  ['hotline', '邬知微', 'hotline_manager', 'bureau'],
  ['auditor', '蔺守真', 'auditor', 'bureau'],
  ['security', '缪安澜', 'security_admin', 'bureau'],
  ['sysadmin', '阮星野', 'sysadmin', 'bureau'],
  ['liaison', '甘若谷', 'discipline_liaison', 'discipline'],
  ['liaison-2', '郁怀瑾', 'discipline_liaison', 'discipline'],
  ['township-yunshui', '桑晚晴', 'township_user', 'yunshui'],
  ['township-qingshan', '池远山', 'township_user', 'qingshan'],
  ['publisher-qingshan', '邝亦舟', 'publisher', 'qingshan'],
  ['township-longwan', '冉听雨', 'township_user', 'longwan'],
];
type PostRole = PlannedPerson['posts'][number]['role'];

/** The invented district of the demo and of the tests. `updatedOn` is a civil date. */
export function planDemoCounty(updatedOn: string): PortalPlan {
  const places = readPlaceTable(readSpecimen('regions.csv'));
  return {
    settings: { county_name: '示范区', bureau_name: '示范区民政局', demo: '1' },
    validFrom: '2025-01-01',
    places,
    bodies: bodiesOf(places, {
      bureau: '示范区民政局',
      discipline: '示范区纪委监委驻民政局纪检监察组',
    }),
    people: PEOPLE.map(([login, name, role, body]) => ({
      login,
      name,
      posts: [{ bodyCode: DEMO_BODIES[body], role }],
    })),
    standards: readStandardTable(readSpecimen('standards.csv'), updatedOn),
    hotlines: readHotlineTable(readSpecimen('hotlines.csv'), updatedOn),
  };
}

function readSpecimen(name: string): Buffer {
  return readFileSync(new URL(`specimens/${name}`, import.meta.url));
}
