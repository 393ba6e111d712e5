import { createHash } from 'node:crypto';
import { listFirstTexts } from '#rules/first-texts/list.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import {
  PUBLIC_FILES,
  type PublicFile,
  type PublicFileKind,
  type PublicReader,
} from '#rules/publication.ts';

export const NOW = Date.parse('2026-11-20T10:00:00+08:00');
export const COUNTY = '990101000000';
export const TOWN = '990101100000';
export const VILLAGE = '990101100203';
/** Merged into VILLAGE. */
export const FORMER_VILLAGE = '990101100298';
export const EMPTY_VILLAGE = '990101100204';
/** It has a running notice and no list. */
export const NOTICE_VILLAGE = '990101100205';
const SALT = 'k3Jd82mQpLw9sXvZ';

const provenance = {
  publisher: '示范区民政局',
  legalBasis: ['《中华人民共和国社会救助法》第四十五条', '《最低生活保障审核确认办法》第二十四条'],
  updatedOn: '2026-11-05',
};

const texts = listFirstTexts({ countyName: '示范区', bureauName: '示范区民政局' });

function noticeFacts(notice: string, from: string, to: string) {
  return {
    ...provenance,
    notice,
    kind: 'REVIEW_NOTICE' as const,
    aidType: 'RURAL_DIBAO' as const,
    startsAt: Date.parse(`${from}+08:00`),
    endsAt: Date.parse(`${to}+08:00`),
  };
}

const NOTICE_ROWS = [
  { no: 1, maskedName: '周*安', members: 2, amountCents: 64_000 },
  { no: 3, maskedName: '吴*', members: 1, amountCents: 38_050 },
];
const NOTICES = (
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

function hashRows(rows: typeof NOTICE_ROWS): string {
  return createHash('sha256').update(writeHashedList(SALT, rows)).digest('hex');
}

type Files = { [K in PublicFileKind]: Record<string, PublicFile<K>> };

const files: Files = {
  site: {
    '': {
      countyCode: COUNTY,
      countyName: '示范区',
      bureauName: '示范区民政局',
      demo: true,
      publicUrl: 'https://dibao.example.cn',
      icpNumber: '示ICP备00000001号',
      policeNumber: '',
      siteCode: '9901010001',
    },
  },
  places: {
    '': {
      ...provenance,
      places: [
        { code: COUNTY, name: '示范区', level: 'district', parentCode: null },
        { code: '990101001000', name: '云水街道', level: 'town', parentCode: COUNTY },
        { code: '990101001001', name: '和平社区', level: 'village', parentCode: '990101001000' },
        { code: TOWN, name: '青山镇', level: 'town', parentCode: COUNTY },
        { code: VILLAGE, name: '槐荫村', level: 'village', parentCode: TOWN },
        { code: EMPTY_VILLAGE, name: '石桥村', level: 'village', parentCode: TOWN },
        {
          code: NOTICE_VILLAGE,
          name: '经济技术开发区新型农村融合示范第一片区联合村',
          level: 'village',
          parentCode: TOWN,
        },
      ],
    },
  },
  bodies: { '': { bodies: [] } },
  standards: {
    '': {
      ...provenance,
      legalBasis: ['《中华人民共和国社会救助法》第六十七条'],
      updatedOn: '2026-06-30',
      items: [
        standard('RURAL_DIBAO', 'rural', 64000, '2025-07-01', '示民发〔2025〕21号'),
        standard('RURAL_DIBAO', 'rural', 68000, '2026-07-01', '示民发〔2026〕18号'),
        standard('RURAL_DIBAO', 'rural', 70000, '2027-01-01', '示民发〔2026〕40号'),
        standard('URBAN_DIBAO', 'urban', 82000, '2025-07-01', '示民发〔2025〕21号'),
        standard('TEKUN', 'rural', 106600, '2025-07-01', '示民发〔2025〕22号'),
      ],
    },
  },
  hotlines: {
    '': {
      ...provenance,
      items: [
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
      ],
    },
  },
  texts: { '': { texts: texts.map(({ slug, title, section }) => ({ slug, title, section })) } },
  text: Object.fromEntries(
    texts.map(({ slug, title, legalBasis, markdown }) => [
      slug,
      { ...provenance, slug, title, legalBasis, markdown },
    ]),
  ),
  counts: {
    [COUNTY]: {
      ...provenance,
      code: COUNTY,
      totals: [count('RURAL_DIBAO', 1264, 2381, 81234550), count('TEKUN', 88, 91, 9701200)],
      children: [
        { code: '990101001000', totals: [count('RURAL_DIBAO', 1, 1, 64000)] },
        { code: TOWN, totals: [count('RURAL_DIBAO', 1263, 2380, 81170550)] },
      ],
      months: [
        { ...count('RURAL_DIBAO', 1264, 2381, 81234550), joined: 12, left: 3 },
        { ...count('TEKUN', 88, 91, 9701200), joined: 0, left: 0 },
        {
          ...count('RURAL_DIBAO', 1255, 2368, 80764550),
          period: '2026-09',
          joined: null,
          left: null,
        },
      ],
    },
    [TOWN]: {
      ...provenance,
      code: TOWN,
      totals: [count('RURAL_DIBAO', 1263, 2380, 81170550), count('TEKUN', 3, 3, 319800)],
      children: [
        {
          code: VILLAGE,
          totals: [count('RURAL_DIBAO', 12, 21, 123450), count('TEKUN', 2, 2, 213200)],
        },
      ],
      months: [],
    },
  },
  village: {
    [VILLAGE]: {
      code: VILLAGE,
      lists: [
        villageList('RURAL_DIBAO', ['张*', '欧阳**', '王**华', '阿***·***', '张*', '李*四']),
        villageList('TEKUN', ['赵*根']),
      ],
      notices: [],
    },
    [NOTICE_VILLAGE]: {
      code: NOTICE_VILLAGE,
      lists: [],
      notices: [
        {
          ...noticeFacts('running-notice', '2026-11-18T09:30', '2026-11-28T00:00'),
          batchSalt: SALT,
          batchHash: hashRows(NOTICE_ROWS),
          rows: NOTICE_ROWS,
        },
      ],
    },
  },
  notices: { '': { ...provenance, notices: NOTICES } },
  notice: Object.fromEntries(
    NOTICES.map((summary) => [
      summary.notice,
      { ...summary, places: [{ code: NOTICE_VILLAGE, households: 2, persons: 3 }] },
    ]),
  ),
  corrections: {
    '': {
      ...provenance,
      items: [
        {
          onDate: '2026-11-12',
          placeCode: TOWN,
          aidType: 'RURAL_DIBAO',
          period: '2026-10',
          kind: 'row-corrected',
          reason: 'WRONG',
          households: 2,
        },
      ],
    },
  },
  health: {
    '': {
      ...provenance,
      onDate: '2026-11-20',
      timerRanOn: '2026-11-20',
      towns: [
        {
          code: TOWN,
          lastUpdatedOn: '2026-11-05',
          runningNotices: 1,
          boardsPosted: 1,
          boardsDue: 2,
          overdue: [{ aidType: 'TEKUN', period: '2026-09', dueOn: '2026-11-03' }],
        },
        {
          code: '990101001000',
          lastUpdatedOn: null,
          runningNotices: 0,
          boardsPosted: 0,
          boardsDue: 0,
          overdue: [],
        },
      ],
    },
  },
  contacts: {},
  formerPlaces: {
    '': {
      places: [
        { code: FORMER_VILLAGE, name: '老河村', endedOn: '2026-06-01', successorCode: VILLAGE },
      ],
    },
  },
  head: { '': { seq: 1204, hash: 'a1'.repeat(32), onDate: '2026-11-20' } },
};

/** Reads invented public files, each valid by its schema; `over` replaces some, null removes one. */
export function openSampleFiles(
  over: { [K in PublicFileKind]?: Record<string, PublicFile<K> | null> } = {},
): PublicReader {
  return async (kind, code = '') => {
    const replaced = over[kind]?.[code];
    const file = replaced === undefined ? files[kind][code] : replaced;
    if (!file) return null;
    return PUBLIC_FILES[kind].schema.parse(file) as typeof file;
  };
}

function standard(
  aidType: PublicFile<'standards'>['items'][number]['aidType'],
  areaType: 'urban' | 'rural',
  amountCents: number,
  effectiveFrom: string,
  documentNumber: string,
) {
  return { aidType, areaType, amountCents, effectiveFrom, documentNumber };
}

function count(
  aidType: 'RURAL_DIBAO' | 'TEKUN',
  households: number,
  persons: number,
  amountCents: number,
) {
  return { aidType, period: '2026-10', households, persons, amountCents };
}

function villageList(aidType: 'RURAL_DIBAO' | 'TEKUN', names: string[]) {
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
