import * as sqlite from 'drizzle-orm/sqlite-core';

/**
 * The column vocabulary of the schema: text, integer and bytes only, so that another dialect can stand
 * underneath without a change above `db/`.
 */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  text: sqlite.text,
  integer: (name: string) => sqlite.integer(name, { mode: 'number' }),
  bytes: (name: string) => sqlite.blob(name, { mode: 'buffer' }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
};
export type Kit = typeof sqliteKit;
