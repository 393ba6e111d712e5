import { randomUUID } from 'node:crypto';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findBacklogImport, insertBacklogImport } from '#db/queries/backlog.ts';
import { insertLead } from '#db/queries/complaints.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { appendAudit } from './audit.ts';
import { prepareCase } from './backlog-case.ts';
import type { PreparedCase } from './backlog-case.ts';
import { readBacklogFile } from './backlog-file.ts';
import type { BacklogFile, BacklogPreview } from './backlog-file.ts';
import { freeReference } from './complaints.ts';
import { postsWith } from './list-access.ts';

export type BacklogResult = BacklogPreview & {
  /** Cases that were taken in; null for a preview. */
  taken: number | null;
};

/**
 * Reads an old ledger, and where the preview of exactly this file is confirmed (`confirm` is its token) takes
 * every case in: all or none. Nothing of the file is kept. Throws `not-allowed`, `file-refused`,
 * `already-taken` for a file that was taken in before, `state-changed` for another than was confirmed.
 */
export async function takeBacklog(
  context: Context,
  actor: Actor,
  file: BacklogFile,
  confirm?: string,
): Promise<BacklogResult> {
  const post = requireIntake(actor);
  const { fileHash, rows, ...preview } = await readBacklogFile(context, file);
  if (await findBacklogImport(context.db, fileHash)) throw new CodedError('already-taken');
  if (confirm === undefined || preview.errors > 0 || rows.length === 0) {
    return { ...preview, taken: null };
  }
  if (confirm !== preview.token) throw new CodedError('state-changed');
  const cases: PreparedCase[] = [];
  for (const { row, sameness } of rows) {
    cases.push(await prepareCase(context, actor, post, row, sameness));
    await giveWay();
  }
  await storeCases(context, actor, post, fileHash, cases);
  return { ...preview, taken: cases.length };
}

function requireIntake(actor: Actor): ActorPost {
  const [post] = postsWith(actor, ['leads.register']);
  if (!post) throw new CodedError('not-allowed');
  return post;
}

async function storeCases(
  { db, secrets, now }: Context,
  actor: Actor,
  post: ActorPost,
  fileHash: string,
  cases: PreparedCase[],
): Promise<void> {
  const at = now();
  const id = randomUUID();
  const { personId } = actor;
  const { bodyCode } = post;
  await db.transaction(async (tx) => {
    if (await findBacklogImport(tx, fileHash)) throw new CodedError('already-taken');
    for (const arrival of cases) {
      const reference = await freeReference(tx, arrival.lead.receivedOn);
      await insertLead(tx, { ...arrival, lead: { ...arrival.lead, reference } });
      await appendAudit(tx, secrets, at, {
        action: 'lead.take-backlog',
        subjectKind: 'lead',
        subjectId: arrival.lead.id,
        personId,
        bodyCode,
        fields: { reference, state: arrival.lead.state, sameness: arrival.lead.sameness },
      });
      // Readers have a connection of their own; without this they would wait for the processor.
      await giveWay();
    }
    await insertBacklogImport(tx, {
      id,
      bodyCode,
      fileHash,
      rows: cases.length,
      personId,
      onDate: civilDateOf(at),
    });
    await appendAudit(tx, secrets, at, {
      action: 'backlog.take',
      subjectKind: 'backlog',
      subjectId: id,
      personId,
      bodyCode,
      fields: { fileHash, rows: cases.length },
    });
  });
}
