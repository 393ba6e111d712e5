import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';
import type { Stager } from './stager.ts';

const MOST_FINDINGS = 100;
const MOST_WARNINGS = 1000;

/**
 * Puts through the leak gate what of the public data has not been, as the lists and pages have, and adds what was
 * found in those that stay. Answers the warnings; throws PublicationRefused where something must not go live, or
 * where the gate cannot fail, and an error where it has not seen a byte of what goes live.
 */
export async function judgeStaged(
  stager: Stager,
  data: Iterable<string>,
  goingLive: readonly string[],
  ofStanding: readonly Finding[],
): Promise<Finding[]> {
  const { judged } = stager;
  for (const where of data) if (!judged.has(where)) await stager.add({ kind: 'data', where });
  await stager.finish();
  const findings = [...stager.findings, ...ofStanding];
  const refused = findings.filter((finding) => finding.severity === 'refused');
  if (refused.length > 0) throw new PublicationRefused(refused.slice(0, MOST_FINDINGS));
  const unseen = goingLive.find((where) => !judged.has(where));
  if (unseen !== undefined) throw new Error(`${unseen} has not been through the leak gate`);
  return findings.slice(0, MOST_WARNINGS);
}
