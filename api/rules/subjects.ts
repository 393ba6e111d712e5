import type { BodyKind, SubjectRole } from './vocabulary.ts';

/** A body as routing and recusal see it; `superiorCode` is the way upward, null at the top. */
export type Body = {
  code: string;
  name: string;
  kind: BodyKind;
  placeCode: string;
  superiorCode: string | null;
  /** What an ended body was merged into. */
  successorCode?: string | null;
};

/** An accused as the routing sees one: the name is matched elsewhere. */
export type Subject = { role: SubjectRole; bodyCode?: string | null | undefined };

/** `NOBODY` stands in the routing table where no one is accused. */
export type AccusedRole = SubjectRole | 'NOBODY';

/** Leaders are answered for by everything below their body. */
export const LEADER_ROLES: readonly SubjectRole[] = ['COUNTY_LEADER', 'TOWN_LEADER'];

/** Roles that exclude nobody by themselves. */
export const OUTSIDE_ROLES: readonly SubjectRole[] = [
  'RECIPIENT',
  'AGENCY_BANK',
  'CARE_ORG',
  'THIRD_PARTY',
];

export function findBody(code: string | null | undefined, bodies: readonly Body[]) {
  return code ? bodies.find((body) => body.code === code) : undefined;
}

/** A body that supervises: what it holds follows rules of its own. */
export function isDiscipline(code: string | null, bodies: readonly Body[]): boolean {
  return findBody(code, bodies)?.kind === 'discipline';
}

/** A body and all below it. A discipline body supervises but commands nothing: its scope is itself. */
export function scopeOf(bodyCode: string, bodies: readonly Body[]): string[] {
  const scope = [bodyCode];
  if (isDiscipline(bodyCode, bodies)) return scope;
  for (const code of scope) {
    for (const body of bodies) {
      const below = body.superiorCode === code && body.kind !== 'discipline';
      if (below && !scope.includes(body.code)) scope.push(body.code);
    }
  }
  return scope;
}

/** The bodies above one, the nearest first. */
export function superiorsOf(bodyCode: string, bodies: readonly Body[]): Body[] {
  const above: Body[] = [];
  let body = findBody(findBody(bodyCode, bodies)?.superiorCode, bodies);
  while (body && !above.includes(body)) {
    above.push(body);
    body = findBody(body.superiorCode, bodies);
  }
  return above;
}

/** Ended bodies that a body was formed from, however many steps ago; `bodies` are all, ended ones too. */
export function predecessorsOf(bodyCode: string, bodies: readonly Body[]): string[] {
  const found = [bodyCode];
  for (const code of found) {
    for (const body of bodies) {
      if (body.successorCode === code && !found.includes(body.code)) found.push(body.code);
    }
  }
  return found.slice(1);
}

/**
 * The body of one kind that answers for a place. `placePath` is the place and those it lies in, the
 * nearest first.
 */
export function bodyFor(kind: BodyKind, placePath: readonly string[], bodies: readonly Body[]) {
  for (const placeCode of placePath) {
    const body = bodies.find((each) => each.kind === kind && each.placeCode === placeCode);
    if (body) return body;
  }
  return undefined;
}
