import { standingOf } from '#rules/page-texts.ts';
import type { PublicFile, PublicReader } from '#rules/publication.ts';

/** Whether a document holds, in a word and a colour. */
export const STANDINGS = {
  current: { label: '现行有效', kind: 'done' },
  future: { label: '即将施行', kind: 'active' },
  ended: { label: '已停止执行', kind: 'plain' },
} as const;
export type Standing = keyof typeof STANDINGS;

type Text = PublicFile<'text'>;
export type Policy = Text & { document: NonNullable<Text['document']> };

/** The policies by whether they hold on a civil date, each group in the order staff gave them. */
export async function listPolicies(
  read: PublicReader,
  today: string,
): Promise<Record<Standing, Policy[]>> {
  const index = (await read('texts'))?.texts ?? [];
  const slugs = index.filter((entry) => entry.section === 'policy').map((entry) => entry.slug);
  const texts = await Promise.all(slugs.map((slug) => read('text', slug)));
  const policies = texts.filter((text): text is Policy => Boolean(text?.document));
  const groups = Map.groupBy(policies, (policy) => standingOf(policy.document, today));
  const of = (standing: Standing) => groups.get(standing) ?? [];
  return { current: of('current'), future: of('future'), ended: of('ended') };
}
