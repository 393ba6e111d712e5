import type { State } from './lifecycle-states.ts';

/** What of a lead's end stands in clear, for counting. */
export type LeadCounts = {
  finding?: string | null;
  concludedOn?: string | null;
  closedOn?: string | null;
};

/** What coming into a state writes or takes back; the other states leave it as it is. */
const COUNTED: Partial<Record<State, (day: string, finding: string | null) => LeadCounts>> = {
  CONCLUDED: (concludedOn, finding) => ({ concludedOn, finding, closedOn: null }),
  CLOSED: (closedOn) => ({ closedOn }),
  TERMINATED: (closedOn) => ({ closedOn }),
  REVIEW: () => ({ closedOn: null }),
  INVESTIGATING: () => ({ finding: null, concludedOn: null, closedOn: null }),
};

/** The columns that a change of state sets; none for a sealed lead. */
export function countsOnEntry(
  change: { from: string; to: State; sealed: boolean },
  day: string,
  finding: string | null,
): LeadCounts {
  if (change.sealed || change.from === change.to) return {};
  return COUNTED[change.to]?.(day, finding) ?? {};
}
