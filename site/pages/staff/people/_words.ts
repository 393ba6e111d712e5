import type { StaffPerson } from '#routes/staff-account-schemas.ts';
import { ACCOUNT_STATES } from '#rules/account-states.ts';
import { ROLES } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { Option } from '#site/lib/fields.ts';
import { formatDate } from '#site/lib/format.ts';
import { formatInstant } from '#site/pages/staff/publication/_words.ts';

type Body = { code: string; name: string; kind: string; roles: readonly string[] };

/** What an administrator sees of an account. */
export function describeAccount(person: StaffPerson): string {
  const until = person.invitedUntil === null ? '' : formatInstant(person.invitedUntil);
  const link = until ? `链接有效至${until}` : '';
  const told = person.state === 'active' && link ? `已发重设口令的${link}` : link;
  return [ACCOUNT_STATES[person.state], told].filter(Boolean).join('，');
}

/** `2026年11月20日起`, or with its end. */
export function describeTerm({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }) {
  return endsOn === null
    ? `${formatDate(startsOn)}起`
    : `${formatDate(startsOn)}起，${formatDate(endsOn)}止（当日不再任职）`;
}

export function listBodyOptions(bodies: readonly Body[]): Option[] {
  return bodies.map(({ code, name }) => ({ value: code, label: name }));
}

/** Every role that some body here may have; which one may is said when it is refused. */
export function listRoleOptions(bodies: readonly Body[]): Option[] {
  const held = new Set(bodies.flatMap((body) => body.roles));
  return Object.entries(ROLES)
    .filter(([code]) => held.has(code))
    .map(([code]) => ({ value: code, label: ROLES[code as RoleCode].label }));
}
