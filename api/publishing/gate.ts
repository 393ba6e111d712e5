import { checkCharacterOf } from '#rules/id-number.ts';
import { createNameFinder } from './gate-names.ts';
import type { NameHashes, NameHit } from './gate-names.ts';
import { sha256 } from './disk.ts';
import { findNumber } from './gate-numbers.ts';
import { createHtmlReader, detach, listJsonValues, normaliseValues } from './gate-text.ts';
import type { Finding } from './refusal.ts';

/** What is published on purpose and therefore no leak. */
export type KnownValues = {
  /** Codes of places and bodies, salts, published phone numbers. */
  numbers: ReadonlySet<string>;
  /** Names of places, bodies, units and contacts. */
  names: readonly string[];
};

/** Invented: a name no list holds, planted among those the gate knows, and an ID number of the invented area 990101. */
export const CANARY_NAME = '丝雀试';
const CANARY_ID = `99010119490101000${checkCharacterOf('99010119490101000')}`;

/**
 * The leak gate: looks at every page and public file about to go live. It knows full names by keyed hashes
 * only, the canary's among them. Findings say where, never who.
 */
export function createGate(names: NameHashes, known: KnownValues) {
  const findName = createNameFinder(names, known.names);

  const listHtmlValues = createHtmlReader();
  const judged = new Map<string, Verdict>();

  /** Labels, masked names and months repeat on every page: each value is judged once. */
  function judge(value: string): Verdict {
    const kept = judged.get(value);
    if (kept) return kept;
    const text = normaliseValues(value);
    const kinds = [findNumber(text, known.numbers), findName(text)];
    const verdict = kinds.filter((kind) => kind !== null);
    if (judged.size < KEPT) judged.set(detach(value), verdict);
    return verdict;
  }

  function inspect(where: string, values: readonly string[], row?: number): Finding[] {
    const kinds = new Set<Verdict[number]>();
    for (const value of values) {
      if (value.length < SHORTEST) continue;
      for (const kind of judge(value)) kinds.add(kind);
    }
    return [...kinds].map((kind) => ({
      kind,
      severity: kind === 'possible-name' ? ('warning' as const) : ('refused' as const),
      where,
      ...(row === undefined ? {} : { row }),
      ...(kind === 'possible-name' ? { value: hashOf(values, kind) } : {}),
    }));
  }

  function hashOf(values: readonly string[], kind: Verdict[number]): string {
    const found = values.filter((value) => judge(value).includes(kind));
    return sha256(JSON.stringify([...new Set(found)].sort())).slice(0, 32);
  }

  function inspectPage(path: string, html: string): Finding[] {
    return inspect(path, listHtmlValues(html));
  }

  /** CSV, cell by cell. */
  function inspectTable(path: string, csv: string): Finding[] {
    return inspect(path, csv.split(/[",\r\n]+/));
  }

  /** A public file; a finding inside a list names its row. */
  function inspectFile(path: string, value: unknown): Finding[] {
    const found = inspect(path, listJsonValues(value));
    if (found.length === 0) return found;
    const exact = listRowsIn(value).flatMap(({ no, row }) =>
      inspect(path, listJsonValues(row), no),
    );
    return exact.length > 0 ? exact : found;
  }

  /** Scripts and styles of the build hold no data; an ID number in them is refused all the same. */
  function inspectAsset(path: string, text: string): Finding[] {
    const isId = findNumber(normaliseValues(text), known.numbers) === 'id-number';
    return isId ? [{ kind: 'id-number', severity: 'refused', where: path }] : [];
  }

  /** Proves, with invented values, that the gate can fail. Throws nothing; an empty list is good. */
  function testItself(): Finding[] {
    const canaries: [string, Finding['kind'], Finding[]][] = [
      [
        'id',
        'id-number',
        inspectPage('', `<td>${CANARY_ID.slice(0, 9)} ${CANARY_ID.slice(9)}</td>`),
      ],
      ['phone', 'mobile-number', inspectFile('', { contact: '199\u200b00000000' })],
      ['account', 'long-number', inspectPage('', '<p title="9999 0000 0000 0000"></p>')],
      [
        'name',
        'full-name',
        inspectPage('', `<li>户主<b>${CANARY_NAME[0]}</b>${CANARY_NAME.slice(1)}</li>`),
      ],
    ];
    return canaries
      .filter(([, kind, findings]) => !findings.some((finding) => finding.kind === kind))
      .map(([name]) => ({
        kind: 'canary-missed',
        severity: 'refused',
        where: '/',
        detail: name,
      }));
  }

  return { inspectPage, inspectTable, inspectFile, inspectAsset, testItself };
}
type Verdict = readonly NonNullable<NameHit | ReturnType<typeof findNumber>>[];
const KEPT = 50_000;
/** No name and no number is a single character. */
const SHORTEST = 2;

function listRowsIn(value: unknown): { no: number; row: unknown }[] {
  type Rows = { rows?: { no: number }[] }[];
  const { lists = [], notices = [] } = value as { lists?: Rows; notices?: Rows };
  return [...lists, ...notices].flatMap((list) =>
    (list.rows ?? []).map((row) => ({ no: row.no, row })),
  );
}
