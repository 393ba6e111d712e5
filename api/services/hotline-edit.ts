import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertHotlines,
  listHotlineIds,
  listHotlines,
  readHotline,
  updateHotline,
} from '#db/queries/hotlines.ts';
import { listAreasOn } from '#db/queries/places.ts';
import type { HotlineFields } from '#rules/hotline-fields.ts';
import { appendAudit } from './audit.ts';
import { findEditable, readHotlineReach } from './hotline-access.ts';
import { publishSoon } from './publish-in-background.ts';

const TAKEN = '这个号码已经公布在别的一条里，核对后再填。';

type Saved = { id: string; saved: boolean };

/** Adds a hotline of a township or the county; with `checkOnly` only says whether it could be. */
export async function addHotline(
  context: Context,
  actor: Actor,
  input: { placeCode: string; fields: HotlineFields; checkOnly?: boolean | undefined },
): Promise<Saved> {
  const { placeCode, fields, checkOnly = false } = input;
  const { db } = context;
  const reach = await readHotlineReach(context, actor);
  const place = (await listAreasOn(db, reach.today)).find(({ code }) => code === placeCode);
  if (!place || place.level === 'village') {
    throw new CodedError('invalid-input', { placeCode: '选择这部电话属于哪里。' });
  }
  const { level } = place;
  const post = reach.editPost({ placeCode, level, unit: fields.unit });
  if (!post) throw new CodedError('not-allowed');
  await refuseTaken(db, null, fields);
  if (checkOnly) return { id: '', saved: false };
  const id = await db.transaction(async (tx) => {
    await refuseTaken(tx, null, fields);
    const known = await listHotlineIds(tx, placeCode);
    const last = Math.max(0, ...known.map((each) => Number(each.split(':')[1]) || 0));
    const newId = `${placeCode}:${String(last + 1).padStart(4, '0')}`;
    const state = { updatedOn: reach.today, endedOn: null, revision: 1 };
    await insertHotlines(tx, [{ id: newId, placeCode, level, ...fields, ...state }]);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.add',
      subjectKind: 'hotline',
      subjectId: newId,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields,
    });
    return newId;
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id, saved: true };
}

/** Changes a hotline that is as the editor read it. Throws `state-changed` where another was faster. */
export async function changeHotline(
  context: Context,
  actor: Actor,
  input: {
    id: string;
    revision: number;
    fields: HotlineFields;
    checkOnly?: boolean | undefined;
  },
): Promise<Saved> {
  const { id, revision, fields, checkOnly = false } = input;
  const { reach, hotline, post } = await findEditable(context, actor, id);
  if (hotline.revision !== revision) throw new CodedError('state-changed');
  await refuseTaken(context.db, id, fields);
  if (checkOnly) return { id, saved: false };
  await context.db.transaction(async (tx) => {
    await refuseTaken(tx, id, fields);
    const change = { ...fields, updatedOn: reach.today };
    if (!(await updateHotline(tx, id, revision, change))) throw new CodedError('state-changed');
    const changed = await readHotline(tx, id);
    // A unit of another name may belong to another body.
    if (!changed || !reach.editPost(changed)) throw new CodedError('not-allowed');
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.change',
      subjectKind: 'hotline',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { revision, ...fields },
    });
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id, saved: true };
}

/** Publishes a hotline no longer; its tests stay. The last one of the county stays too. */
export async function endHotline(
  context: Context,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  const { reach, hotline, post } = await findEditable(context, actor, id);
  await context.db.transaction(async (tx) => {
    const standing = await listHotlines(tx);
    const others = standing.filter((each) => each.id !== id && each.level === hotline.level);
    if (hotline.level === 'district' && others.length === 0) {
      throw new CodedError('not-now', {}, '县（区）级至少要公布一部电话，先增加新的再停用这一部。');
    }
    if (!(await updateHotline(tx, id, revision, { endedOn: reach.today }))) {
      throw new CodedError('state-changed');
    }
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.end',
      subjectKind: 'hotline',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { revision },
    });
  });
  void publishSoon(context, actor.personId, 'directory');
}

/** One number stands once, so that its tests are its own. Throws `invalid-input`. */
async function refuseTaken(
  tx: Parameters<typeof listHotlines>[0],
  id: string | null,
  fields: HotlineFields,
): Promise<void> {
  const bare = (phone: string) => phone.replaceAll('-', '');
  const others = (await listHotlines(tx)).filter((each) => each.id !== id);
  const taken = new Set(others.flatMap(({ phone, secondPhone }) => [phone, secondPhone].map(bare)));
  for (const field of ['phone', 'secondPhone'] as const) {
    if (fields[field] !== '' && taken.has(bare(fields[field]))) {
      throw new CodedError('invalid-input', { [field]: TAKEN });
    }
  }
}
