import type { MessageRow } from '#db/queries/complaints.ts';
import { openForReporter } from './follow-up-code.ts';

/** Whether what staff asked last has no answer yet. */
export function hasOpenQuestion(rows: MessageRow[]): boolean {
  const asked = rows.findLastIndex((row) => row.kind === 'question');
  return asked >= 0 && !rows.slice(asked).some((row) => row.kind === 'answer');
}

/** Whether the reporter's last words are these: a double click, a reload. */
export async function isRepeated(
  last: MessageRow | undefined,
  identities: string[],
  text: string,
): Promise<boolean> {
  if (last?.kind !== 'answer' && last?.kind !== 'supplement') return false;
  return (await openForReporter(identities, last.sealed)) === text;
}
