import type { ListRow } from '#rules/recipient.ts';
import type { ListWarning } from './parse-list.ts';

/** Households of which one person, head or member, already stands in an accepted household before. */
export function findSharedPersons(rows: readonly ListRow[]): ListWarning[] {
  const seen = new Set<string>();
  return rows.flatMap(({ sheet, line, idNumber, memberPersons }) => {
    const ids = new Set([idNumber, ...memberPersons.map((person) => person.idNumber)]);
    const own = [...ids].filter((id) => id !== null);
    const isShared = own.some((id) => seen.has(id));
    for (const id of own) seen.add(id);
    const at = sheet === undefined ? { line } : { sheet, line };
    return isShared ? [{ ...at, reason: 'duplicate-id' as const }] : [];
  });
}
