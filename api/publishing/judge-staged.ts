import { forEachLimited } from './disk.ts';
import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';
import type { Stager } from './stager.ts';

const AT_ONCE = 4;
const MOST_FINDINGS = 100;
const MOST_WARNINGS = 1000;

/**
 * Puts the public data through the leak gate, as the pages have been, and adds what was found in those that
 * stay. Answers the warnings; throws
 * PublicationRefused where something must not go live, or where the gate cannot fail, and an error where it
 * has not seen a byte of what goes live.
 */
export async function judgeStaged(
  stager: Stager,
  data: readonly string[],
  goingLive: readonly string[],
  ofStanding: readonly Finding[],
): Promise<Finding[]> {
  await forEachLimited(data, AT_ONCE, (where) => stager.add({ kind: 'data', where }));
  await stager.finish();
  const { judged } = stager;
  const findings = [...stager.findings, ...ofStanding];
  const refused = findings.filter((finding) => finding.severity === 'refused');
  if (refused.length > 0) throw new PublicationRefused(refused.slice(0, MOST_FINDINGS));
  const unseen = goingLive.find((where) => !judged.has(where));
  if (unseen !== undefined) throw new Error(`${unseen} has not been through the leak gate`);
  return findings.slice(0, MOST_WARNINGS);
}
