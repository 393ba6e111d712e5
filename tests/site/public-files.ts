import type { FirstText } from '#rules/first-texts/first-text.ts';
import { listFirstTexts } from '#rules/first-texts/list.ts';
import { NO_DOCUMENT, toPublicText } from '#rules/page-texts.ts';
import {
  PUBLIC_FILES,
  type PublicFile,
  type PublicFileKind,
  type PublicReader,
} from '#rules/publication.ts';
import {
  HOTLINES,
  HOTLINE_CARE,
  COUNTY,
  TOWN,
  VILLAGE,
  FORMER_VILLAGE,
  EMPTY_VILLAGE,
  NOTICE_VILLAGE,
  SALT,
  provenance,
  noticeFacts,
  NOTICE_ROWS,
  NOTICES,
  hashRows,
  standard,
  villageList,
} from './sample-county.ts';
import { CASES, summarise } from './sample-cases.ts';
import { COUNTS, HEALTH } from './sample-figures.ts';
import { STATISTICS } from './sample-statistics.ts';

const texts = listFirstTexts({ countyName: '示范区', bureauName: '示范区民政局' });

/** A first text as it goes through the airlock. */
export function publicTextOf({
  section,
  document = NO_DOCUMENT,
  overview = [],
  ...text
}: Omit<FirstText, 'slug' | 'legalBasis'>) {
  return toPublicText(section, { ...text, ...document, overview: overview.join('\n') });
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
      operatorName: '示范区社会救助服务中心',
      faultReportUrl: 'https://zfwzzc.www.gov.cn/check_web/errorInfo/example',
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
  hotlines: { '': { ...provenance, items: HOTLINES } },
  hotlineCare: { '': HOTLINE_CARE },
  texts: {
    '': {
      texts: texts.map(({ slug, title, section, document }) => ({
        ...{ slug, title, section, addedOn: slug === 'dibao-rules' ? '2026-11-01' : null },
        documentNumber: document?.documentNumber ?? '',
        effectiveFrom: document?.effectiveFrom ?? '',
        endedOn: document?.endedOn ?? '',
      })),
    },
  },
  text: Object.fromEntries(
    texts.map(({ slug, legalBasis, ...text }) => [
      slug,
      { ...provenance, slug, legalBasis, ...publicTextOf(text) },
    ]),
  ),
  counts: COUNTS,
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
  cases: { '': { ...provenance, updatedOn: '2026-11-16', cases: CASES.map(summarise) } },
  case: Object.fromEntries(CASES.map((each) => [each.case, each])),
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
  health: HEALTH,
  statistics: STATISTICS,
  contacts: {},
  formerPlaces: {
    '': {
      places: [
        { code: FORMER_VILLAGE, name: '老河村', endedOn: '2026-06-01', successorCode: VILLAGE },
      ],
    },
  },
  search: {
    '': {
      readings: { 槐: 'huai', 荫: 'yin', 村: 'cun', 长: 'chang zhang', 丰: 'feng' },
      areas: [
        {
          code: COUNTY,
          name: '示范区',
          prefix: '990101',
          codes: ['001000', '100000'],
          names: ['云水街道', '青山镇'],
        },
        {
          code: TOWN,
          name: '青山镇',
          prefix: '99010110020',
          codes: ['3', '4'],
          names: ['槐荫村', '石桥村'],
        },
      ],
      entries: [{ kind: 'procedure', title: '申请低保', href: '/procedures/dibao/', note: '' }],
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
