import { randomUUID } from 'node:crypto';
import { setImmediate as giveWay, setTimeout } from 'node:timers/promises';
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
import { startBacklogTask } from './backlog-task.ts';
import { freeReference } from './complaints.ts';
import { postsWith } from './list-access.ts';

/** How long the answer waits before the intake goes on by itself. */
const PATIENCE_MS = 2000;

export type BacklogResult = BacklogPreview & {
  /** Cases that were taken in; null for a preview, and while the intake is running. */
  taken: number | null;
  /** Whether the intake goes on by itself; `readBacklogTask` tells how far it is. */
  running: boolean;
};

/**
 * Reads an old ledger, and where the preview of exactly this file is confirmed (`confirm` is its token) takes
 * every case in: all or none. Nothing of the file is kept. What takes longer than `patience` milliseconds goes
 * on by itself. Throws `not-allowed`, `file-refused`,
 * `already-taken` for a file that was taken in before, `state-changed` for another than was confirmed.
 */
export async function takeBacklog(
  context: Context,
  actor: Actor,
  file: BacklogFile,
  confirm?: string,
  patience = PATIENCE_MS,
): Promise<BacklogResult> {
  const post = requireIntake(actor);
  const { fileHash, rows, ...preview } = await readBacklogFile(context, file);
  if (await findBacklogImport(context.db, fileHash)) throw new CodedError('already-taken');
  if (confirm === undefined || preview.errors > 0 || rows.length === 0) {
    return { ...preview, taken: null, running: false };
  }
  if (confirm !== preview.token) throw new CodedError('state-changed');
  const { task, ended } = startBacklogTask(context, actor, preview, async (step) => {
    const cases: PreparedCase[] = [];
    for (const { row, sameness } of rows) {
      cases.push(await prepareCase(context, actor, post, row, sameness));
      step();
      await giveWay();
    }
    await storeCases(context, actor, post, fileHash, cases);
  });
  await Promise.race([ended, setTimeout(patience)]);
  const running = task.state === 'running';
  return { ...preview, taken: running ? null : rows.length, running };
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
