import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Recall } from './memory.ts';
import type { Schema } from './schema.ts';

type Builder = BaseSQLiteDatabase<'async', unknown>;

/** Reads: what the SQL-like builders of the dialects have in common, and the tables as `t`. */
export type Reader = Pick<Builder, 'select' | 'selectDistinct' | '$with' | 'with' | '$count'> & {
  t: Schema;
  /** Of the store, not of a transaction, which has to see what it writes itself. */
  recall?: Recall;
};

/** Writes exist only inside a transaction. */
export type Tx = Reader & Pick<Builder, 'insert' | 'update' | 'delete'>;

/**
 * The store. `transaction` commits when `work` resolves and rolls back when it throws; it is refused
 * inside another one. Reads outside a transaction see the last commit.
 */
export type Store = Reader & {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Copies the whole database, consistent, into a new file while the server runs. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * What `read` answers, remembered under its name until one of its tables is written to, by whichever process.
 * For what every complaint asks and hardly ever changes: staff, bodies, keys, places. The name holds all that
 * the answer depends on; the rows are frozen.
 */
export function recall<T>(
  db: Reader,
  name: string,
  tables: readonly object[],
  read: () => Promise<T>,
): Promise<T> {
  return db.recall ? db.recall(name, tables, read) : read();
}
