import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  clearWarning,
  deleteOpenWarning,
  insertWarning,
  listOpenWarnings,
  listWarningsById,
} from '#db/queries/gate-warnings.ts';
import type { GateWarning } from '#db/queries/gate-warnings.ts';
import type { Tx } from '#db/store.ts';
import type { Finding } from '#publishing/refusal.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { appendAudit } from './audit.ts';

type Publication = {
  id: string;
  startedBy: string | null;
  findings: readonly Finding[];
  /** Pages and files that were looked at, and those that went away. */
  inspected: readonly string[];
};
/** Beyond this the gate may have left some out, and none is taken for gone. */
const MOST_WARNINGS = 1000;

/**
 * Keeps what the leak gate let pass until a second person has looked at it. What was cleared does not come
 * back for the same words in the same place; what is no longer there is forgotten.
 */
export async function recordWarnings(
  tx: Tx,
  { secrets, now }: Pick<Context, 'secrets' | 'now'>,
  { id, startedBy, findings, inspected }: Publication,
): Promise<void> {
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  const ids = new Set<string>();
  for (const finding of warnings) {
    const warningId = idOf(secrets, finding);
    ids.add(warningId);
    await insertWarning(tx, {
      id: warningId,
      finding: JSON.stringify(finding),
      publicationId: id,
      foundOn: civilDateOf(now()),
      startedBy,
      clearedBy: null,
      clearedOn: null,
    });
  }
  if (warnings.length >= MOST_WARNINGS) return;
  const looked = new Set(inspected);
  for (const warning of await listOpenWarnings(tx)) {
    const isGone = looked.has(readFinding(warning).where) && !ids.has(warning.id);
    if (isGone) await deleteOpenWarning(tx, warning.id);
  }
}

function idOf(secrets: Secrets, { kind, where, row, detail, value }: Finding): string {
  const parts = [kind, where, String(row ?? ''), detail ?? '', value ?? ''];
  return secrets.mac('sameness', 'gate-warning', ...parts).mac;
}

function readFinding(warning: GateWarning): Finding {
  return JSON.parse(warning.finding) as Finding;
}

/** Open warnings, those about the same words together: one look clears them all. */
export async function listWarnings({ db }: Pick<Context, 'db'>, actor: Actor) {
  const open = (await listOpenWarnings(db)).map((warning) => ({
    ...warning,
    ...readFinding(warning),
  }));
  const groups = Map.groupBy(open, (warning) => warning.value ?? warning.id);
  return [...groups.values()].map((group) => ({
    ids: group.map((warning) => warning.id),
    places: group.map(({ where, row }) => ({ where, row: row ?? null })),
    foundOn: group[0]?.foundOn ?? '',
    mayClear: group.every((warning) => warning.startedBy !== actor.personId),
  }));
}

/**
 * Says that these are ordinary words, by somebody other than who started the publication. The same word
 * given twice changes nothing. Throws `not-found`, `own-approval`.
 */
export async function clearWarnings(context: Context, actor: Actor, ids: string[]): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const found = await listWarningsById(db, [...new Set(ids)]);
  if (found.length === 0) throw new CodedError('not-found');
  if (found.some((warning) => warning.startedBy === actor.personId)) {
    throw new CodedError('own-approval');
  }
  const cleared = { clearedBy: actor.personId, clearedOn: civilDateOf(now) };
  await db.transaction(async (tx) => {
    for (const { id } of found) {
      if (!(await clearWarning(tx, id, cleared))) continue;
      await appendAudit(tx, secrets, now, {
        action: 'gate-warning.clear',
        subjectKind: 'gate-warning',
        subjectId: id,
        personId: actor.personId,
      });
    }
  });
}
