import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

const REPORTER = { name: '申小满', contact: '老地方' };
const DAY_MS = 86_400_000;

async function fileFrom(portal: FreshPortal, mode: string, reporter: object | undefined) {
  const { reference } = await fileLead(portal, { ...STALLING, mode, reporter });
  return `/api/staff/leads/${reference}/reporter`;
}

/** The first request that waits, as the one who decides sees it. */
async function readAsked(desk: ReturnType<typeof createDesk>, login: string, path: string) {
  const [, , , , reference = ''] = path.split('/');
  return (await desk.open(login, reference)).reporterRequests.asked;
}

test.each(['CONFIDENTIAL', 'ANONYMOUS'])(
  'who complained as %s is opened once, after a second person agreed',
  async (mode) => {
    await using portal = await createPortal();
    const desk = createDesk(portal);
    const reporter = mode === 'ANONYMOUS' ? { contact: '老地方' } : REPORTER;
    const path = await fileFrom(portal, mode, reporter);
    const reason = { reason: '核实一个日期' };
    const waiting = { name: null, contact: null, waiting: true };
    expect(await (await desk.call('triage', path, reason)).json()).toEqual(waiting);
    expect(await (await desk.call('triage', path, reason)).json()).toEqual(waiting);
    const asked = await readAsked(desk, 'section-chief', path);
    expect(asked).toMatchObject([{ personName: '祁思齐', reason: '核实一个日期' }]);
    const decision = `${path}/${asked[0]?.id}`;
    expect((await desk.call('section-chief', decision, { grant: true })).status).toBe(204);
    const [, , , , granted = ''] = path.split('/');
    const { own, ownReason } = (await desk.open('triage', granted)).reporterRequests;
    expect({ own, ownReason }).toEqual({ own: 'granted', ownReason: '核实一个日期' });
    const opened = await (await desk.call('triage', path, reason)).json();
    expect(opened).toMatchObject({ contact: '老地方', waiting: false });
    expect(await (await desk.call('triage', path, reason)).json()).toEqual(waiting);
    const [, , , , reference = ''] = path.split('/');
    const { events } = await desk.open('triage', reference);
    expect(events.map((event) => event.label).slice(-4)).toEqual([
      '申请查看反映人身份',
      '同意查看反映人身份',
      '查看反映人身份',
      '申请查看反映人身份',
    ]);
  },
);

test('nobody agrees to their own request, nor does who may not see the lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const path = await fileFrom(portal, 'CONFIDENTIAL', REPORTER);
  await desk.call('section-chief', path, { reason: '核实一个日期' });
  const [request] = await readAsked(desk, 'leader', path);
  const decision = `${path}/${request?.id}`;
  const statuses = [];
  for (const login of ['section-chief', 'triage', 'handler', 'township-qingshan', 'security']) {
    statuses.push((await desk.call(login, decision, { grant: true })).status);
  }
  expect(statuses).toEqual([403, 403, 404, 404, 404]);
  expect(await readAsked(desk, 'section-chief', path)).toEqual([]);
  expect((await desk.call('leader', `${path}/unknown`, { grant: true })).status).toBe(404);
});

test('what was refused opens nothing, and is decided once', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const path = await fileFrom(portal, 'CONFIDENTIAL', REPORTER);
  await desk.call('triage', path, { reason: '好奇是谁' });
  const [request] = await readAsked(desk, 'leader', path);
  const decision = `${path}/${request?.id}`;
  expect((await desk.call('leader', decision, { grant: false })).status).toBe(204);
  expect((await desk.call('section-chief', decision, { grant: true })).status).toBe(409);
  const again = await desk.call('triage', path, { reason: '核实一个日期' });
  expect(await again.json()).toMatchObject({ waiting: true });
});

test('an agreement is of use for a week', async () => {
  await using portal = await createPortal();
  const path = await fileFrom(portal, 'CONFIDENTIAL', REPORTER);
  const desk = createDesk(portal);
  await desk.call('triage', path, { reason: '核实一个日期' });
  const [request] = await readAsked(desk, 'leader', path);
  await desk.call('leader', `${path}/${request?.id}`, { grant: true });
  portal.advance(8 * DAY_MS);
  const late = await createDesk(portal).call('triage', path, { reason: '核实一个日期' });
  expect(await late.json()).toMatchObject({ waiting: true });
});

test('who gave their name openly, or left nothing at all, needs no second person', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const named = await fileFrom(portal, 'NAMED', REPORTER);
  const opened = await desk.call('triage', named, { reason: '电话核实实名' });
  expect(await opened.json()).toEqual({ ...REPORTER, waiting: false });
  const nobody = await fileFrom(portal, 'ANONYMOUS', undefined);
  const nothing = await desk.call('triage', nobody, { reason: '看有没有留下电话' });
  expect(await nothing.json()).toEqual({ name: null, contact: null, waiting: false });
});
