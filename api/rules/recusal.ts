import { unifyForms } from './han-forms.ts';
import { roleOf, type RoleCode } from './roles.ts';
import {
  findBody,
  LEADER_ROLES,
  OUTSIDE_ROLES,
  bodyFor,
  scopeOf,
  superiorsOf,
  type Body,
  type Subject,
} from './subjects.ts';

/**
 * Who must not know of a lead (信访工作条例 art. 30: nothing goes to the person or unit complained about).
 * Exclusion comes before every destination and every view.
 */

/**
 * Bodies that may neither see nor receive the lead. `placePath` is the place of the complaint and the
 * places it lies in, the nearest first. `accusedBodies` are the bodies of staff whose name an accused
 * bears: they matter for a discipline body, which is excluded only when it or a member of it is accused.
 */
export function excludedBodies(
  subjects: readonly Subject[],
  placePath: readonly string[],
  bodies: readonly Body[],
  accusedBodies: readonly string[] = [],
): string[] {
  const excluded = new Set<string>();
  for (const subject of subjects) {
    for (const code of bodiesOf(subject, placePath, bodies)) excluded.add(code);
  }
  for (const code of accusedBodies) {
    if (findBody(code, bodies)?.kind === 'discipline') excluded.add(code);
  }
  return [...excluded];
}

/** Exclusion 3: the next body upward that is not excluded; null where there is none. */
export function nextUpward(
  bodyCode: string,
  excluded: readonly string[],
  bodies: readonly Body[],
): string | null {
  return superiorsOf(bodyCode, bodies).find((body) => !excluded.includes(body.code))?.code ?? null;
}

/** A lead is sealed where a county leader is accused or the bureau is excluded. */
export function isSealed(
  subjects: readonly Subject[],
  excluded: readonly string[],
  bodies: readonly Body[],
): boolean {
  return (
    subjects.some((subject) => subject.role === 'COUNTY_LEADER') ||
    excluded.some((code) => findBody(code, bodies)?.kind === 'bureau')
  );
}

function bodiesOf(
  subject: Subject,
  placePath: readonly string[],
  bodies: readonly Body[],
): string[] {
  if (OUTSIDE_ROLES.includes(subject.role)) return [];
  const bureau = bodyFor('bureau', placePath, bodies)?.code;
  const named = findBody(subject.bodyCode, bodies)?.code;
  if (subject.role === 'COUNTY_LEADER') {
    return [named, bureau].flatMap((code) => (code ? scopeOf(code, bodies) : []));
  }
  if (subject.role === 'CIVIL_STAFF') {
    return [named, bureau].flatMap((code) => (code ? withVillages(code, bodies) : []));
  }
  if (named) {
    return LEADER_ROLES.includes(subject.role)
      ? scopeOf(named, bodies)
      : withVillages(named, bodies);
  }
  return (['township', 'village'] as const).flatMap((kind) => {
    const body = bodyFor(kind, placePath, bodies);
    return body ? withVillages(body.code, bodies) : [];
  });
}

function withVillages(code: string, bodies: readonly Body[]): string[] {
  const villages = bodies.filter((body) => body.kind === 'village' && body.superiorCode === code);
  return [code, ...villages.map((body) => body.code)];
}

/** A staff member as the matching of accused names sees one. */
export type StaffName = { personId: string; name: string; bodyCodes: readonly string[] };

/**
 * Staff who may be meant by an accused's name. A body narrows it where someone of that name works
 * there; else the name alone decides, for a citizen may be wrong about the body.
 */
export function matchAccused(
  accused: readonly { name?: string | null | undefined; bodyCode?: string | null | undefined }[],
  staff: readonly StaffName[],
): string[] {
  const matched = accused.flatMap(({ name, bodyCode }) => {
    const wanted = normaliseName(name ?? '');
    if (!wanted) return [];
    const same = staff.filter((person) => normaliseName(person.name) === wanted);
    const there = same.filter((person) => bodyCode && person.bodyCodes.includes(bodyCode));
    return there.length > 0 ? there : same;
  });
  return [...new Set(matched.map((person) => person.personId))];
}

const SHORTEST_MENTION = 2;

/**
 * Staff whose whole name stands inside what was typed as an accused's name (民政所张三, 张三所长, 张三和李四),
 * where nobody bears just that name. A guess: 王明 also stands in 王明华.
 */
export function mentionedStaff(
  accused: Parameters<typeof matchAccused>[0],
  staff: readonly StaffName[],
): string[] {
  const known = new Set(matchAccused(accused, staff));
  const typed = accused
    .filter((one) => matchAccused([one], staff).length === 0)
    .map(({ name }) => normaliseName(name ?? ''));
  const mentioned = staff.filter((person) => {
    const name = normaliseName(person.name);
    const isLong = [...name].length >= SHORTEST_MENTION;
    return isLong && !known.has(person.personId) && typed.some((text) => text.includes(name));
  });
  return [...new Set(mentioned.map((person) => person.personId))];
}

/** Whether an accused bears this person's name or it stands in what was typed, whoever else bears it. */
export function mayBeMeant(
  accused: Parameters<typeof matchAccused>[0],
  person: StaffName,
): boolean {
  return matchAccused(accused, [person]).length > 0 || mentionedStaff(accused, [person]).length > 0;
}

/** Persons who may not see a lead: the accused among staff, and who declared an interest. */
export function excludedPersons(
  accused: Parameters<typeof matchAccused>[0],
  staff: readonly StaffName[],
  declared: readonly string[] = [],
): string[] {
  return [...new Set([...matchAccused(accused, staff), ...declared])];
}

/** For comparing only: other forms of a character, inner spaces and the several middle dots made one. */
export function normaliseName(name: string): string {
  return unifyForms(name)
    .replaceAll(/[\s\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[•・‧．.∙⋅･]/g, '·')
    .toUpperCase();
}

/** What seeing a lead depends on. */
export type LeadView = {
  /** Bodies that hold the lead: on whose desk it is or was. */
  standings: readonly string[];
  excludedBodies: readonly string[];
  /** The person asking is excluded by name or by declared interest. */
  personExcluded: boolean;
  sealed: boolean;
  /** About a hotline that is not answered, and about nothing else. */
  isPhone: boolean;
  assignedTo: readonly string[];
};

/** A person with every post held; `scope` is `scopeOf` the post's body. */
export type Viewer = {
  personId: string;
  posts: readonly {
    bodyCode: string;
    role: RoleCode;
    scope: readonly string[];
    /** No member has given the person a key of that body yet: the post reaches no lead. */
    keyless?: boolean;
  }[];
};

/** Exclusion binds the person: one post at an excluded body hides the lead from all of them. */
export function isVisible(viewer: Viewer, lead: LeadView): boolean {
  if (lead.personExcluded) return false;
  if (viewer.posts.some((post) => lead.excludedBodies.includes(post.bodyCode))) return false;
  return viewer.posts.some((post) => reaches(post, viewer.personId, lead));
}

/** The roles with which a person acts on a lead: those of the posts that reach it. */
export function rolesOn(viewer: Viewer, lead: LeadView): RoleCode[] {
  if (!isVisible(viewer, lead)) return [];
  const reaching = viewer.posts.filter((post) => reaches(post, viewer.personId, lead));
  return [...new Set(reaching.map((post) => post.role))];
}

function reaches(post: Viewer['posts'][number], personId: string, lead: LeadView): boolean {
  if (post.keyless) return false;
  const role = roleOf(post.role);
  if (lead.sealed && !role.sealed) return false;
  const holds = lead.standings.some(
    (code) => post.scope.includes(code) && !lead.excludedBodies.includes(code),
  );
  if (!holds) return false;
  if (role.leads === 'assigned') return lead.assignedTo.includes(personId);
  return role.leads === 'body' || (role.leads === 'phone' && lead.isPhone);
}
