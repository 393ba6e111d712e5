import { inArray } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** A lead as its relatives ask about it. */
export type Kin = {
  id: string;
  state: string;
  secrecy: 'normal' | 'restricted' | 'sealed';
  receivedOn: string;
  parentId: string | null;
  lookup: string;
  contentRecipient: string;
  codeRecipient: string;
};

/** Leads that were split off these or merged into them. */
export async function listKinBelow(db: Reader, parentIds: string[]): Promise<Kin[]> {
  if (parentIds.length === 0) return [];
  return select(db).where(inArray(db.t.lead.parentId, parentIds));
}

export async function findKin(db: Reader, id: string): Promise<Kin | null> {
  const [found] = await select(db).where(inArray(db.t.lead.id, [id]));
  return found ?? null;
}

function select(db: Reader) {
  const { lead } = db.t;
  return db
    .select({
      id: lead.id,
      state: lead.state,
      secrecy: lead.secrecy,
      receivedOn: lead.receivedOn,
      parentId: lead.parentId,
      lookup: lead.lookup,
      contentRecipient: lead.contentRecipient,
      codeRecipient: lead.codeRecipient,
    })
    .from(lead);
}
