import type { z } from 'zod';
import type { CaseList, CaseView } from '#routes/staff-case-schemas.ts';
import type { CaseAnswer } from '#rules/case-months.ts';
import { SPOT_KINDS } from '#rules/case-spots.ts';
import type { CaseState } from '#rules/public-cases.ts';
import type { Api } from '#site/lib/api.ts';
import { formatCount, formatDate } from '#site/lib/format.ts';

export type Cases = z.infer<typeof CaseList>;
export type Case = z.infer<typeof CaseView>;
type Kind = 'plain' | 'active' | 'done' | 'late';

export const STATE_TAGS: Record<CaseState, Kind> = {
  draft: 'plain',
  submitted: 'active',
  returned: 'late',
  approved: 'active',
  published: 'done',
  withdrawn: 'active',
  removed: 'plain',
  expired: 'plain',
  discarded: 'plain',
};
export const ANSWER_TAGS: Record<CaseAnswer, Kind> = {
  cases: 'done',
  none: 'done',
  open: 'plain',
  missing: 'late',
};

/** The last thing that happened, with its day. */
export function describeLast(item: Cases['items'][number]): string {
  const { status, createdOn, submittedOn, decidedOn, endsOn } = item;
  if (status === 'published' && endsOn) return `公布到${formatDate(endsOn)}`;
  if (status === 'expired' && endsOn) return `${formatDate(endsOn)}到期`;
  if (decidedOn && status !== 'submitted') return `${formatDate(decidedOn)}审核`;
  return submittedOn ? `${formatDate(submittedOn)}报送` : `${formatDate(createdOn)}起草`;
}

/** 可能是姓名2处，身份证号1处 */
export function countSpots({ spots }: Case): string {
  const kinds = Object.values(spots ?? {}).flatMap((found) => found.map(({ kind }) => kind));
  const counts = Map.groupBy(kinds, (kind) => kind);
  return [...counts]
    .map(([kind, found]) => `${SPOT_KINDS[kind].label}${formatCount(found.length)}处`)
    .join('，');
}

/** What waits for this person; empty where nothing does. */
export async function describeCaseWork(api: Api): Promise<string> {
  const answer = await api('/api/staff/cases?titles=none');
  if (!answer.ok) return '';
  const { items, answers } = (await answer.json()) as Cases;
  const own = answers.bodies.filter((body) => body.mayAnswer).flatMap((body) => body.months);
  const parts: [string, number][] = [
    ['件待审核', items.filter(({ steps }) => steps.includes('approve')).length],
    ['件待复核', items.filter(({ steps }) => steps.includes('confirm')).length],
    ['个月逾期未报', own.filter((month) => month.answer === 'missing').length],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${formatCount(count)}${words}`)
    .join('，');
}
