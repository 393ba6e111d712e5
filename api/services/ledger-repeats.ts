import type { Actor, Context } from '#api/context.ts';
import { listMergedLeads } from '#db/queries/ledgers.ts';
import { listVisibleLeads } from './lead-access.ts';

/**
 * Of the leads merged into each of these: how many the person must not know of, and when the last of the
 * others came.
 */
export async function countVisibleRepeats(context: Context, actor: Actor, ids: string[]) {
  const merged = await listMergedLeads(context.db, ids);
  const counts = new Map<string, { hidden: number; lastOn: string | null }>();
  if (merged.length === 0) return counts;
  const visible = await listVisibleLeads(context, actor, { mergedInto: ids });
  const known = new Set(visible.map((lead) => lead.id));
  for (const { id, parentId, receivedOn } of merged) {
    const { hidden, lastOn } = counts.get(parentId ?? '') ?? { hidden: 0, lastOn: null };
    const isKnown = known.has(id);
    counts.set(parentId ?? '', {
      hidden: hidden + (isKnown ? 0 : 1),
      lastOn: isKnown && (lastOn === null || receivedOn > lastOn) ? receivedOn : lastOn,
    });
  }
  return counts;
}
