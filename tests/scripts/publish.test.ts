import { expect, test } from 'vitest';
import { readJobRun } from '#db/queries/job-runs.ts';
import { holdPublishing } from '#publishing/lock.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { runScript } from '#support/run-script.ts';

test('the command publishes, and says with exit 1 why the gate refused', async () => {
  await using county = await openCounty();
  await addList(county, { town: TOWNS[0] });
  const live = await runScript('publish', [], county.config);
  expect(live).toMatchObject({ code: 0, stderr: '' });
  expect(live.stdout).toMatch(/发布编号 \S+/);
  expect(live.stdout).toMatch(/泄露检查 \d+ 毫秒/);
  expect(live.stdout).toMatch(/更新页面 [1-9]\d* 个/);

  await county.db.transaction(async (tx) => {
    const documentNumber = '示民发〔2025〕21号（联系人欧阳晓岚）';
    await tx.update(tx.t.standard).set({ documentNumber });
  });
  const refused = await runScript('publish', [], county.config);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('网站内容没有变化');
  expect(refused.stderr).toContain('/standards/');
  expect(refused.stdout + refused.stderr).not.toContain('欧阳');
});

test('the timer beside a running server waits for its publication and has not failed', async () => {
  await using county = await openCounty({ towns: [TOWNS[0]], villages: 1 });
  const endsAt = Date.now() - 3_600_000;
  county.clock.now = endsAt - 60_000;
  await addList(county, { town: TOWNS[0], notice: { startsAt: county.clock.now, endsAt } }, 1);
  await publish(county.portal);
  const due = () => runScript('publish', ['--due'], county.config);
  const busy = await holdPublishing(county.config.dataDir, due);
  expect(busy).toMatchObject({ code: 0, stderr: '' });
  expect(busy.stdout).toContain('另一次发布正在进行');
  expect(await readJobRun(county.db, 'publish-due')).toMatchObject({ outcome: 'done' });
});
