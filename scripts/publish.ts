import { CodedError } from '#api/errors.ts';
import { STEPS } from '#publishing/attempt-publication.ts';
import type { Step } from '#publishing/attempt-publication.ts';
import { publishWhenDue } from '#publishing/publish-due.ts';
import { publish } from '#publishing/publish.ts';
import type { PublicationResult } from '#publishing/publish.ts';
import { describeFinding } from '#publishing/refusal.ts';
import { openSecrets } from '#services/portal-secrets.ts';
import { recordJobRun } from '#services/job-runs.ts';
import { runOnPortal } from './run-on-portal.ts';

/**
 * `npm run publish`: publishes what is approved. `-- --due` only what time has made due: an
 * interrupted publication, standards that come into force, the day's head of the audit chain.
 */
await runOnPortal(async ({ config, db }) => {
  const portal = { db, config, secrets: openSecrets(config), now: Date.now };
  if (process.argv.includes('--due')) {
    const result = await recordJobRun(portal, 'publish-due', () => publishWhenDue(portal));
    if (result === 'busy') console.log('另一次发布正在进行，到期的内容下一分钟再发布。');
    else if (result) process.exitCode = report(result) ? 0 : 1;
    else console.log('没有到期的内容。');
    return;
  }
  try {
    process.exitCode = report(await publish(portal)) ? 0 : 1;
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Error(`${reason}：网站内容没有变化，或将在下次启动时更新完整。`, { cause: error });
  }
});

/** True where the publication is live. */
function report({ id, status, pagesChanged, steps, findings }: PublicationResult): boolean {
  console.log(`发布编号 ${id}`);
  for (const { step, ms } of steps) console.log(`${STEPS[step as Step]} ${ms} 毫秒`);
  const isLive = status === 'live';
  console.log(isLive ? `更新页面 ${pagesChanged} 个` : '发布被拦下，网站内容没有变化。');
  for (const finding of findings) console.error(describeFinding(finding));
  return isLive;
}
