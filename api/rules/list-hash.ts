import type { ListRow, NoticeRow } from './public-lists.ts';

/**
 * The text whose SHA-256 is a list's batch hash: the salt, then each row as it stands on the page (serial
 * number, masked name, persons, yuan with two decimals, month), parts divided by tabs, lines by line feeds.
 * A row of a notice has no month: its line ends with the tab before it.
 */
export function writeHashedList(
  salt: string,
  rows: readonly (NoticeRow & Partial<Pick<ListRow, 'since'>>)[],
): string {
  const lines = rows.map((row) =>
    [row.no, row.maskedName, row.members, writeYuan(row.amountCents), row.since ?? ''].join('\t'),
  );
  return [salt, ...lines].join('\n');
}

function writeYuan(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
