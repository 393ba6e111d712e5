import { expect, test } from 'vitest';
import { sealAccount } from '#services/accounts.ts';
import { checkCredentials } from '#services/sign-in.ts';
import { createPortal } from '#support/fresh-portal.ts';

test('a login that does not exist takes the time of one that does, with either part wrong', async () => {
  await using portal = await createPortal();
  const { secrets } = portal.context;
  const now = portal.context.now();
  const { login, password, totpSecret } = portal.accountOf('triage');
  // Sealed anew, for the accounts of the template are quicker than those in use.
  const account = await sealAccount(secrets, { login, password, totpSecret, personId: 'person' });
  const wrong = { password: 'not-the-passphrase', totp: '000000' };
  const attempts = {
    unknown: () => checkCredentials(secrets, now, wrong, null),
    wrongPassphrase: () => checkCredentials(secrets, now, wrong, account),
    wrongCode: () => checkCredentials(secrets, now, { ...wrong, password }, account),
  };
  // The quickest of tries that take turns: what else the machine does only ever adds to them.
  const best = { unknown: Infinity, wrongPassphrase: Infinity, wrongCode: Infinity };
  for (let each = 0; each < 20; each += 1) {
    for (const [name, attempt] of Object.entries(attempts)) {
      const start = performance.now();
      await attempt();
      const key = name as keyof typeof best;
      best[key] = Math.min(best[key], performance.now() - start);
    }
  }
  expect(best.unknown / best.wrongPassphrase).toBeGreaterThan(0.6);
  expect(best.unknown / best.wrongPassphrase).toBeLessThan(1.7);
  expect(best.unknown / best.wrongCode).toBeGreaterThan(0.6);
  expect(best.unknown / best.wrongCode).toBeLessThan(1.7);
});
