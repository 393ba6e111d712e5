import type { PublicFile } from '#rules/publication.ts';
import { TOWN, provenance } from './sample-county.ts';

/** Invented cases of the sample; the second one is of no one place. */
export const CASES: PublicFile<'case'>[] = [
  {
    ...provenance,
    updatedOn: '2026-11-16',
    case: 'a0000000-0000-4000-8000-000000000001',
    title: '青山镇某村原党支部书记张某为亲属违规办理低保',
    placeCode: TOWN,
    caseOn: '2026-10-28',
    source: 'SUPERVISION',
    publishedOn: '2026-11-16',
    endsOn: '2027-05-16',
    happened: '2024年3月，张某隐瞒亲属家庭收入，违规为其办理低保。\n共领取低保金8,640.00元。',
    handling: '张某受到党内警告处分，违规领取的低保金已全部追回。',
  },
  {
    ...provenance,
    updatedOn: '2026-11-02',
    case: 'a0000000-0000-4000-8000-000000000002',
    title:
      '经办人员李某受理申请时没有一次性告知所需材料并且多次推诿群众造成三户困难家庭未能及时纳入保障',
    placeCode: null,
    caseOn: '2026-09-30',
    source: 'SELF',
    publishedOn: '2026-11-02',
    endsOn: '2027-02-02',
    happened: '2026年5月至7月，李某没有一次性告知所需材料。',
    handling: '对李某批评教育，责令限期整改。',
  },
];

export function summarise(found: PublicFile<'case'>): PublicFile<'cases'>['cases'][number] {
  const { case: id, title, publisher, placeCode, caseOn, source, publishedOn, endsOn } = found;
  return { case: id, title, publisher, placeCode, caseOn, source, publishedOn, endsOn };
}
