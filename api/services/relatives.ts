import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listStaff } from '#db/queries/complaints.ts';
import { listPlaces } from '#db/queries/places.ts';
import {
  countRelatives,
  endRelatives,
  insertRelatives,
  listRelatives,
  listRelativesOfStaff,
} from '#db/queries/relatives.ts';
import type { Relative } from '#db/queries/relatives.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { matchAccused } from '#rules/recusal.ts';
import { findUnit } from '#rules/relatives.ts';
import type { RelativeEntry, RelativeProblem } from '#rules/relatives.ts';
import { sealJson } from '#sealing/age.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { parseRelativesFile } from '#spreadsheets/parse-in-worker.ts';
import { appendAudit } from './audit.ts';
import { bodyRecipient } from './keyring.ts';
import { requirePostAt } from './list-access.ts';
import { openEntry, openersOf } from './relative-entries.ts';
import { recordHitsOfRegister } from './relative-hits.ts';
import { macOfName } from './relative-names.ts';

export type RelativesImport = {
  added: number;
  kept: number;
  ended: number;
  /** New matches with lists that stand or wait. */
  hits: number;
  problems: { sheet: string; line: number; reason: RelativeProblem }[];
};

/**
 * Takes a register of near relatives in, sealed to the discipline body of the person doing it. A file is
 * the whole truth about each member of staff it names: what it no longer says of them ends. Nobody else's
 * entries change. Throws `file-refused`.
 */
export async function importRelatives(
  context: Context,
  actor: Actor,
  file: { bytes: Uint8Array; fileName: string },
): Promise<RelativesImport> {
  const { db, secrets } = context;
  const post = requirePostAt(actor, 'relatives.manage', undefined);
  const now = context.now();
  const day = civilDateOf(now);
  const parsed = await parse(file);
  const findStaff = await readUnits(db, day);
  const key = await bodyRecipient(db, post.bodyCode);
  const unknown: RelativesImport['problems'] = [];
  const rows: { row: Omit<Relative, 'sealed'>; entry: RelativeEntry }[] = [];
  for (const { sheet, line, entry } of parsed.lines) {
    const { bodyCode, personId } = findStaff(entry);
    if (!bodyCode) unknown.push({ sheet, line, reason: 'unit-unknown' });
    const row = { ...macsOf(secrets, entry), bodyCode, personId, keyId: key.keyId };
    rows.push({ row: { ...row, id: randomUUID(), addedOn: day, endedOn: null }, entry });
  }
  const before = await readBefore(db, rows);
  const known = new Set(before.map((row) => row.entryMac));
  const added: Relative[] = [];
  for (const { row, entry } of rows) {
    if (known.has(row.entryMac)) continue;
    added.push({ ...row, sealed: await sealJson([key.recipient], entry) });
  }
  const current = new Set(rows.map(({ row }) => row.entryMac));
  const gone = before.filter((row) => !current.has(row.entryMac)).map((row) => row.id);
  const { ended, hits } = await db.transaction(async (tx) => {
    const meanwhile = await readBefore(tx, rows);
    if (meanwhile.length !== before.length || meanwhile.some((row) => !known.has(row.entryMac))) {
      throw new CodedError('state-changed');
    }
    const count = await endRelatives(tx, gone, day);
    await insertRelatives(tx, added);
    const found = await recordHitsOfRegister(tx, day);
    await appendAudit(tx, secrets, now, {
      action: 'relatives.import',
      subjectKind: 'body',
      subjectId: post.bodyCode,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { added: added.map((row) => row.id), gone },
    });
    return { ended: count, hits: found };
  });
  return {
    added: added.length,
    kept: rows.length - added.length,
    ended,
    hits,
    problems: [...parsed.faults, ...unknown].toSorted((a, b) => a.line - b.line),
  };
}

async function parse({ bytes, fileName }: { bytes: Uint8Array; fileName: string }) {
  try {
    return await parseRelativesFile(bytes, fileName);
  } catch (error) {
    if (error instanceof SpreadsheetError) {
      throw new CodedError('file-refused', { file: error.message }, error.message);
    }
    throw error;
  }
}

/** Finds the body of an entry, and the person where just one of that name works there. */
async function readUnits(db: Context['db'], day: string) {
  const places = new Map((await listPlaces(db)).map((place) => [place.code, place]));
  const units = (await listBodiesOn(db, day)).map(({ code, name, placeCode }) => {
    const above = places.get(places.get(placeCode)?.parentCode ?? '');
    return { code, name, townName: above?.name ?? '' };
  });
  const staff = await listStaff(db);
  return ({ staffName, unit }: RelativeEntry) => {
    const bodyCode = findUnit(unit, units)?.code ?? null;
    const there = staff.filter(({ bodyCodes }) => bodyCode && bodyCodes.includes(bodyCode));
    const [person, ...others] = matchAccused([{ name: staffName, bodyCode }], there);
    return { bodyCode, personId: others.length === 0 ? (person ?? null) : null };
  };
}

function macsOf(secrets: Secrets, entry: RelativeEntry) {
  return {
    staffNameMac: macOfName(secrets, entry.staffName),
    relativeNameMac: macOfName(secrets, entry.relativeName),
    idMac: secrets.mac('household-id', entry.idNumber).mac,
    entryMac: secrets.mac('name-hash', 'relative-entry', JSON.stringify(Object.values(entry))).mac,
  };
}

/** What is in force about the members of staff a file names, at the units it names. */
async function readBefore(
  db: Parameters<typeof listRelativesOfStaff>[0],
  rows: { row: Pick<Relative, 'staffNameMac' | 'bodyCode'> }[],
): Promise<Relative[]> {
  const keyOf = (row: Pick<Relative, 'staffNameMac' | 'bodyCode'>) =>
    `${row.staffNameMac} ${row.bodyCode ?? ''}`;
  const wanted = new Set(rows.map(({ row }) => keyOf(row)));
  const macs = rows.map(({ row }) => row.staffNameMac);
  return (await listRelativesOfStaff(db, macs)).filter((row) => wanted.has(keyOf(row)));
}

const PAGE_SIZE = 100;

/** A page of the register, opened; looking at it is logged. `after` is where the page before ended. */
export async function readRegister(context: Context, actor: Actor, after = '') {
  const { db, secrets } = context;
  const post = requirePostAt(actor, 'relatives.manage', undefined);
  const rows = await listRelatives(db, after, PAGE_SIZE);
  const findIdentity = openersOf(db, actor);
  const items = [];
  for (const row of rows) {
    const entry = await openEntry(findIdentity, row);
    const { id, addedOn, bodyCode } = row;
    if (entry) items.push({ id, addedOn, isUnitKnown: bodyCode !== null, entry });
  }
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, context.now(), {
      action: 'relatives.list',
      subjectKind: 'body',
      subjectId: post.bodyCode,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { after, rows: rows.length },
    });
  });
  const last = rows.at(-1);
  return {
    items,
    total: await countRelatives(db),
    ...(last && rows.length === PAGE_SIZE ? { next: last.id } : {}),
  };
}

/** Ends one entry by hand: who left office, or what was registered by mistake. */
export async function endRelative(context: Context, actor: Actor, id: string): Promise<void> {
  const post = requirePostAt(actor, 'relatives.manage', undefined);
  const now = context.now();
  await context.db.transaction(async (tx) => {
    if ((await endRelatives(tx, [id], civilDateOf(now))) === 0) throw new CodedError('not-found');
    await appendAudit(tx, context.secrets, now, {
      action: 'relatives.end',
      subjectKind: 'relative',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
    });
  });
}
