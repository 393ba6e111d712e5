import { expect, test } from 'vitest';
import { QINGSHAN_LINE, UNANSWERED, openHotlines } from '#support/hotlines.ts';
import { fileLead } from '#support/leads.ts';
import { STALLING } from '#support/complaints.ts';

type Portal = Awaited<ReturnType<typeof openHotlines>>;
async function get(portal: Portal, cookie: string, path: string): Promise<string> {
  const answer = await portal.app.request(path, { headers: { cookie } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return (await answer.text()).replaceAll(/\s+/g, ' ');
}
function send(portal: Portal, cookie: string, path: string, fields: Record<string, string>) {
  return portal.app.request(path, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}
const TEST_PAGE = `/staff/hotlines/test/?hotline=${QINGSHAN_LINE}&phone=0000-8000201`;
const NUMBER = { number: `${QINGSHAN_LINE} 0000-8000201` };
const MOMENT = { calledOn: '2026-11-20', calledAt: '8:45' };

test('a test is recorded by form, without JavaScript, and what was typed stays where it is refused', async () => {
  await using portal = await openHotlines({ pages: true });
  const cookie = await portal.signIn('hotline');
  const typed = { ...NUMBER, ...MOMENT, outcome: 'SERVED', remark: '再听一次' };
  const refused = await send(portal, cookie, TEST_PAGE, typed);
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('href="#seconds"');
  expect(html).toContain('再听一次');
  const done = await send(portal, cookie, TEST_PAGE, { ...typed, seconds: '12' });
  expect(done.headers.get('location')).toBe('/staff/hotlines/?done=good');
  expect(await get(portal, cookie, '/staff/hotlines/?done=good')).toContain('判定为“合格”');
  expect(await portal.numberOf('leader', '0000-8000201')).toMatchObject({ seconds: 12 });
});

test('numbers to test stand with those never tested first, then by the age of the last test', async () => {
  await using portal = await openHotlines({ pages: true });
  for (const phone of ['0000-8000201', '0000-8000202']) {
    const calledOn = phone.endsWith('1') ? '2026-10-09' : '2026-10-12';
    const call = { ...UNANSWERED, phone, calledOn, calledAt: '9:30' };
    expect((await portal.record('hotline', call)).status).toBe(201);
  }
  const html = await get(portal, await portal.signIn('liaison'), '/staff/hotlines/');
  const table = html.slice(html.indexOf('id="to-test"'), html.indexOf('</table>'));
  const numbers = [...table.matchAll(/tel:([\d-]+)/g)].map((match) => match[1]);
  expect(numbers.slice(-2)).toEqual(['0000-8000201', '0000-8000202']);
  expect(numbers).toHaveLength(7);
});

test('the start page tells the superior of a number that is not answered, and the unit of its own', async () => {
  await using portal = await openHotlines({ pages: true });
  await portal.record('hotline', UNANSWERED);
  const start = async (login: string) => get(portal, await portal.signIn(login), '/staff/');
  expect(await start('leader')).toContain('拨测没有通过1个');
  expect(await start('township-qingshan')).toContain('本单位没有通过1个');
  expect(await start('township-yunshui')).not.toContain('没有通过');
});

test('a hotline is changed in two steps, and the second editor sees what the first wrote', async () => {
  await using portal = await openHotlines({ pages: true });
  const cookie = await portal.signIn('publisher');
  const path = `/staff/hotlines/edit/?hotline=${QINGSHAN_LINE}`;
  const fields = {
    revision: '1',
    unit: '青山镇人民政府',
    phone: '0000-8000201',
    secondPhone: '',
    contact: '民政办',
    hours: '每天 8:00-20:00',
    position: '1',
  };
  const preview = await (await send(portal, cookie, path, fields)).text();
  expect(preview).toContain('网站上会是这样');
  const back = await (await send(portal, cookie, path, { ...fields, change: '1' })).text();
  expect(back).toContain('value="民政办"');
  const saved = await send(portal, cookie, path, { ...fields, step: 'save' });
  expect(saved.headers.get('location')).toBe('/staff/hotlines/?done=saved');
  const other = await send(portal, await portal.signIn('hotline'), path, {
    ...fields,
    contact: '党政办',
    step: 'save',
  });
  expect(other.status).toBe(409);
  const html = await other.text();
  expect(html).toContain('别人刚改过这部电话');
  expect(html).toContain('联系：民政办');
  expect(html).toContain('value="党政办"');
  expect(html).toContain('name="revision" value="2"');
});

test('the roster is printed, and only who may arrange it has its forms', async () => {
  await using portal = await openHotlines({ pages: true });
  const path = `/staff/hotlines/duty/?hotline=${QINGSHAN_LINE}&month=2026-11`;
  const editor = await portal.signIn('publisher-qingshan');
  const duty = { fromDate: '2026-11-16', toDate: '2026-11-20', hours: '', who: '值班岗' };
  const bad = await send(portal, editor, path, { ...duty, toDate: '2026-11-10' });
  expect(await bad.text()).toContain('结束日期不能早于开始日期。');
  expect((await send(portal, editor, path, duty)).status).toBe(303);
  const html = await get(portal, await portal.signIn('township-qingshan'), path);
  expect(html).toContain('11月16日至20日');
  expect(html).not.toContain('登记一行');
  const next = path.replace('2026-11', '2026-12');
  expect(await get(portal, editor, next)).toContain('沿用上个月的安排');
});

test('only who may see a lead about a telephone is led from it to the test, which does not name it', async () => {
  await using portal = await openHotlines({ pages: true });
  const { reference } = await fileLead(portal, { ...STALLING, problemTypes: ['PHONE'] });
  const other = await fileLead(portal);
  const cookie = await portal.signIn('section-chief');
  const lead = await get(portal, cookie, `/staff/leads/${reference}/`);
  const href = /href="(\/staff\/hotlines\/test\/[^"]*)"/.exec(lead)?.[1] ?? '';
  expect(href).toMatch(/^\/staff\/hotlines\/test\/\?place=\d{12}$/);
  expect(await get(portal, cookie, `/staff/leads/${other.reference}/`)).not.toContain(
    'hotlines/test',
  );
  const form = await get(portal, cookie, href);
  expect(form).not.toContain(reference);
  await send(portal, cookie, href, { ...NUMBER, ...MOMENT, outcome: 'NO_ANSWER' });
  const { db } = portal.context;
  expect(JSON.stringify(await db.select().from(db.t.testCall))).not.toContain(reference);
  const entry = (await db.select().from(db.t.auditEntry)).find((e) => e.action === 'hotline.test');
  expect(entry).toMatchObject({ subjectKind: 'hotline', subjectId: QINGSHAN_LINE });
});
