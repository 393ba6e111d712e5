import { createHash } from 'node:crypto';
import { writeHashedList } from '#rules/list-hash.ts';
import type { PublicFile } from '#rules/publication.ts';

/** The invented county of the sample, and what its files are put together from. */

export const NOW = Date.parse('2026-11-20T10:00:00+08:00');
export const COUNTY = '990101000000';
export const TOWN = '990101100000';
export const VILLAGE = '990101100203';
/** Merged into VILLAGE. */
export const FORMER_VILLAGE = '990101100298';
export const EMPTY_VILLAGE = '990101100204';
/** It has a running notice and no list. */
export const NOTICE_VILLAGE = '990101100205';
export const SALT = 'k3Jd82mQpLw9sXvZ';

export const provenance = {
  publisher: '示范区民政局',
  legalBasis: ['《中华人民共和国社会救助法》第四十五条', '《最低生活保障审核确认办法》第二十四条'],
  updatedOn: '2026-11-05',
};

export const HOTLINES: PublicFile<'hotlines'>['items'] = [
  {
    placeCode: COUNTY,
    unit: '示范区民政局',
    level: 'district',
    phones: ['0000-8000001', '0000-8000002'],
    contact: '社会救助科',
    hours: '工作日 8:30-12:00，14:00-17:30',
  },
  {
    placeCode: TOWN,
    unit: '青山镇人民政府',
    level: 'town',
    phones: ['0000-8000201'],
    contact: '社会事务办公室',
    hours: '工作日 8:30-12:00，14:00-17:30',
  },
];

export const HOTLINE_CARE: PublicFile<'hotlineCare'> = {
  ...provenance,
  tests: [
    {
      phone: '0000-8000001',
      testedOn: '2026-11-18',
      verdict: 'good',
      seconds: 12,
      isOutside: false,
    },
    {
      phone: '0000-8000201',
      testedOn: '2026-10-12',
      verdict: 'unanswered',
      seconds: null,
      isOutside: true,
    },
  ],
  duty: [
    {
      placeCode: TOWN,
      phone: '0000-8000201',
      from: '2026-11-16',
      to: '2026-11-20',
      hours: '8:30-17:30',
      who: '民政办值班室',
    },
    {
      placeCode: TOWN,
      phone: '0000-8000201',
      from: '2026-11-23',
      to: '2026-11-27',
      hours: '8:30-17:30',
      who: '党政办值班室',
    },
  ],
};

export function noticeFacts(notice: string, from: string, to: string) {
  return {
    ...provenance,
    notice,
    kind: 'REVIEW_NOTICE' as const,
    aidType: 'RURAL_DIBAO' as const,
    startsAt: Date.parse(`${from}+08:00`),
    endsAt: Date.parse(`${to}+08:00`),
  };
}

export const NOTICE_ROWS = [
  { no: 1, maskedName: '周*安', members: 2, amountCents: 64_000 },
  { no: 3, maskedName: '吴*', members: 1, amountCents: 38_050 },
];
export const NOTICES = (
  [
    ['running-notice', 'running', '2026-11-18T09:30', '2026-11-28T00:00'],
    ['ended-notice', 'ended', '2026-10-12T09:00', '2026-10-20T00:00'],
    ['withdrawn-notice', 'withdrawn', '2026-09-01T09:00', '2026-09-09T00:00'],
  ] as const
).map(([id, state, from, to]) => ({
  ...noticeFacts(id, from, to),
  placeCode: TOWN,
  state,
  households: 2,
  persons: 3,
}));

export function hashRows(rows: typeof NOTICE_ROWS): string {
  return createHash('sha256').update(writeHashedList(SALT, rows)).digest('hex');
}

export function standard(
  aidType: PublicFile<'standards'>['items'][number]['aidType'],
  areaType: 'urban' | 'rural',
  amountCents: number,
  effectiveFrom: string,
  documentNumber: string,
) {
  return { aidType, areaType, amountCents, effectiveFrom, documentNumber };
}

export function count(
  aidType: 'RURAL_DIBAO' | 'TEKUN',
  households: number,
  persons: number,
  amountCents: number,
) {
  return { aidType, period: '2026-10', households, persons, amountCents };
}

export function villageList(aidType: 'RURAL_DIBAO' | 'TEKUN', names: string[]) {
  const batchSalt = SALT;
  const rows = names.map((maskedName, index) => ({
    no: index + 1,
    maskedName,
    members: (index % 3) + 1,
    amountCents: 35_000 + index * 22_250,
    since: '2021-04',
  }));
  return {
    ...provenance,
    aidType,
    period: '2026-10',
    batch: `B-2026-10-${aidType === 'TEKUN' ? '2' : '1'}`,
    batchHash: createHash('sha256').update(writeHashedList(batchSalt, rows)).digest('hex'),
    batchSalt,
    rows,
  };
}
