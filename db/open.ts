import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { toStoreError } from './errors.ts';
import { sqliteKit } from './kit.ts';
import { createMemory } from './memory.ts';
import { defineSchema } from './schema.ts';
import type { Schema } from './schema.ts';
import type { Store, Tx } from './store.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Transactions that are enough to begin with; who waits for more makes them wait. */
const ENOUGH_TOGETHER = 32;
const insideTransaction = new AsyncLocalStorage<true>();

type Waiting = {
  work: (tx: Tx) => Promise<unknown>;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/**
 * Opens (and migrates) the SQLite store. One connection writes, behind a queue; a second, read-only one
 * answers everything else. Transactions that wait for the disk together are committed together, each with a
 * savepoint of its own; none is answered before. `synchronous: 'OFF'` is for tests only.
 */
export function openStore(file: string, options: { synchronous?: 'FULL' | 'OFF' } = {}): Store {
  const t = defineSchema(sqliteKit);
  const pragmas = ['journal_mode=WAL', `synchronous=${options.synchronous ?? 'FULL'}`];
  // What a savepoint or a sort puts aside stays out of the machine's folder of temporary files.
  pragmas.push('foreign_keys=ON', 'secure_delete=ON', 'busy_timeout=5000', 'temp_store=MEMORY');
  const writing = openFile(file, pragmas);
  const writer = drizzle(writing);
  migrate(writer, { migrationsFolder: MIGRATIONS });
  const reading = new Database(file, { readonly: true });
  for (const connection of [writing, reading]) rememberStatements(connection);
  const tell = (command: string) => void writing.prepare(command).run();
  // It changes with what others commit, not with what this connection does.
  const dataVersion = writing.prepare('PRAGMA data_version').pluck();
  const memory = createMemory(() => dataVersion.get() as number);
  const waiting: Waiting[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (insideTransaction.getStore()) {
      throw new Error('a transaction is already open here: pass tx along');
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    waiting.push({ work, resolve: resolve as Waiting['resolve'], reject });
    // Whoever comes until it begins goes with the first that waits.
    if (waiting.length === 1) last = last.then(commitWaiting);
    return promise;
  }

  async function commitWaiting() {
    // As long as every turn brings more: the disk takes as long for many as for one.
    let known = 0;
    while (known < waiting.length && known < ENOUGH_TOGETHER) {
      known = waiting.length;
      await setImmediate();
    }
    const group = waiting.splice(0);
    const answers: (() => void)[] = [];
    const written = new Set<object>();
    try {
      tell('BEGIN IMMEDIATE');
      for (const one of group) answers.push(await runOne(one, group.length > 1, written));
      tell('COMMIT');
      memory.noteWrites(written);
    } catch (error) {
      if (writing.inTransaction) tell('ROLLBACK');
      for (const { reject } of group) reject(toStoreError(error));
      return;
    }
    for (const answer of answers) answer();
  }

  /** Throws where the whole group is lost with this one. */
  async function runOne(
    { work, resolve, reject }: Waiting,
    isShared: boolean,
    written: Set<object>,
  ) {
    if (isShared) tell('SAVEPOINT one');
    try {
      const result = await runScoped(writer, t, written, work);
      if (isShared) tell('RELEASE one');
      return () => resolve(result);
    } catch (error) {
      // A full disk ends the transaction for all.
      if (!isShared || !writing.inTransaction) throw error;
      tell('ROLLBACK TO one');
      tell('RELEASE one');
      return () => reject(toStoreError(error));
    }
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
  const { recall } = memory;
  const own = { t, recall, transaction, backup, close };
  return Object.assign(Object.create(reader) as object, own) as Store;
}

/** More than there are queries; a list of any length is a query of its own. */
const MOST_STATEMENTS = 500;

/** Parsing a query costs about as much as running it. The oldest gives way. */
function rememberStatements(database: Database.Database): void {
  const prepare = database.prepare.bind(database);
  const known = new Map<string, Database.Statement>();
  function prepareOnce(source: string) {
    const found = known.get(source);
    if (found) return found;
    const [oldest] = known.keys();
    if (known.size >= MOST_STATEMENTS && oldest !== undefined) known.delete(oldest);
    const statement = prepare(source);
    known.set(source, statement);
    return statement;
  }
  database.prepare = prepareOnce as typeof database.prepare;
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

/** What names the table it writes to. */
const WRITES: readonly PropertyKey[] = ['insert', 'update', 'delete'];

/**
 * Runs `work` with a handle that refuses to be used once the transaction has ended, and notes the tables it
 * writes to.
 */
async function runScoped<T>(
  writer: object,
  t: Schema,
  written: Set<object>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { proxy, revoke } = Proxy.revocable(writer, {
    get(target, key) {
      if (key === 't') return t;
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (!WRITES.includes(key)) return value.bind(target);
      return (table: object): unknown => {
        written.add(table);
        return value.call(target, table);
      };
    },
  });
  try {
    return await insideTransaction.run(true, () => work(proxy as Tx));
  } finally {
    revoke();
  }
}
