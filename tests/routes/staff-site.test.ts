import { expect, test } from 'vitest';
import type { z } from 'zod';
import { createPublicReader } from '#publishing/public-reader.ts';
import type { SiteSettings } from '#routes/staff-site.ts';
import { readCaseSettings } from '#services/settings.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { publicFolders, publishHouseholds, publishedBy } from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';

const PATH = '/api/staff/site';
type View = z.infer<typeof SiteSettings>;

async function open(portal: FreshPortal, cookie: string): Promise<View> {
  return (await (await portal.call(PATH, { cookie })).json()) as View;
}

async function save(portal: FreshPortal, cookie: string, over: Partial<View['site']['fields']>) {
  const { site } = await open(portal, cookie);
  const json = { token: site.token, ...site.fields, ...over };
  return portal.call(PATH, { cookie, json });
}

test('what stands in the footer is set by the county and goes live, a police number of 14 digits too', async () => {
  await using portal = await createPortal();
  await publishHouseholds(portal);
  const cookie = await portal.signIn('security');
  const wanted = {
    operatorName: '示范区社会救助服务中心',
    icpNumber: '示ICP备00000001号-1',
    policeNumber: '示公网安备99010102000001号',
    siteCode: '9901010001',
    faultReportUrl: 'https://zfwzzc.www.gov.cn/check_web/errorInfo/example',
  };
  const saved = await publishedBy(portal, () => save(portal, cookie, wanted));
  expect(saved.status).toBe(204);
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  expect(await read('site')).toMatchObject(wanted);
  const [site = ''] = publicFolders(portal);
  expect(findInFolder(site, ['示公网安备99010102000001号'])).not.toEqual([]);
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter(({ action }) => action === 'setting.site')).toHaveLength(1);
});

test.each([
  [{ countyName: ' ' }, 'countyName'],
  [{ bureauName: '' }, 'bureauName'],
  [{ icpNumber: '备案中' }, 'icpNumber'],
  [{ policeNumber: '示公网安备1号' }, 'policeNumber'],
  [{ siteCode: '99' }, 'siteCode'],
  [{ faultReportUrl: 'http://example.cn/' }, 'faultReportUrl'],
  [{}, 'countyName'],
])('what cannot be right is refused at its field: %o', async (wrong, field) => {
  await using portal = await createPortal();
  const refused = await save(portal, await portal.signIn('security'), wrong);
  expect(refused.status).toBe(422);
  const { error } = (await refused.json()) as { error: { fields: object } };
  expect(Object.keys(error.fields)).toEqual([field]);
});

test('of two people who set at once the second is told', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const { site } = await open(portal, cookie);
  const json = { token: site.token, ...site.fields, siteCode: '9901010001' };
  expect((await portal.call(PATH, { cookie, json })).status).toBe(204);
  const late = { ...json, siteCode: '9901010002' };
  expect((await portal.call(PATH, { cookie, json: late })).status).toBe(409);
  expect((await open(portal, cookie)).site.fields.siteCode).toBe('9901010001');
});

test('the days of notices and who confirms are set for lists uploaded from then on', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const { terms } = await open(portal, cookie);
  expect(terms.fields).toMatchObject({ noticeDaysReview: '7', noticeUnit: 'calendar' });
  const wanted = { ...terms.fields, noticeDaysReview: '10', noticeUnit: 'working' };
  const json = { token: terms.token, ...wanted };
  const wrong = { ...json, noticeDaysReview: '0' };
  expect((await portal.call(`${PATH}/terms`, { cookie, json: wrong })).status).toBe(422);
  expect((await portal.call(`${PATH}/terms`, { cookie, json })).status).toBe(204);
  const publisher = await portal.signIn('publisher');
  const options = await portal.call('/api/staff/batches/options', { cookie: publisher });
  expect(await options.json()).toMatchObject({
    notice: { days: { REVIEW_NOTICE: 10 }, unit: 'working' },
  });
});

test('the day cases are due on and how long one stands are set for those handed in from then on', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('security');
  const { terms } = await open(portal, cookie);
  expect(terms.fields).toMatchObject({ caseDueDay: '15', caseMonths: '6' });
  const json = { token: terms.token, ...terms.fields, caseDueDay: '20', caseMonths: '12' };
  for (const wrong of [{ caseDueDay: '31' }, { caseMonths: '5' }]) {
    const refused = await portal.call(`${PATH}/terms`, { cookie, json: { ...json, ...wrong } });
    expect(refused.status).toBe(422);
  }
  expect((await portal.call(`${PATH}/terms`, { cookie, json })).status).toBe(204);
  expect(await readCaseSettings(portal.context.db)).toEqual({ dueDay: 20, months: 12 });
});

test('only who manages the settings of the bureau opens them', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  expect((await portal.call(PATH, { cookie })).status).toBe(403);
  expect((await portal.call(PATH, { cookie, json: {} })).status).toBe(422);
});
