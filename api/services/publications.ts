import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { moveBatch, readBatch } from '#db/queries/batches.ts';
import { moveRowVisibility, readListRow } from '#db/queries/list-rows.ts';
import {
  changeRunningPublication,
  insertPublication,
  listRunningPublications,
} from '#db/queries/publications.ts';
import type { Tx } from '#db/store.ts';
import type { Scope } from '#publishing/export.ts';
import type { Finding } from '#publishing/refusal.ts';
import { LIST_STEPS } from '#rules/list-lifecycle.ts';
import type { TakeDown } from '#rules/take-down.ts';
import { appendAudit } from './audit.ts';
import { recordWarnings } from './gate-warnings.ts';

type Portal = Pick<Context, 'db' | 'secrets' | 'now'>;
export type StepTime = { step: string; ms: number };

/** Notes that a publication has begun; `startedBy` is null for the command line and the timer. */
export async function startPublication(
  { db, now }: Portal,
  id: string,
  startedBy: string | null,
  scope: Scope,
): Promise<void> {
  await db.transaction((tx) =>
    insertPublication(tx, {
      id,
      scope,
      startedAt: now(),
      finishedAt: null,
      startedBy,
      status: 'running',
      steps: '[]',
      pagesChanged: 0,
      manifestHash: null,
      findings: null,
    }),
  );
}

/** Notes the steps done so far, for a page that shows how far it is. */
export async function recordSteps({ db }: Portal, id: string, steps: StepTime[]): Promise<void> {
  await db.transaction(async (tx) => {
    await changeRunningPublication(tx, id, { steps: JSON.stringify(steps) });
  });
}

/** Notes what the leak gate let pass before it goes live: who is stopped after that must not lose it. */
export async function recordFindings(
  { db }: Portal,
  id: string,
  findings: Finding[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await changeRunningPublication(tx, id, { findings: JSON.stringify(findings) });
  });
}

export type PublicationOutcome = {
  status: 'live' | 'refused';
  steps?: StepTime[];
  pagesChanged: number;
  manifestHash: string | null;
  findings: Finding[];
  /** Pages and files the leak gate looked at, and those that went away. */
  inspected?: readonly string[];
};
/** Kept with a publication; warnings have a table of their own. */
const MOST_FINDINGS = 100;

/** Notes how a publication ended, with an audit entry where the site changed or something was refused. */
export async function finishPublication(
  { db, secrets, now }: Portal,
  id: string,
  outcome: PublicationOutcome,
  startedBy: string | null,
): Promise<void> {
  const { status, steps, pagesChanged, manifestHash, findings, inspected = [] } = outcome;
  await db.transaction(async (tx) => {
    const changed = await changeRunningPublication(tx, id, {
      status,
      finishedAt: now(),
      pagesChanged,
      manifestHash,
      findings: JSON.stringify(findings.slice(0, MOST_FINDINGS)),
      ...(steps ? { steps: JSON.stringify(steps) } : {}),
    });
    if (changed && status === 'live') {
      await recordWarnings(tx, { secrets, now }, { id, startedBy, findings, inspected });
    }
    if (!changed || (status === 'live' && manifestHash === null)) return;
    await appendAudit(tx, secrets, now(), {
      action: status === 'live' ? 'publication.go-live' : 'publication.refuse',
      subjectKind: 'publication',
      subjectId: id,
      personId: startedBy,
      fields: { manifestHash, pagesChanged },
    });
  });
}

/**
 * Closes the records of publications that stopped half-way: the one that is live went live, any other
 * never did. Only while nothing else publishes.
 */
export async function closeInterruptedPublications(
  portal: Portal,
  live: { id: string; manifestHash: string; pagesChanged: number } | null,
): Promise<void> {
  for (const { id, startedBy, findings } of await listRunningPublications(portal.db)) {
    const warnings = JSON.parse(findings ?? '[]') as Finding[];
    const wentLive = live?.id === id;
    const finding: Finding = { kind: 'interrupted', severity: 'refused', where: '/' };
    await finishPublication(
      portal,
      id,
      {
        status: wentLive ? 'live' : 'refused',
        pagesChanged: wentLive ? live.pagesChanged : 0,
        manifestHash: wentLive ? live.manifestHash : null,
        findings: wentLive ? warnings : [finding],
      },
      startedBy,
    );
  }
}

/**
 * Withholds a row or a whole list at once; it leaves the site with the next publication, which the caller
 * starts. Whether the person may is for the caller to say; what must go with it is done `alongside`, in
 * the same transaction. Throws `not-found` or `state-changed`.
 */
export async function takeDown(
  { db, secrets, now, actor }: Portal & { actor: { personId: string; bodyCode?: string | null } },
  { kind, id, reason }: TakeDown,
  alongside: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<void> {
  await db.transaction(async (tx) => {
    const moved =
      kind === 'row'
        ? (await readListRow(tx, id)) && (await moveRowVisibility(tx, id, 'listed', 'taken-down'))
        : (await readBatch(tx, id)) &&
          (await moveBatch(tx, id, LIST_STEPS.withdraw.from, { status: LIST_STEPS.withdraw.to }));
    if (moved === null) throw new CodedError('not-found');
    if (!moved) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, now(), {
      action: kind === 'row' ? 'list-row.take-down' : 'batch.take-down',
      // The export finds single rows by these entries.
      subjectKind: kind === 'row' ? 'list-row' : 'batch',
      subjectId: id,
      personId: actor.personId,
      bodyCode: actor.bodyCode ?? null,
      fields: { reason },
    });
    await alongside(tx);
  });
}
