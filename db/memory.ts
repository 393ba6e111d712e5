/** Reads that give the same answer until one of their tables is written to; see `recall` of a Reader. */
export type Recall = <T>(
  name: string,
  tables: readonly object[],
  read: () => Promise<T>,
) => Promise<T>;

type Kept = { version: string; answer: Promise<unknown> };

/** Some are by place or by body; the oldest gives way. */
const MOST_ANSWERS = 1000;

/**
 * Remembers answers by what has been written. `readVersion` changes whenever another process has written
 * anything; what this one writes is told by `noteWrites`, at once after the commit.
 */
export function createMemory(readVersion: () => number) {
  const kept = new Map<string, Kept>();
  const writes = new Map<object, number>();

  function recall<T>(name: string, tables: readonly object[], read: () => Promise<T>): Promise<T> {
    // Before the read: what is committed meanwhile makes the answer newer than its version, never older.
    const version = [readVersion(), ...tables.map((table) => writes.get(table) ?? 0)].join(' ');
    const found = kept.get(name);
    if (found?.version === version) return found.answer as Promise<T>;
    const answer = read().then(freezeRows);
    kept.delete(name);
    kept.set(name, { version, answer });
    answer.catch(() => kept.delete(name));
    const [oldest] = kept.keys();
    if (kept.size > MOST_ANSWERS && oldest !== undefined) kept.delete(oldest);
    return answer;
  }

  function noteWrites(tables: Iterable<object>): void {
    for (const table of tables) writes.set(table, (writes.get(table) ?? 0) + 1);
  }
  return { recall, noteWrites };
}

/** Whoever asks gets the same rows: nobody may change them. */
function freezeRows<T>(answer: T): T {
  if (Array.isArray(answer)) for (const row of answer) Object.freeze(row);
  return Object.freeze(answer);
}
