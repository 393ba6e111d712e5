import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import {
  findNewestRouting,
  insertRoutingVersion,
  listRoutingVersions,
  readRoutingVersion,
} from '#db/queries/routing-versions.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { RoutingRows } from '#rules/routing-rows.ts';
import { ROUTING } from '#rules/routing-table.ts';
import type { RoutingRow } from '#rules/routing-table.ts';
import { arrivalDesk, proposeDestination } from '#rules/routing.ts';
import type { RoutingFacts } from '#rules/routing.ts';
import { appendAudit } from './audit.ts';
import { requirePostAt } from './list-access.ts';
import { readPlacePath } from './place-path.ts';
import { loadSettings } from './settings.ts';

/** A routing table with its number; 0 is the one that ships. */
export type Routing = { version: number; rows: RoutingRow[] };

/** The table in force. */
export async function loadRouting(db: Reader): Promise<Routing> {
  const newest = await findNewestRouting(db);
  return newest
    ? { version: newest.version, rows: parseRows(newest.rows) }
    : { version: 0, rows: [...ROUTING] };
}

/** One version, the one in force unless said otherwise, and what versions there are. */
export async function readRouting({ db }: Context, wanted?: number) {
  const current = await loadRouting(db);
  const version = wanted ?? current.version;
  return {
    version,
    rows: version === current.version ? current.rows : await readOldRows(db, version),
    current: current.version,
    versions: await listRoutingVersions(db),
  };
}

async function readOldRows(db: Reader, version: number): Promise<RoutingRow[]> {
  if (version === 0) return [...ROUTING];
  const found = await readRoutingVersion(db, version);
  if (!found) throw new CodedError('not-found');
  return parseRows(found.rows);
}

/**
 * Puts a table in force as the next version. `base` is the version it was made from: throws
 * `state-changed` where another was saved since.
 */
export async function saveRouting(
  context: Context,
  actor: Actor,
  input: { base: number; rows: RoutingRow[]; note: string },
): Promise<number> {
  const post = requirePostAt(actor, 'routing.manage', undefined);
  const now = context.now();
  const rows = JSON.stringify(input.rows);
  return context.db.transaction(async (tx) => {
    const current = await loadRouting(tx);
    if (current.version !== input.base) throw new CodedError('state-changed');
    if (JSON.stringify(current.rows) === rows) {
      throw new CodedError('invalid-input', { note: '与现行的规则一样，没有要保存的改动。' });
    }
    const version = current.version + 1;
    const onDate = civilDateOf(now);
    const { note } = input;
    await insertRoutingVersion(tx, { version, rows, note, personId: actor.personId, onDate });
    await appendAudit(tx, context.secrets, now, {
      action: 'routing.save',
      subjectKind: 'routing-version',
      subjectId: String(version),
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { rows: input.rows, note },
    });
    return version;
  });
}

/** An imagined lead. */
export type Imagined = Omit<RoutingFacts, 'placePath'> & { placeCode: string };

/** Who would get an imagined lead, by the table in force and by an edited one. */
export async function previewRouting(context: Context, imagined: Imagined, edited: RoutingRow[]) {
  const { db } = context;
  const bodies = await listBodiesOn(db, civilDateOf(context.now()));
  const names = new Map(bodies.map((body) => [body.code, body.name]));
  const nameOf = (code: string | null) => (code === null ? null : (names.get(code) ?? code));
  const { placeCode, ...rest } = imagined;
  const facts = { ...rest, placePath: await readPlacePath(db, placeCode) };
  const { confirmed_by: confirmedBy } = await loadSettings(db);
  const arrival = arrivalDesk(facts, bodies);
  const current = await loadRouting(db);

  function outcome(rows: RoutingRow[]) {
    const proposal = proposeDestination(facts, bodies, { confirmedBy }, arrival.excluded, rows);
    return {
      kind: proposal.kind,
      bodyName: nameOf(proposal.bodyCode),
      lifted: proposal.lifted,
      alongside: proposal.alongside,
      basis: proposal.basis,
      rows: proposal.rows,
    };
  }
  return {
    arrivesAt: nameOf(arrival.bodyCode),
    reserve: nameOf(arrival.reserveBodyCode),
    sealed: arrival.sealed,
    excluded: arrival.excluded.map((code) => nameOf(code) ?? code),
    current: outcome(current.rows),
    edited: outcome(edited),
  };
}

function parseRows(json: string): RoutingRow[] {
  return RoutingRows.parse(JSON.parse(json));
}
