import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listProtectedAmong } from '#db/queries/protected-households.ts';
import { listSealedOf } from '#db/queries/sealed-files.ts';
import type { Reader } from '#db/store.ts';
import { appendAudit } from './audit.ts';
import { readBoardSheets } from './board-sheets.ts';
import type { BoardSheet } from './board-sheets.ts';
import { postsWith } from './list-access.ts';
import { identitiesOf, requireIdentity } from './list-keys.ts';
import { openNames } from './names-file.ts';
import { loadSettings } from './settings.ts';
import type { BoardContext } from './board-batches.ts';

/** Whether the county prints full names and the actor uploads or reviews at one of the list's two bodies. */
export async function mayOpenBoardNames(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  batchId: string,
): Promise<boolean> {
  const { board_names: names } = await loadSettings(db);
  const batch = names === 'full' ? await readBatch(db, batchId) : null;
  return batch !== null && postAtList(actor, batch) !== undefined;
}

/**
 * The sheets with full names, opened with the key of the actor's body; they exist in this answer only. A
 * household whose protection began after the list was published is left out. Where the names of a village
 * were destroyed its sheet stays masked and says so. One audit entry each time. Throws `not-found`.
 */
export async function openBoardSheets(
  context: BoardContext,
  actor: Actor,
  batchId: string,
  placeCodes: string[],
): Promise<BoardSheet[]> {
  const { db, secrets } = context;
  const batch = await readBatch(db, batchId);
  const post = batch && postAtList(actor, batch);
  const { board_names: setting } = await loadSettings(db);
  if (!post || setting !== 'full') throw new CodedError('not-found');
  const found = await readBoardSheets(context, actor, batchId, placeCodes);
  const named = found.filter(({ sheet }) => !sheet.countsOnly).map(({ sheet }) => sheet.placeCode);
  const opened = await openVillages(db, actor, batchId, named);
  const macs = found.flatMap(({ stored }) => stored.map((row) => row.idMac));
  const isProtected = await listProtectedAmong(db, macs);
  if (opened.size > 0) {
    await db.transaction(async (tx) => {
      await appendAudit(tx, secrets, context.now(), {
        action: 'board.open-names',
        subjectKind: 'batch',
        subjectId: batchId,
        personId: actor.personId,
        bodyCode: post.bodyCode,
        fields: [...opened.keys()].sort(),
      });
    });
  }
  return found.map(({ sheet, stored }) => {
    if (sheet.countsOnly) return sheet;
    const names = opened.get(sheet.placeCode);
    if (!names) return { ...sheet, names: 'destroyed' as const };
    const rows = sheet.rows.flatMap((row, at) => {
      const { id, idMac } = stored[at] ?? { id: '', idMac: '' };
      return isProtected.has(idMac) ? [] : [{ ...row, name: names.get(id) ?? row.name }];
    });
    return { ...sheet, names: 'full' as const, rows };
  });
}

/** Full names by row, by village. Throws `not-allowed` where the actor was not given their body's key. */
async function openVillages(db: Reader, actor: Actor, batchId: string, placeCodes: string[]) {
  const findIdentity = identitiesOf(db, actor);
  const opened = new Map<string, Map<string, string>>();
  const files = await listSealedOf(db, batchId, 'names', placeCodes);
  for (const { placeCode, keyIds, sealed } of files) {
    const identity = requireIdentity(await findIdentity(keyIds));
    const { households } = await openNames(identity, sealed);
    // A village that took in another has the files of both.
    const names = opened.get(placeCode ?? '') ?? new Map<string, string>();
    for (const { rowId, fullName } of households) names.set(rowId, fullName);
    opened.set(placeCode ?? '', names);
  }
  return opened;
}

function postAtList(actor: Actor, { bodyCode, reviewBodyCode }: Batch) {
  return postsWith(actor, ['import.upload', 'import.review']).find(
    (post) => post.bodyCode === bodyCode || post.bodyCode === reviewBodyCode,
  );
}
