import { excludedBodies, isSealed, nextUpward } from './recusal.ts';
import {
  DESTINATIONS,
  MAJOR_ALONGSIDE,
  ROUTING,
  type DestinationKind,
  type RoutingRow,
} from './routing-table.ts';
import { bodyFor, findBody, superiorsOf, type Body, type Subject } from './subjects.ts';
import {
  MATTERS,
  PROBLEM_TYPES,
  type Matter,
  type PetitionClass,
  type ProblemCode,
  type Source,
} from './vocabulary.ts';

/** What routing asks about a lead. */
export type RoutingFacts = {
  class: PetitionClass;
  problemTypes: readonly ProblemCode[];
  subjects: readonly Subject[];
  /** The place and the places it lies in, the nearest first. */
  placePath: readonly string[];
  /** The township has refused already. */
  townshipRefused?: boolean;
  major?: boolean;
};

/** `confirmedBy`: who confirms grants; where the township does, appeals go to the county. */
export type RoutingSettings = { confirmedBy: 'county' | 'township' };

export type Proposal = {
  kind: DestinationKind;
  /** null: no such body is in the portal (12388 is named instead). */
  bodyCode: string | null;
  /** It was lifted because the body it was destined for is excluded. */
  lifted: boolean;
  alongside: string[];
  basis: string[];
  /** The numbers, from 1, of the rows that decided. */
  rows: number[];
};

/** The most severe matter among the problems; no problem known counts as OTHER does. */
export function matterOf(problemTypes: readonly ProblemCode[]): Matter {
  const matters = problemTypes.map((code) => PROBLEM_TYPES[code].matter);
  return MATTERS.find((matter) => matters.some((each) => each === matter)) ?? 'discipline';
}

/** The handling body that a person confirms or changes after reading. */
export function proposeDestination(
  facts: RoutingFacts,
  bodies: readonly Body[],
  settings: RoutingSettings,
  excluded: readonly string[] = excludedBodies(facts.subjects, facts.placePath, bodies),
  table: readonly RoutingRow[] = ROUTING,
): Proposal {
  const rows = rowsFor(facts, settings, table);
  const destined = DESTINATIONS.find((kind) => rows.some((row) => row.to === kind)) ?? 'bureau';
  const winning = rows.filter((row) => row.to === destined);
  const wanted = bodyOfKind(destined, facts.placePath, bodies);
  const bodyCode = lift(wanted, excluded, bodies);
  const alongside = winning.flatMap((row) => row.alongside ?? []);
  return {
    kind: kindOf(bodyCode, wanted, destined, facts.placePath, bodies),
    bodyCode,
    lifted: wanted !== null && bodyCode !== wanted,
    alongside: [...new Set([...alongside, ...(facts.major ? [MAJOR_ALONGSIDE] : [])])],
    basis: [...new Set(winning.map((row) => row.basis))],
    rows: [...new Set(winning.map((row) => table.indexOf(row) + 1))],
  };
}

export type Arrival = {
  /** The desk whose people read it first; null where every body upward is excluded. */
  bodyCode: string | null;
  /** The next body upward that holds a key, so that it can pull the matter up. */
  reserveBodyCode: string | null;
  sealed: boolean;
  excluded: string[];
};

/**
 * Where a complaint arrives: the county's triage desk, or the discipline group's where an accused is of
 * the bureau or leads the county. Never a township.
 */
export function arrivalDesk(
  facts: Pick<RoutingFacts, 'subjects' | 'placePath'>,
  bodies: readonly Body[],
  accusedBodies: readonly string[] = [],
): Arrival {
  const excluded = excludedBodies(facts.subjects, facts.placePath, bodies, accusedBodies);
  const sealed = isSealed(facts.subjects, excluded, bodies);
  const aboveBureau = sealed || facts.subjects.some((subject) => subject.role === 'CIVIL_STAFF');
  const desk = bodyOfKind(aboveBureau ? 'discipline' : 'bureau', facts.placePath, bodies);
  const bodyCode = lift(desk, excluded, bodies);
  const reserveBodyCode = bodyCode === null ? null : nextUpward(bodyCode, excluded, bodies);
  return { bodyCode, reserveBodyCode, sealed, excluded };
}

/** What makes a lead major; each missing figure counts as none. */
export type MajorFacts = {
  problemTypes: readonly ProblemCode[];
  source?: Source;
  amountCents?: number;
  households?: number;
  jointComplainants?: number;
  seriousHarm?: boolean;
  repeats?: number;
};

const MAJOR_LIMITS = { amountCents: 1_000_000, households: 3, complainants: 5, repeats: 3 };

/** Suggested to a person, never acted upon by itself. */
export function isMajor(facts: MajorFacts, limits = MAJOR_LIMITS): boolean {
  return (
    facts.problemTypes.some((code) => 'major' in PROBLEM_TYPES[code]) ||
    (facts.amountCents ?? 0) >= limits.amountCents ||
    (facts.households ?? 0) >= limits.households ||
    (facts.jointComplainants ?? 0) >= limits.complainants ||
    (facts.repeats ?? 0) >= limits.repeats ||
    facts.seriousHarm === true ||
    facts.source === 'MEDIA' ||
    facts.source === 'LEADER'
  );
}

function rowsFor(
  facts: RoutingFacts,
  settings: RoutingSettings,
  table: readonly RoutingRow[],
): RoutingRow[] {
  const matter = matterOf(facts.problemTypes);
  const townshipDecides = settings.confirmedBy === 'township' || facts.townshipRefused === true;
  const accused =
    facts.subjects.length > 0
      ? facts.subjects.map((subject) => subject.role)
      : (['NOBODY'] as const);
  return accused.flatMap(
    (role) =>
      table.find(
        (row) =>
          (row.accused === 'any' || row.accused.includes(role)) &&
          (row.matters === 'any' || row.matters.includes(matter)) &&
          (row.classes?.includes(facts.class) ?? true) &&
          facts.problemTypes.every((code) => row.problems?.includes(code) ?? true) &&
          !(row.unlessTownshipDecides && townshipDecides),
      ) ?? [],
  );
}

function bodyOfKind(
  kind: DestinationKind,
  placePath: readonly string[],
  bodies: readonly Body[],
): string | null {
  const bureau = bodyFor('bureau', placePath, bodies);
  if (kind === 'bureau') return bureau?.code ?? null;
  if (kind === 'township') return (bodyFor('township', placePath, bodies) ?? bureau)?.code ?? null;
  const above = bureau ? superiorsOf(bureau.code, bodies) : [];
  const discipline = above.filter((body) => body.kind === 'discipline');
  return (kind === 'discipline' ? discipline[0] : discipline[1])?.code ?? null;
}

/** Exclusion 3: the body itself, or the next one upward that is not excluded. */
function lift(
  code: string | null,
  excluded: readonly string[],
  bodies: readonly Body[],
): string | null {
  if (code === null || !excluded.includes(code)) return code;
  return nextUpward(code, excluded, bodies);
}

/**
 * The kind of the body it ends with. Where everybody upward is excluded, or the portal knows no
 * discipline body, it belongs above the portal; where a body is only missing, to what it was destined for.
 */
function kindOf(
  bodyCode: string | null,
  wanted: string | null,
  destined: DestinationKind,
  placePath: readonly string[],
  bodies: readonly Body[],
): DestinationKind {
  if (bodyCode === null) {
    return wanted !== null || destined === 'discipline' ? 'superior' : destined;
  }
  const kind = findBody(bodyCode, bodies)?.kind;
  if (kind === 'bureau' || kind === 'township') return kind;
  return bodyCode === bodyOfKind('discipline', placePath, bodies) ? 'discipline' : 'superior';
}
