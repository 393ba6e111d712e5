import { findKin, listKinBelow } from '#db/queries/lead-family.ts';
import type { Kin } from '#db/queries/lead-family.ts';
import type { Reader } from '#db/store.ts';
import { followsParent } from '#rules/lifecycle.ts';
import type { State } from '#rules/lifecycle-states.ts';

/**
 * Leads that belong together: parts that were split off have no query code of their own, their reporter
 * follows the lead they come from; of leads merged into another each reporter keeps an own code.
 */

/** What stands for the look-up key of a part: no code leads to it. */
const PART = 'child:';

export function lookupOfPart(id: string): string {
  return `${PART}${id}`;
}

function isPart({ lookup }: { lookup: string }): boolean {
  return lookup.startsWith(PART);
}

/** The parts split off a lead and off those parts. */
export async function listParts(db: Reader, leadId: string): Promise<Kin[]> {
  return walkDown(db, [leadId], isPart);
}

/** The lead that answers for one that was merged: the one at the end of the way. */
export async function findAnswering<T extends Pick<Kin, 'id' | 'state' | 'parentId'>>(
  db: Reader,
  lead: T,
): Promise<T | Kin> {
  let answering: T | Kin = lead;
  const seen = new Set([lead.id]);
  while (followsParent(answering.state as State) && answering.parentId) {
    const parent = await findKin(db, answering.parentId);
    if (!parent || seen.has(parent.id)) break;
    seen.add(parent.id);
    answering = parent;
  }
  return answering;
}

/** Whoever reads by a code of their own what is answered on this lead, beside its own reporter. */
export async function listMergedReporters(db: Reader, leadId: string): Promise<Kin[]> {
  const roots = [leadId];
  for (let at = await findKin(db, leadId); at && isPart(at) && at.parentId;) {
    roots.push(at.parentId);
    at = await findKin(db, at.parentId);
  }
  const merged = await walkDown(db, roots, (kin) => followsParent(kin.state as State));
  return merged.filter((kin) => !isPart(kin));
}

async function walkDown(db: Reader, from: string[], follows: (kin: Kin) => boolean) {
  const found = new Map<string, Kin>();
  for (let above = from; above.length > 0;) {
    const below = (await listKinBelow(db, above)).filter((kin) => follows(kin));
    above = below.flatMap(({ id }) => (found.has(id) || from.includes(id) ? [] : [id]));
    for (const kin of below) found.set(kin.id, kin);
  }
  return [...found.values()];
}
