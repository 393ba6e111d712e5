import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { toStoreError } from './errors.ts';
import { sqliteKit } from './kit.ts';
import { defineSchema } from './schema.ts';
import type { Schema } from './schema.ts';
import type { Store, Tx } from './store.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
const insideTransaction = new AsyncLocalStorage<true>();

/**
 * Opens (and migrates) the SQLite store. One connection writes, behind a queue; a second, read-only one
 * answers everything else. `synchronous: 'OFF'` is for tests only.
 */
export function openStore(file: string, options: { synchronous?: 'FULL' | 'OFF' } = {}): Store {
  const t = defineSchema(sqliteKit);
  const pragmas = ['journal_mode=WAL', `synchronous=${options.synchronous ?? 'FULL'}`];
  pragmas.push('foreign_keys=ON', 'secure_delete=ON', 'busy_timeout=5000');
  const writing = openFile(file, pragmas);
  const writer = drizzle(writing);
  migrate(writer, { migrationsFolder: MIGRATIONS });
  const reading = new Database(file, { readonly: true });
  let last: Promise<unknown> = Promise.resolve();

  function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (insideTransaction.getStore()) {
      throw new Error('a transaction is already open here: pass tx along');
    }
    const mine = last.then(async () => {
      writing.exec('BEGIN IMMEDIATE');
      try {
        const result = await runScoped(writer, t, work);
        writing.exec('COMMIT');
        return result;
      } catch (error) {
        if (writing.inTransaction) writing.exec('ROLLBACK');
        throw toStoreError(error);
      }
    });
    last = mine.catch(() => undefined);
    return mine.catch((error: unknown) => {
      throw toStoreError(error);
    });
  }

  async function close() {
    await last;
    reading.close();
    writing.close();
  }

  async function backup(target: string) {
    createPrivately(target);
    await reading.backup(target);
  }

  const reader = drizzle(reading);
  return Object.assign(Object.create(reader) as object, { t, transaction, backup, close }) as Store;
}

function openFile(file: string, pragmas: string[]) {
  try {
    createPrivately(file);
    const database = new Database(file);
    for (const pragma of pragmas) database.pragma(pragma);
    return database;
  } catch (error) {
    // The driver says neither of which file nor what to do.
    const reason = error instanceof Error ? error.message : 'unknown';
    const advice = 'is its folder there and writable for this user, is the disk full?';
    throw new Error(`${file} cannot be opened (${reason}): ${advice}`, { cause: error });
  }
}

/** The folder may be open to a web server's user; WAL and copy get the modes of their database. */
function createPrivately(file: string) {
  // Never where it exists: closing a file a connection has open drops that connection's locks.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/** Runs `work` with a handle that refuses to be used once the transaction has ended. */
async function runScoped<T>(writer: object, t: Schema, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { proxy, revoke } = Proxy.revocable(writer, {
    get(target, key) {
      if (key === 't') return t;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  try {
    return await insideTransaction.run(true, () => work(proxy as Tx));
  } finally {
    revoke();
  }
}
