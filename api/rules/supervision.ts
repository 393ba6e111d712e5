import type { ESCALATIONS } from './vocabulary-handling.ts';
import type { ProblemCode, Source } from './vocabulary.ts';

/** When special supervision is suggested to a person; nothing is supervised by itself. */

export type SuggestionFacts = {
  major: boolean;
  source: Source | null;
  problemTypes: readonly ProblemCode[];
  repeats: number;
  /** Leads of the same township in the last days that the person asking may see. */
  recentAround: number;
};

export const HOT_SPOT = { days: 90, leads: 10 };
const MANY_REPEATS = 3;

type SuggestionRow = {
  kind: keyof typeof ESCALATIONS;
  because: string;
  applies: (facts: SuggestionFacts) => boolean;
};

/** The strictest first. */
const SUGGESTIONS: readonly SuggestionRow[] = [
  { kind: 'SPECIAL', because: '重大问题线索', applies: ({ major }) => major },
  { kind: 'SPECIAL', because: '媒体曝光', applies: ({ source }) => source === 'MEDIA' },
  { kind: 'SPECIAL', because: '领导批示', applies: ({ source }) => source === 'LEADER' },
  {
    kind: 'SPECIAL',
    because: '反映打击报复举报人',
    applies: ({ problemTypes }) => problemTypes.includes('RETAL'),
  },
  {
    kind: 'KEY',
    because: `重复反映${MANY_REPEATS}次以上`,
    applies: ({ repeats }) => repeats >= MANY_REPEATS,
  },
  {
    kind: 'DIRECT',
    because: `本乡镇近${HOT_SPOT.days}天反映${HOT_SPOT.leads}件以上`,
    applies: ({ recentAround }) => recentAround >= HOT_SPOT.leads,
  },
];

/** The kind that is suggested, with every reason for it; null where there is none. */
export function suggestSupervision(
  facts: SuggestionFacts,
): { kind: SuggestionRow['kind']; because: string[] } | null {
  const rows = SUGGESTIONS.filter((row) => row.applies(facts));
  const [first] = rows;
  return first ? { kind: first.kind, because: rows.map((row) => row.because) } : null;
}
