import { BREAK, closeUp } from './gate-text.ts';

/** Full names, known by their keyed hashes and lengths only. */
export type NameHashes = {
  macs: Pick<ReadonlySet<string>, 'has'>;
  /** In code points. */
  lengths: ReadonlySet<number>;
  macOf: (name: string) => string;
};
export type NameHit = 'full-name' | 'possible-name';

// With the asterisk of a mask: 欧阳* is not the whole name 欧阳.
const RUN = /[\p{Script=Han}·*]+/gu;
const MASK = '*';
/** Windows whose answer is kept; they repeat on every page. */
const KEPT = 200_000;
const SHORTEST_SURE = 3;

/**
 * Looks for full names in values: three characters or more wherever they stand; two as a whole value or
 * between other characters than Han, elsewhere only as a warning (和平 is a name and a village). `known` are
 * names that are published anyway: of places, bodies, contacts.
 */
export function createNameFinder(names: NameHashes, known: readonly string[]) {
  const hitsIn = createRunReader(names, known);

  function judgeRun(run: string): NameHit | null {
    let found: NameHit | null = null;
    for (const { kind } of hitsIn(run)) {
      if (kind === 'full-name') return kind;
      found = kind;
    }
    return found;
  }

  return function findName(values: string): NameHit | null {
    let found: NameHit | null = null;
    // As it stands, and closed up: 张 三丰 is a name too, but 张三 followed by a line break is not 张三丰.
    for (const text of new Set([values, closeUp(values)])) {
      for (const [run] of text.matchAll(RUN)) {
        const hit = judgeRun(run);
        if (hit === 'full-name') return hit;
        found ??= hit;
      }
    }
    return found;
  };
}

/** The same as it stands, each name with where it is in the text. */
export function createNameLocator(names: NameHashes, known: readonly string[]) {
  const hitsIn = createRunReader(names, known);
  return function locateNames(text: string) {
    return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) =>
      [...hitsIn(run)].map(({ kind, at, length }) => {
        const points = Array.from(run);
        const start = index + points.slice(0, at).join('').length;
        return { kind, start, end: start + points.slice(at, at + length).join('').length };
      }),
    );
  };
}

/** The names in a run of Han characters; positions in code points. */
function createRunReader(names: NameHashes, known: readonly string[]) {
  const windows = new Map<string, boolean>();

  function isName(window: string): boolean {
    const kept = windows.get(window);
    if (kept !== undefined) return kept;
    const answer = names.macs.has(names.macOf(window));
    if (windows.size < KEPT) windows.set(window, answer);
    return answer;
  }

  return function* hitsIn(run: string): Generator<{ kind: NameHit; at: number; length: number }> {
    const points = Array.from(run);
    for (const length of names.lengths) {
      for (let at = 0; at + length <= points.length; at += 1) {
        const window = points.slice(at, at + length).join('');
        if (window.includes(MASK) || !isName(window)) continue;
        if (isPartOfKnown(run, window, known)) continue;
        const isSure = length >= SHORTEST_SURE || length === points.length;
        yield { kind: isSure ? 'full-name' : 'possible-name', at, length };
      }
    }
  };
}

/** Whether every place where the name stands in the run lies inside a published name. */
function isPartOfKnown(run: string, window: string, known: readonly string[]): boolean {
  const rest = known
    .filter((name) => name.includes(window) && run.includes(name))
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(name, BREAK), run);
  return !rest.includes(window);
}
