import { setImmediate as giveWay } from 'node:timers/promises';
import type { pinyin } from 'pinyin-pro';
import { listOwnReadings } from '#rules/place-readings.ts';

/** Names hardly change between publications. */
const known = new Map<string, readonly [string, string][]>();
const MOST_KNOWN = 20_000;
/** Names read before requests have their turn. */
const AT_ONCE = 100;

/** Every Han character of some names with its readings in pinyin, as `/search.json` carries them. */
export async function readNames(names: readonly string[]): Promise<Record<string, string>> {
  // The dictionary is large and is needed when names change only.
  const unknown = names.some((name) => !known.has(name));
  if (unknown) await giveWay();
  const dictionary = unknown ? (await import('pinyin-pro')).pinyin : null;
  const readings = new Map<string, Set<string>>();
  for (const [index, name] of names.entries()) {
    if (dictionary && index % AT_ONCE === 0) await giveWay();
    for (const [character, reading] of known.get(name) ?? readName(name, dictionary)) {
      const made = readings.get(character);
      if (made) made.add(reading);
      else readings.set(character, new Set([reading]));
    }
  }
  const sorted = [...readings].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([character, all]) => [character, [...all].join(' ')]));
}

type Dictionary = typeof pinyin;

function readName(name: string, dictionary: Dictionary | null): readonly [string, string][] {
  const found = dictionary ? listDictionaryReadings(name, dictionary) : [];
  const made = [...found, ...listOwnReadings(name)];
  if (known.size < MOST_KNOWN) known.set(name, made);
  return made;
}

/** In the context of the whole name: 重庆路 is not read like 重量. */
function listDictionaryReadings(name: string, dictionary: Dictionary): [string, string][] {
  const all = dictionary(name, { toneType: 'none', type: 'all', v: true });
  return all.flatMap(({ origin, pinyin: reading, isZh }): [string, string][] =>
    isZh && /^[a-z]+$/.test(reading) ? [[origin, reading]] : [],
  );
}
