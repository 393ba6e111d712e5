import { normaliseName } from './recusal.ts';

/** Full names have two symbols at least; of longer ones every run of four is looked for. */
const SHORTEST = 2;
const LONGEST = 4;

/**
 * Runs of symbols in what was typed as an accused's name, in which the names of staff may stand (民政所张三).
 * None where it is too short to hold another name.
 */
export function partsOfTyped(typed: string): string[] {
  const symbols = [...normaliseName(typed)];
  if (symbols.length <= SHORTEST) return [];
  const parts = new Set<string>();
  for (let length = SHORTEST; length <= LONGEST; length += 1) {
    for (const run of runsOf(symbols, length)) parts.add(run);
  }
  return [...parts];
}

/** What all must stand among the parts of a typed text that has this name in it; none where it never counts. */
export function partsOfName(name: string): string[] {
  const symbols = [...normaliseName(name)];
  if (symbols.length < SHORTEST) return [];
  return runsOf(symbols, Math.min(symbols.length, LONGEST));
}

function runsOf(symbols: string[], length: number): string[] {
  const starts = Array.from({ length: Math.max(0, symbols.length - length + 1) }, (_, at) => at);
  return starts.map((at) => symbols.slice(at, at + length).join(''));
}
