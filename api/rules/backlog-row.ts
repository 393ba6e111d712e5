import { BACKLOG_LABELS } from './backlog-columns.ts';
import { readDates, readState } from './backlog-dates.ts';
import type { Dates, Written, Wrong } from './backlog-dates.ts';
import { readSubjects } from './backlog-subjects.ts';
import type { BacklogSubject } from './backlog-subjects.ts';
import {
  readClass,
  readFinding,
  readMode,
  readProblem,
  readSource,
  readTimes,
  splitCell,
} from './backlog-values.ts';
import { cleanText, isBlankText } from './cell.ts';
import { findTown, findVillage } from './place-names.ts';
import type { PlaceIndex } from './place-names.ts';
import type { State } from './lifecycle-states.ts';
import type { Body } from './subjects.ts';
import { cleanText as cleanWords } from './text.ts';
import { PROBLEM_TYPES } from './vocabulary.ts';
import type { FINDINGS, PetitionClass, ProblemCode, ReporterMode, Source } from './vocabulary.ts';

/** A row of an old ledger as its cells stand, by column. */
export type BacklogCells = Readonly<Record<string, string>>;

export type BacklogRow = {
  receivedOn: string;
  source: Source;
  class: PetitionClass;
  mode: ReporterMode;
  placeCode: string;
  problemTypes: ProblemCode[];
  subjects: BacklogSubject[];
  text: string;
  reporter: { name: string | null; contact: string | null } | null;
  repeats: number;
  isMajor: boolean;
  state: State;
  dueOn: string | null;
  concludedOn: string | null;
  closedOn: string | null;
  finding: keyof typeof FINDINGS | null;
  /** What the ledger prints as it was written, by column. */
  facts: Record<string, string>;
};

/** An error stands in the way; a remark tells how a cell was understood. */
export type BacklogProblem = { kind: 'error' | 'remark'; column: string; words: string };
export type BacklogContext = { places: PlaceIndex; bodies: readonly Body[]; today: string };

/** Printed from the row as it was written; the rest the portal keeps as codes. */
const FACTS = [
  'reference',
  'level',
  'handling',
  'handlingBody',
  'workers',
  'letter',
  'receiver',
  'finding',
  'dispositions',
  'amount',
  'recovered',
  'cleared',
  'admitted',
  'heldToAccount',
  'items',
  'remark',
  'subjectBodies',
];
const LONGEST_TEXT = 10_000;
const LONGEST_FACT = 500;

/**
 * Reads a row of an old ledger. `row` is null where an error stands in the way; whatever may decide who must
 * not know of the case is never guessed.
 */
export function readBacklogRow(
  cells: BacklogCells,
  context: BacklogContext,
): { row: BacklogRow | null; problems: BacklogProblem[] } {
  const problems: BacklogProblem[] = [];
  const wrong = (column: string, words: string) => {
    problems.push({
      kind: 'error',
      column,
      words: `${BACKLOG_LABELS[column] ?? column}：${words}`,
    });
  };
  const note = (column: string, words: string) => {
    problems.push({
      kind: 'remark',
      column,
      words: `${BACKLOG_LABELS[column] ?? column}：${words}`,
    });
  };
  const written = (column: string) => {
    const text = (cells[column] ?? '').trim();
    return isBlankText(cleanText(text)) ? '' : text;
  };
  const dates = readDates(written, context.today, wrong);
  const problemTypes = readProblems(written('problems'), wrong, note);
  const source = readSource(written('source'));
  if (!source) wrong('source', '写明来源，例如来信、来访、来电、网上、信访部门转送');
  const filed = readClass(written('class'));
  if (written('class') && !filed) wrong('class', '写检举控告、申诉求决、意见建议、求助申请或咨询');
  const petition = filed ?? PROBLEM_TYPES[problemTypes[0] ?? 'OTHER'].class;
  const place = readPlace(written, context, wrong);
  const subjects = readSubjects(written, { ...context, petition, place }, wrong);
  const text = cleanWords(written('summary'));
  if (text === '') wrong('summary', '没有写反映的内容');
  if (text.length > LONGEST_TEXT) wrong('summary', `最多${LONGEST_TEXT}个字`);
  const repeats = readTimes(written('repeats'));
  if (repeats === null) wrong('repeats', '写重复的次数，没有重复的写0');
  const ends = readState(written, dates, wrong);
  const finding = readFinding(written('finding'));
  if (written('finding') && !finding) note('finding', '按原文保留，不计入查实数');
  const facts = { ...readFacts(written, wrong), ...factsOf(dates) };
  const isClean = !problems.some((problem) => problem.kind === 'error');
  if (!isClean || !source || !place || !dates.receivedOn || repeats === null || !ends) {
    return { row: null, problems };
  }
  const reporter = { name: written('reporter') || null, contact: written('contact') || null };
  const hasReporter = reporter.name !== null || reporter.contact !== null;
  const row = {
    receivedOn: dates.receivedOn,
    source,
    class: petition,
    mode: readMode(written('mode')) ?? (hasReporter ? 'NAMED' : 'ANONYMOUS'),
    placeCode: place,
    problemTypes,
    subjects,
    text,
    reporter: hasReporter ? reporter : null,
    repeats,
    isMajor: /重大|^是$/.test(cleanText(written('weight'))),
    ...ends,
    dueOn: dates.dueOn,
    concludedOn: dates.concludedOn,
    closedOn: dates.closedOn,
    finding,
    facts,
  } as const satisfies BacklogRow;
  return { row, problems };
}

function readProblems(text: string, wrong: Wrong, note: Wrong): ProblemCode[] {
  const parts = splitCell(text);
  if (parts.length === 0) wrong('problems', '没有填写');
  const codes = parts.map((part) => {
    const code = readProblem(part);
    if (!code) note('problems', '没有这一类，按“其他”录入');
    return code ?? 'OTHER';
  });
  return [...new Set(codes)];
}

function readPlace(written: Written, { places }: BacklogContext, wrong: Wrong): string | null {
  const [townText, villageText] = [written('town'), written('village')];
  const town = townText ? findTown(places, townText) : null;
  if (townText && !town) {
    wrong('town', '区划表里没有这个乡镇（街道）');
    return null;
  }
  if (villageText) {
    const reading = findVillage(places, town, villageText);
    if ('village' in reading && !reading.alias) return reading.village.code;
    wrong('village', '对不上这个乡镇的村（社区），写全称，或留空');
    return null;
  }
  if (!town) wrong('town', '没有填写');
  return town?.code ?? null;
}

/** Days are kept as dates, those of the case beside it too: of a sealed one they stand nowhere else. */
function factsOf({ dueOn, concludedOn, feedbackOn, closedOn }: Dates): Record<string, string> {
  const days = Object.entries({ dueOn, concludedOn, feedbackOn, closedOn });
  const known = days.filter(([, date]) => date !== null);
  return Object.fromEntries(known) as Record<string, string>;
}

function readFacts(written: Written, wrong: Wrong): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const column of FACTS) {
    const text = cleanWords(written(column)).trim();
    if (text.length > LONGEST_FACT) wrong(column, `最多${LONGEST_FACT}个字`);
    if (text) facts[column] = text;
  }
  return facts;
}
