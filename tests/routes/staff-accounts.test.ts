import { describe, expect, test } from 'vitest';
import { endPost, listAllPostsOf } from '#db/queries/people.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import type { Failure } from '#support/leads.ts';
import { expectCall, inviteTo, listStaffBy, personIdOf } from '#support/accounts.ts';

const PATH = '/api/staff/accounts';
const TODAY = '2026-11-20';
const POST = { bodyCode: DEMO_BODIES.qingshan, role: 'township_user', startsOn: TODAY };

async function addPerson(portal: FreshPortal, cookie: string, change: object = {}) {
  const json = { ...POST, name: '卓听澜', email: '', ...change };
  return expectCall<{ id: string }>(portal, 201, PATH, { cookie, json });
}

/** Puts an administrator of accounts at the discipline group. */
async function makeDisciplineAdmin(portal: FreshPortal) {
  const { db } = portal.context;
  const personId = await personIdOf(portal, 'sysadmin');
  const held = await listAllPostsOf(db, personId);
  await db.transaction(async (tx) => {
    for (const { id } of held) await endPost(tx, id, '2026-11-01');
    const post = { bodyCode: DEMO_BODIES.discipline, role: 'security_admin', endsOn: null };
    await tx.insert(tx.t.post).values({ ...post, id: 'd', personId, startsOn: '2026-11-01' });
  });
  return portal.signIn('sysadmin');
}

describe('/api/staff/accounts', () => {
  test.each(['triage', 'leader', 'auditor', 'sysadmin', 'liaison', 'township-qingshan'])(
    'is closed to %s',
    async (login) => {
      await using portal = await createPortal();
      const cookie = await portal.signIn(login);
      const id = await personIdOf(portal, 'handler');
      const end = { endsOn: TODAY };
      for (const [path, json] of [
        [PATH, undefined],
        [PATH, { ...POST, name: '某人', email: '' }],
        [`${PATH}/${id}`, { name: '某人', email: '' }],
        [`${PATH}/${id}/posts`, POST],
        [`${PATH}/${id}/posts/x/end`, end],
        [`${PATH}/${id}/disable`, {}],
        [`${PATH}/${id}/invitation`, { login: 'x1' }],
      ] as const) {
        const answer = await portal.call(path, json ? { cookie, json } : { cookie });
        expect({ path, status: answer.status }).toEqual({ path, status: 403 });
      }
    },
  );

  test('lists the people of the bureau and below, not those of the discipline group', async () => {
    await using portal = await createPortal();
    const staff = await listStaffBy(portal, await portal.signIn('security'));
    expect(staff.get('池远山')).toMatchObject({ login: 'township-qingshan', state: 'active' });
    expect(staff.get('缪安澜')).toMatchObject({ isSelf: true, mayChange: false });
    expect(staff.has('甘若谷')).toBe(false);
  });

  test('somebody of a body that is not below is not found', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    for (const id of [await personIdOf(portal, 'liaison'), 'nobody']) {
      for (const [path, json] of [
        ['', { name: '某人', email: '' }],
        ['/posts', POST],
        ['/disable', {}],
        ['/invitation', { login: 'x1' }],
      ] as const) {
        const answer = await portal.call(`${PATH}/${id}${path}`, { cookie, json });
        expect({ path, status: answer.status }).toEqual({ path, status: 404 });
      }
    }
  });

  test('the discipline group has an administrator of its own, who reaches nobody of the bureau', async () => {
    await using portal = await createPortal();
    const cookie = await makeDisciplineAdmin(portal);
    const json = { ...POST, name: '某人', email: '' };
    await expectCall(portal, 422, PATH, { cookie, json });
    const staff = await listStaffBy(portal, cookie);
    expect(staff.has('祁思齐')).toBe(false);
    expect(staff.has('甘若谷')).toBe(true);
  });

  test('a person is added with a post and shows until invited as one without account', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    await addPerson(portal, cookie);
    const added = (await listStaffBy(portal, cookie)).get('卓听澜');
    expect(added).toMatchObject({ state: 'none', login: null, mayChange: true });
    expect(added?.posts).toMatchObject([{ roleLabel: '乡镇经办', standing: 'held' }]);
  });

  test.each([
    ['a role the body does not have', { role: 'triage_officer' }, 'role'],
    [
      'a body out of reach',
      { bodyCode: DEMO_BODIES.discipline, role: 'discipline_liaison' },
      'bodyCode',
    ],
    ['a body that does not exist', { bodyCode: 'township-1' }, 'bodyCode'],
    ['a role that does not exist', { role: 'root' }, 'role'],
    ['a first day that is past', { startsOn: '2026-11-19' }, 'startsOn'],
    ['a day that does not exist', { startsOn: '2026-02-30' }, 'startsOn'],
    ['an end before the start', { endsOn: TODAY }, 'endsOn'],
    ['no name', { name: ' ' }, 'name'],
    ['half an e-mail address', { email: 'zhuo@' }, 'email'],
  ])('refuses %s beside its field', async (_what, change, field) => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const json = { ...POST, name: '卓听澜', email: '', ...change };
    const { error } = await expectCall<Failure>(portal, 422, PATH, { cookie, json });
    expect(Object.keys(error.fields)).toEqual([field]);
  });

  test('tells what is missing in the order of the form', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const json = { startsOn: '', role: '', bodyCode: '', email: 'zhuo@', name: '' };
    const { error } = await expectCall<Failure>(portal, 422, PATH, { cookie, json });
    expect(Object.keys(error.fields)).toEqual(['name', 'email', 'bodyCode', 'role', 'startsOn']);
  });

  test('nobody gives themselves a post, ends their own or resets themselves', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const id = await personIdOf(portal, 'security');
    const own = (await listStaffBy(portal, cookie)).get('缪安澜')?.posts[0]?.id;
    const triage = { bodyCode: DEMO_BODIES.bureau, role: 'triage_officer', startsOn: TODAY };
    for (const [path, json] of [
      ['/posts', triage],
      [`/posts/${own}/end`, { endsOn: TODAY }],
      ['/disable', {}],
      ['/invitation', {}],
    ] as const) {
      const answer = await portal.call(`${PATH}/${id}${path}`, { cookie, json });
      const { error } = (await answer.json()) as Failure;
      expect({ path, code: error.code }).toEqual({ path, code: 'own-approval' });
    }
    expect((await portal.actorOf('security')).posts).toHaveLength(1);
  });

  test.each([
    ['auditor', 'triage_officer'],
    ['sysadmin', 'publisher'],
    ['triage', 'security_admin'],
    ['auditor', 'sysadmin'],
  ])('%s cannot be made %s as well', async (login, role) => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const path = `${PATH}/${await personIdOf(portal, login)}/posts`;
    const json = { bodyCode: DEMO_BODIES.bureau, role, startsOn: TODAY };
    const { error } = await expectCall<Failure>(portal, 422, path, { cookie, json });
    expect(error.fields['role']).toContain('不能由同一人担任');
  });

  test('a post is ended from today on, and its holder’s rights with it', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const id = await personIdOf(portal, 'handler');
    const post = (await listStaffBy(portal, cookie)).get('柯以宁')?.posts[0]?.id;
    const path = `${PATH}/${id}/posts/${post}/end`;
    await expectCall(portal, 422, path, { cookie, json: { endsOn: '2026-11-19' } });
    const worker = await portal.signIn('handler');
    await expectCall(portal, 200, '/api/staff/leads', { cookie: worker });
    await expectCall(portal, 204, path, { cookie, json: { endsOn: TODAY } });
    await expectCall(portal, 403, '/api/staff/leads', { cookie: worker });
    await expectCall(portal, 409, path, { cookie, json: { endsOn: TODAY } });
  });

  test('a disabled account’s session ends at once, and its link opens nothing', async () => {
    await using portal = await createPortal();
    const cookie = await portal.signIn('security');
    const worker = await portal.signIn('handler');
    const id = await personIdOf(portal, 'handler');
    const { token, code } = await inviteTo(portal, cookie, id);
    await expectCall(portal, 204, `${PATH}/${id}/disable`, { cookie, json: {} });
    await expectCall(portal, 401, '/api/staff/session', { cookie: worker });
    await expectCall(portal, 404, '/api/staff/invitations/open', { json: { token, code } });
    await expectCall(portal, 409, `${PATH}/${id}/disable`, { cookie, json: {} });
  });

  test('somebody with a post elsewhere keeps their account out of this administrator’s hands', async () => {
    await using portal = await createPortal();
    const { db } = portal.context;
    const cookie = await portal.signIn('security');
    const personId = await personIdOf(portal, 'handler');
    const post = { bodyCode: DEMO_BODIES.discipline, role: 'discipline_liaison', endsOn: null };
    await db.transaction(async (tx) => {
      await tx.insert(tx.t.post).values({ ...post, id: 'd', personId, startsOn: TODAY });
    });
    const staff = await listStaffBy(portal, cookie);
    expect(staff.get('柯以宁')).toMatchObject({ mayChange: false });
    expect(staff.get('柯以宁')?.posts).toHaveLength(1);
    const path = `${PATH}/${personId}`;
    await expectCall(portal, 403, `${path}/invitation`, { cookie, json: {} });
    await expectCall(portal, 403, `${path}/disable`, { cookie, json: {} });
  });
});
