import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader, Tx } from './store.ts';

/** By connection: transactions share the one that writes, and all know its tables. */
const statements = new WeakMap<object, Map<string, unknown>>();

/**
 * A statement with placeholders, built once for each connection: building one costs more than running it. For
 * what every complaint does; `name` is the statement's own.
 */
export function prepareOnce<T>(db: Reader, name: string, build: () => T): T {
  const connection = db.recall ? db : db.t;
  const known = statements.get(connection) ?? new Map<string, unknown>();
  statements.set(connection, known);
  const statement = (known.get(name) as T | undefined) ?? build();
  known.set(name, statement);
  return statement;
}

/** Inserts rows one by one, all with the same statement. */
export async function insertRows<T extends SQLiteTable>(
  tx: Tx,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  if (rows.length === 0) return;
  // Asked for each time: the transaction notes what it writes to.
  const insert = tx.insert(table);
  const columns = Object.entries(getTableColumns(table));
  const statement = prepareOnce(tx, `insert ${getTableName(table)}`, () => {
    const holders = columns.map(([key]) => [key, sql.placeholder(key)]);
    return insert.values(Object.fromEntries(holders) as T['$inferInsert']).prepare();
  });
  for (const row of rows) {
    const given: Record<string, unknown> = row;
    const values = columns.map(([key, { default: usual }]) => {
      return [key, given[key] === undefined ? (usual ?? null) : given[key]];
    });
    await statement.run(Object.fromEntries(values) as Record<string, unknown>);
  }
}
