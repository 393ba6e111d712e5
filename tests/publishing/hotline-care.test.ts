import { expect, test } from 'vitest';
import { insertDuties } from '#db/queries/hotline-duty.ts';
import { insertTestCall } from '#db/queries/test-calls.ts';
import type { TestCall } from '#db/queries/test-calls.ts';
import { publish } from '#publishing/publish.ts';
import { publishDue } from '#publishing/publish-due.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { openCounty } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { pageOf } from './live-files.ts';

const DAY_MS = 24 * 3_600_000;

async function recordCall(county: County, change: Partial<TestCall> = {}) {
  const [hotline] = await county.db.select().from(county.db.t.hotline);
  if (!hotline) throw new Error('the county has no hotline');
  const call: TestCall = {
    id: 'call',
    hotlineId: hotline.id,
    phone: hotline.phone,
    calledAt: county.clock.now,
    outcome: 'SERVED',
    seconds: 12,
    inHours: 1,
    verdict: 'good',
    outsideBody: '',
    ownUnit: 0,
    remark: '备注不公布',
    byPersonId: 'person-1',
    byBodyCode: 'bureau',
    recordedAt: county.clock.now,
    status: 'valid',
    correctsId: null,
    reason: '',
    ...change,
  };
  await county.db.transaction((tx) => insertTestCall(tx, call));
  return hotline;
}

test('a test grows old on the page by itself when the thirtieth day has passed', async () => {
  await using county = await openCounty();
  await recordCall(county);
  await publish(county.portal);
  expect(pageOf(county, 'hotlines')).toMatch(/拨测：12秒接通/);
  county.clock.now += 30 * DAY_MS;
  await publishDue(county.portal);
  expect(pageOf(county, 'hotlines')).not.toContain('已超过30天未拨测');
  county.clock.now += DAY_MS;
  expect(await publishDue(county.portal)).toMatchObject({ status: 'live' });
  expect(pageOf(county, 'hotlines')).toContain('已超过30天未拨测');
  expect(await publishDue(county.portal)).toBeNull();
});

test('a test grows old even where publishing stood still over its day', async () => {
  await using county = await openCounty();
  await recordCall(county);
  await publish(county.portal);
  county.clock.now += 45 * DAY_MS;
  await publishDue(county.portal);
  expect(pageOf(county, 'hotlines')).toContain('已超过30天未拨测');
});

test('whoever comes on duty stands on the page from the day on, without anybody publishing', async () => {
  await using county = await openCounty();
  const hotline = await recordCall(county);
  const today = civilDateOf(county.clock.now);
  const common = { hotlineId: hotline.id, hours: '', byPersonId: 'person-1', updatedOn: today };
  await county.db.transaction((tx) =>
    insertDuties(tx, [
      { ...common, id: 'a', fromDate: today, toDate: today, who: '值班一室' },
      {
        ...common,
        id: 'b',
        fromDate: addDays(today, 7),
        toDate: addDays(today, 9),
        who: '值班二室',
      },
    ]),
  );
  await publish(county.portal);
  expect(pageOf(county, 'hotlines')).toContain('值班一室');
  expect(pageOf(county, 'hotlines')).not.toContain('值班二室');
  county.clock.now += 7 * DAY_MS;
  await publishDue(county.portal);
  expect(pageOf(county, 'hotlines')).toContain('值班二室');
  expect(pageOf(county, 'hotlines')).not.toContain('值班一室');
});

test('neither the remark nor who called is published, nor a call that does not count', async () => {
  await using county = await openCounty();
  await recordCall(county, { id: 'old', calledAt: county.clock.now - DAY_MS });
  await recordCall(county, { verdict: 'outside', outcome: 'NO_ANSWER', seconds: null });
  await publish(county.portal);
  const html = pageOf(county, 'hotlines');
  expect(html).toContain('12秒接通');
  expect(html).not.toMatch(/备注不公布|person-1|非接听时间/);
});
