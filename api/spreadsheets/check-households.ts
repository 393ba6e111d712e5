import { isImplausible, standardsFor } from '#rules/aid-standard.ts';
import { maskName } from '#rules/masking.ts';
import type { ListRow, RejectionReason, WarningReason, WithheldReason } from '#rules/recipient.ts';
import type { Counted } from './check-totals.ts';
import type { ListContext, ListProblem, ListWarning, SheetReading } from './parse-list.ts';
import { columnOfReason } from './problem-columns.ts';
import type { HouseholdReading } from './read-household.ts';
import { findSharedPersons } from './shared-persons.ts';
import { type PersonsFile, type PersonsOfHousehold, householdKey } from './read-persons.ts';

export type Judgement = {
  rows: ListRow[];
  rejected: ListProblem<RejectionReason>[];
  withheld: ListProblem<WithheldReason>[];
  warnings: ListWarning[];
  /** Per sheet, for the printed totals. */
  counted: Counted[][];
};

/** Looks at the households of all sheets together and decides on each row. */
export function checkHouseholds(
  readings: SheetReading[],
  persons: PersonsFile | null,
  context: ListContext,
): Judgement {
  const judgement: Judgement = {
    rows: [],
    rejected: [],
    withheld: [],
    warnings: [],
    counted: [],
  };
  const firstById = new Map<string, { accepted: boolean }>();
  const households = readings.flatMap((reading) => reading.households);
  const accounts = countBy(households, (household) => household.account);
  for (const reading of readings) {
    const { header } = reading.reader;
    const counted: Counted[] = [];
    const reused = findReusedNumbers(reading.households);
    for (const household of reading.households) {
      const id = 'problem' in household.id ? household.idText : household.id.idNumber;
      const earlier = id === '' ? undefined : firstById.get(id);
      const repeated = earlier !== undefined;
      // The later row waits for a person; where the earlier one was rejected, this one stands.
      const problem = household.problem ?? (earlier?.accepted ? 'duplicate' : null);
      const family = persons?.households.get(householdKey(household.idText));
      const accepted = problem === null ? toRow(household, reading, family, context) : null;
      counted.push({
        line: household.line,
        persons: household.members ?? 0,
        cents: household.cents ?? 0,
        accepted: accepted !== null,
        repeated,
        exited: false,
      });
      if (id !== '' && !earlier?.accepted) firstById.set(id, { accepted: accepted !== null });
      const at = { ...reading.label, line: household.line };
      const reasons: WarningReason[] = [];
      if (repeated && !('problem' in household.id)) reasons.push('duplicate-id');
      if (accepted) {
        judgement.rows.push(accepted);
        reasons.push(...checkNumbers(household, accepted, persons, family));
        reasons.push(...checkAmount(accepted, reading, context));
        if ((accounts.get(household.account) ?? 0) > 1) reasons.push('same-account');
        if (reused.has(household.line)) reasons.push('seq-reused');
        const withheld = accepted.withheldReason;
        if (withheld) {
          const column = household.withheld?.column;
          judgement.withheld.push({
            ...at,
            reason: withheld,
            ...(column === undefined ? {} : { column }),
          });
        }
        for (const each of household.warnings) {
          const column = columnOfReason(header, each.reason);
          judgement.warnings.push({ ...reading.label, ...column, ...each });
        }
      } else if (problem) {
        judgement.rejected.push({ ...at, reason: problem, ...columnOfReason(header, problem) });
      }
      for (const reason of reasons) {
        judgement.warnings.push({ ...at, reason, ...columnOfReason(header, reason) });
      }
    }
    for (const { line } of reading.strays) {
      const reason = 'head-missing';
      const at = { ...reading.label, line, ...columnOfReason(header, reason) };
      judgement.rejected.push({ ...at, reason });
    }
    for (const { line, persons, cents } of reading.exits) {
      counted.push({ line, persons, cents, accepted: false, repeated: false, exited: true });
    }
    judgement.counted.push(counted);
  }
  judgement.warnings.push(...findSharedPersons(judgement.rows));
  judgement.warnings.push(...findStrayPersons(households, persons));
  return judgement;
}

function toRow(
  household: HouseholdReading,
  { label }: SheetReading,
  family: PersonsOfHousehold | undefined,
  context: ListContext,
): ListRow | null {
  const { id, place, members, cents } = household;
  if ('problem' in id || 'problem' in place || members === null || cents === null) return null;
  const withheld = household.withheld?.reason ?? (family?.isProtected ? 'protected' : null);
  return {
    ...label,
    line: household.line,
    placeCode: place.village.code,
    town: place.town.name,
    village: place.village.name,
    fullName: household.name,
    idNumber: id.idNumber,
    maskedName: withheld ? null : maskName(household.name, context.maskStyle),
    aidType: household.aidType,
    members,
    memberPersons: family ? family.others : household.memberPersons,
    amountCents: cents,
    since: household.since,
    ...(withheld ? { withheldReason: withheld } : {}),
  };
}

function checkNumbers(
  household: HouseholdReading,
  row: ListRow,
  persons: PersonsFile | null,
  listed: PersonsOfHousehold | undefined,
): WarningReason[] {
  const { family, memberRowCount } = household;
  if (family === null) return [];
  const warnings: WarningReason[] = row.members > family ? ['insured-exceeds-family'] : [];
  const named = persons ? (listed?.count ?? 0) : memberRowCount > 0 ? 1 + memberRowCount : family;
  if (named !== family) warnings.push('members-differ');
  return warnings;
}

function checkAmount(
  row: ListRow,
  { facts, places }: SheetReading,
  { standards }: ListContext,
): WarningReason[] {
  const amounts = listAmounts(row, { facts, places }, standards);
  // Less than one yuan: the column was meant in 万元.
  if (row.amountCents < 100) return ['amount-implausible'];
  if (amounts.length === 0) return isImplausible(row) ? ['amount-implausible'] : [];
  if (row.amountCents > Math.max(...amounts) * row.members) return ['amount-over-standard'];
  return row.members > 1 && amounts.includes(row.amountCents) ? ['amount-equals-standard'] : [];
}

/** The standards that may be meant; none where none is known for the place and month. */
function listAmounts(
  row: ListRow,
  { facts, places }: Pick<SheetReading, 'facts' | 'places'>,
  standards: ListContext['standards'],
): number[] {
  if (facts.period === null) return [];
  const chain: string[] = [];
  for (let code: string | null = row.placeCode; code !== null && chain.length < 9;) {
    chain.push(code);
    code = places.byCode.get(code)?.parentCode ?? null;
  }
  return standardsFor(standards, chain, {
    ...facts,
    aidType: row.aidType,
    period: facts.period,
  });
}

/** Lines whose serial number an earlier row has; where numbering starts anew, within the village only. */
function findReusedNumbers(households: HouseholdReading[]): Set<number> {
  const restarts = households.filter((household) => household.seq === '1').length > 1;
  const seen = new Set<string>();
  const reused = new Set<number>();
  for (const { seq, place, line } of households) {
    if (seq === '') continue;
    const where = restarts && 'village' in place ? place.village.code : '';
    if (seen.has(`${where} ${seq}`)) reused.add(line);
    seen.add(`${where} ${seq}`);
  }
  return reused;
}

function findStrayPersons(
  households: HouseholdReading[],
  persons: PersonsFile | null,
): ListWarning[] {
  if (!persons) return [];
  const known = new Set(households.map((household) => householdKey(household.idText)));
  return [...persons.households]
    .filter(([key]) => !known.has(key))
    .map(([, { first, isProtected }]) => ({
      ...first,
      reason: isProtected ? 'protected-unlinked' : 'household-missing',
    }));
}

function countBy<T>(items: T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    if (key(item) !== '') counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  }
  return counts;
}
