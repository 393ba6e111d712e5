import { ROLES, hasCapability, roleOf } from './roles.ts';
import type { Capability, RoleCode } from './roles.ts';
import { codesOf } from './vocabulary.ts';

/**
 * 三员分立: who keeps servers, accounts or the log does none of the other two, and nothing that opens what is
 * sealed to a body. One person never holds both roles of a row at the same time.
 */

/** What cannot be done without opening what is sealed to the body. */
const OPENING: readonly Capability[] = ['leads.read', 'import.upload', 'import.review'];

/** The three administrators of graded protection. */
export const ADMINISTRATORS = [
  'sysadmin',
  'security_admin',
  'auditor',
] as const satisfies readonly RoleCode[];

/** Whether a post with this role carries the key of its body. */
export function carriesBodyKey(role: string): boolean {
  return OPENING.some((capability) => hasCapability([role as RoleCode], capability));
}

/** For each role, those it is kept apart from. */
export const APART: Readonly<Record<RoleCode, readonly RoleCode[]>> = Object.fromEntries(
  codesOf(ROLES).map((role) => [role, codesOf(ROLES).filter((other) => isApart(role, other))]),
) as unknown as Record<RoleCode, RoleCode[]>;

function isApart(one: RoleCode, other: RoleCode): boolean {
  if (one === other) return false;
  const [first, second] = [isAdministrator(one), isAdministrator(other)];
  if (first && second) return true;
  return (first && carriesBodyKey(other)) || (second && carriesBodyKey(one));
}

function isAdministrator(role: RoleCode): boolean {
  return ADMINISTRATORS.some((each) => each === role);
}

/** A role for a time; `endsOn` is the first day without it. */
export type Term = { role: RoleCode; startsOn: string; endsOn: string | null };

/** Why somebody with these posts may not hold the new one too; null where they may. */
export function findPostConflict(held: readonly Term[], wanted: Term): string | null {
  const found = held.find(
    (post) => APART[wanted.role].includes(post.role) && overlaps(post, wanted),
  );
  if (!found) return null;
  return `${roleOf(wanted.role).label}与${roleOf(found.role).label}不能由同一人担任，另选一人。`;
}

function overlaps(one: Term, other: Term): boolean {
  return isBefore(one.startsOn, other.endsOn) && isBefore(other.startsOn, one.endsOn);
}

function isBefore(start: string, end: string | null): boolean {
  return end === null || start < end;
}
