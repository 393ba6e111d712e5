import { createHash } from 'node:crypto';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listKnownSameness } from '#db/queries/backlog.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listCurrentPlaces } from '#db/queries/places.ts';
import { BACKLOG_LABELS, NEEDED_COLUMNS } from '#rules/backlog-columns.ts';
import { readBacklogRow } from '#rules/backlog-row.ts';
import type { BacklogContext, BacklogProblem, BacklogRow } from '#rules/backlog-row.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import { indexPlaces } from '#rules/place-names.ts';
import { PROBLEM_TYPES, SOURCES, SUBJECT_ROLES } from '#rules/vocabulary.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { openBacklog } from '#spreadsheets/open-backlog.ts';
import type { BacklogSheet } from '#spreadsheets/read-backlog.ts';

export type BacklogFile = { bytes: Uint8Array; name: string };

type PreviewedProblem = Pick<BacklogProblem, 'kind' | 'words'> & {
  sheet: string;
  line: number;
  /** Letters of the column; null where the file has no such column. */
  column: string | null;
};

export type BacklogPreview = {
  /** Cases in the file. */
  total: number;
  errors: number;
  problems: PreviewedProblem[];
  /** Headers that were not recognised and are left out. */
  unknown: string[];
  /** The first cases, as they were understood. */
  items: {
    line: number;
    receivedOn: string;
    source: string;
    place: string;
    problems: string;
    accused: string;
    state: string;
  }[];
  /** Confirms exactly this file. */
  token: string;
};

const SHOWN_ITEMS = 20;
const SHOWN_PROBLEMS = 200;

/** An old ledger, read and judged row by row; nothing of it is stored. Throws `file-refused`. */
export async function readBacklogFile(context: Context, file: BacklogFile) {
  const { db, secrets, now } = context;
  const sheet = await open(file);
  const today = civilDateOf(now());
  const places = indexPlaces(await listCurrentPlaces(db));
  const surroundings = { places, bodies: await listBodiesOn(db, today), today };
  const judged = judgeLines(secrets, sheet, surroundings);
  const rows = judged.rows;
  const known = await listKnownSameness(
    db,
    rows.map((row) => row.sameness),
  );
  const again = findAgain(rows, known);
  const problems = [...missingColumns(sheet), ...judged.problems, ...again].toSorted(
    (one, other) => one.line - other.line,
  );
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileHash = secrets.mac('sameness', 'backlog-file', sha256).mac;
  return {
    fileHash,
    rows,
    total: sheet.lines.length,
    errors: problems.filter((problem) => problem.kind === 'error').length,
    problems: problems.slice(0, SHOWN_PROBLEMS),
    unknown: sheet.unknown,
    items: rows.slice(0, SHOWN_ITEMS).map(({ row, line }) => describeRow(row, line, surroundings)),
    token: fileHash,
  };
}

async function open({ bytes, name }: BacklogFile): Promise<BacklogSheet> {
  try {
    return await openBacklog({ bytes, fileName: name });
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    throw new CodedError('file-refused', { file: error.message }, error.message);
  }
}

type JudgedRow = { row: BacklogRow; sheet: string; line: number; sameness: string };

function judgeLines(secrets: Secrets, sheet: BacklogSheet, surroundings: BacklogContext) {
  const rows: JudgedRow[] = [];
  const problems: PreviewedProblem[] = [];
  for (const { sheet: name, line, cells } of sheet.lines) {
    const read = readBacklogRow(cells, surroundings);
    for (const { kind, column, words } of read.problems) {
      problems.push({ kind, words, sheet: name, line, column: sheet.letters[column] ?? null });
    }
    if (!read.row) continue;
    const { receivedOn, placeCode, text, facts } = read.row;
    const said = [facts['reference'] ?? '', receivedOn, placeCode, text];
    const { mac: sameness } = secrets.mac('sameness', 'backlog-row', ...said);
    rows.push({ row: read.row, sheet: name, line, sameness });
  }
  return { rows, problems };
}

/** A case that was taken in from another file, or stands twice in this one. */
function findAgain(rows: JudgedRow[], known: ReadonlySet<string>): PreviewedProblem[] {
  const seen = new Set<string>();
  return rows.flatMap(({ sheet, line, sameness }) => {
    const words = known.has(sameness) ? '以前已经录入' : seen.has(sameness) ? '与前面一行相同' : '';
    seen.add(sameness);
    return words ? [{ kind: 'error' as const, words, sheet, line, column: null }] : [];
  });
}

function missingColumns({ letters, lines }: BacklogSheet): PreviewedProblem[] {
  const missing = NEEDED_COLUMNS.filter((column) => !(column in letters));
  const { sheet = '' } = lines[0] ?? {};
  return missing.map((column) => {
    const words = `表头里没有“${BACKLOG_LABELS[column]}”这一栏`;
    return { kind: 'error', words, sheet, line: 0, column: null };
  });
}

function describeRow(row: BacklogRow, line: number, { places, bodies }: BacklogContext) {
  const place = places.byCode.get(row.placeCode);
  const town = place?.level === 'village' ? places.byCode.get(place.parentCode ?? '') : null;
  const accused = row.subjects.map(({ role, bodyCode }) => {
    const body = bodies.find(({ code }) => code === bodyCode);
    return `${SUBJECT_ROLES[role]}${body ? `（${body.name}）` : ''}`;
  });
  return {
    line,
    receivedOn: row.receivedOn,
    source: SOURCES[row.source],
    place: `${town?.name ?? ''}${place?.name ?? ''}`,
    problems: row.problemTypes.map((code) => PROBLEM_TYPES[code].label).join('、'),
    accused: accused.join('、') || '无',
    state: STATES[row.state].label,
  };
}
