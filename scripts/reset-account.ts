import { parseArgs } from 'node:util';
import { showInvitationCode } from '#rules/invitation.ts';
import { openSecrets } from '#services/portal-secrets.ts';
import { offerOperatorReset } from '#services/operator-reset.ts';
import { runOnPortal } from './run-on-portal.ts';

/**
 * `npm run reset-account -- --login LOGIN`: when the only administrator of accounts has lost passphrase or
 * phone, a link and a code to set new ones. The old ones stay good until it is used.
 */
const USAGE = `npm run reset-account -- --login LOGIN
  --login  安全管理员的账号；其他人员由安全管理员重设`;

await runOnPortal(async ({ config, db }) => {
  const { values } = parseArgs({ options: { login: { type: 'string' } } });
  if (!values.login) throw new Error(USAGE);
  const portal = { db, config, secrets: openSecrets(config), now: Date.now };
  const { token, code } = await offerOperatorReset(portal, values.login);
  const base = config.publicUrl ?? `http://localhost:${config.port}`;
  console.log(`链接：${base}/staff/invitation/?t=${token}`);
  console.log(`验证码：${showInvitationCode(code)}`);
  console.log('72小时内有效，只能用一次，验证码错5次即作废。已记入操作日志。');
  console.log('链接和验证码分两种方式交给本人；本人设好之前，原来的口令照常可用。');
});
