import type { Actor, Context } from '#api/context.ts';
import {
  listBatchProblems,
  listBatches,
  listNewestBatches,
  listSealedFiles,
  readPersonNames,
  readSealedFile,
} from '#db/queries/batches.ts';
import type { Batch, BatchProblem } from '#db/queries/batches.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { listPlaces } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { describeReason } from '#rules/import-reasons.ts';
import { compareLists } from '#rules/list-comparison.ts';
import { isOpenTo } from '#rules/list-lifecycle.ts';
import { openSealed } from '#sealing/age.ts';
import { findBatch } from './batch-review.ts';
import { openBodyIdentity } from './keyring.ts';
import { listScope, scopeOf } from './list-access.ts';

/** The lists the actor may know of, the newest first. */
export async function listBatchSummaries({ db }: Context, actor: Actor) {
  const batches = await listBatches(db, listScope(actor));
  const names = await readNames(db, batches);
  return batches.map((batch) => summarise(batch, names));
}

/**
 * What a reviewer looks at: counts and differences per village against what is published, every problem
 * by line, and the masked rows of one village.
 */
export async function readBatchView(
  context: Context,
  actor: Actor,
  id: string,
  placeCode: string | undefined,
) {
  const { db } = context;
  const batch = await findBatch(context, actor, id);
  const names = await readNames(db, [batch]);
  const rows = await listRowsOf(db, id);
  const [current] = await listNewestBatches(db, batch);
  const compared = current && current.id !== id ? current : null;
  const villages = compareLists(compared ? await listRowsOf(db, compared.id) : [], rows);
  const shown = placeCode ?? villages[0]?.placeCode ?? '';
  const place = namePlaces(
    names.places,
    villages.map((village) => village.placeCode),
  );
  return {
    ...summarise(batch, names),
    comparedWith: compared && { id: compared.id, period: compared.period },
    villages: villages.map((village) => ({ ...village, place: place(village.placeCode) })),
    problems: (await listBatchProblems(db, id)).map((problem) => describeProblem(problem)),
    placeCode: shown,
    place: place(shown),
    rows: rows
      .filter((row) => row.placeCode === shown)
      .map(({ id: rowId, line, sheet, maskedName, members, amountCents, since, visibility }) => ({
        id: rowId,
        line,
        sheet,
        maskedName,
        members,
        amountCents,
        since,
        visibility,
      })),
    note: await openNote(db, actor, id),
    may: {
      decide:
        isOpenTo('approve', batch.status) &&
        batch.uploadedBy !== actor.personId &&
        actor.posts.some((post) => post.bodyCode === batch.reviewBodyCode) &&
        scopeOf(actor, 'import.review').has(batch.reviewBodyCode),
      takeDown:
        isOpenTo('withdraw', batch.status) && scopeOf(actor, 'takedown').has(batch.bodyCode),
    },
  };
}

function describeProblem({ seq, kind, file, sheet, line, reason }: BatchProblem) {
  return { seq, kind, file, sheet, line, reason, words: describeReason(reason) };
}

type Names = Awaited<ReturnType<typeof readNames>>;

function summarise(batch: Batch, names: Names) {
  const person = (id: string | null) => (id === null ? null : (names.people.get(id) ?? ''));
  const { id, bodyCode, reviewBodyCode, aidType, period, status, uploadedOn, decidedOn } = batch;
  const { households, persons, amountCents } = batch;
  return {
    id,
    bodyCode,
    reviewBodyCode,
    aidType,
    period,
    status,
    uploadedOn,
    decidedOn,
    households,
    persons,
    amountCents,
    body: names.bodies.get(bodyCode) ?? bodyCode,
    reviewBody: names.bodies.get(reviewBodyCode) ?? reviewBodyCode,
    uploadedBy: person(batch.uploadedBy) ?? '',
    decidedBy: person(batch.decidedBy),
  };
}

async function readNames(db: Reader, batches: Batch[]) {
  const deciders = batches.flatMap((batch) => (batch.decidedBy ? [batch.decidedBy] : []));
  const personIds = [...new Set([...batches.map((batch) => batch.uploadedBy), ...deciders])];
  const [bodies, people, places] = await Promise.all([
    listBodies(db),
    readPersonNames(db, personIds),
    listPlaces(db),
  ]);
  return {
    bodies: new Map(bodies.map((body) => [body.code, body.name])),
    people,
    places: new Map(places.map((place) => [place.code, place])),
  };
}

/** Names of villages; with their town where the list has more than one. */
function namePlaces(places: Map<string, Place>, codes: string[]) {
  const townOf = (code: string) => places.get(code)?.parentCode ?? '';
  const withTown = new Set(codes.map(townOf)).size > 1;
  return function namePlace(code: string): string {
    const town = withTown ? (places.get(townOf(code))?.name ?? '') : '';
    return `${town}${places.get(code)?.name ?? code}`;
  };
}

/** What the reviewer wrote, where the actor's body holds a key; else null. */
async function openNote(db: Reader, actor: Actor, batchId: string): Promise<string | null> {
  const found = (await listSealedFiles(db, batchId)).find((file) => file.kind === 'note');
  const file = found && (await readSealedFile(db, found.id));
  for (const keyId of file?.keyIds.split(' ') ?? []) {
    const identity = await openBodyIdentity(db, actor, keyId);
    if (file && identity) return (await openSealed(identity, file.sealed)).toString('utf8');
  }
  return null;
}
