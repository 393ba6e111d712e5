import { readRole, splitCell } from './backlog-values.ts';
import { cleanText } from './cell.ts';
import { findTown, findVillage } from './place-names.ts';
import type { PlaceIndex } from './place-names.ts';
import { OUTSIDE_ROLES } from './subjects.ts';
import type { Body } from './subjects.ts';
import type { PetitionClass, SubjectRole } from './vocabulary.ts';

export type BacklogSubject = { role: SubjectRole; bodyCode: string | null; name: string | null };

/** Classes in which somebody is complained about even where the ledger names nobody. */
const ACCUSING: readonly PetitionClass[] = ['REPORT'];

type Surroundings = {
  places: PlaceIndex;
  bodies: readonly Body[];
  petition: PetitionClass;
  place: string | null;
};

/**
 * The accused of a row. Roles, bodies and names in one cell belong together in their order; the last one
 * goes on where there are fewer. A report in which nobody can be told is one about an unknown person, whom
 * the township and the village of the place may shield. A role or an office's body that is not understood
 * is an error: on it depends who must not know of the case.
 */
export function readSubjects(
  written: (column: string) => string,
  surroundings: Surroundings,
  wrong: (column: string, words: string) => void,
): BacklogSubject[] {
  const { petition } = surroundings;
  const roleTexts = splitCell(written('subjectRoles')).filter((text) => cleanText(text) !== '无');
  const roles = roleTexts.flatMap((text) => {
    const role = readRole(text);
    if (!role) wrong('subjectRoles', `看不懂“${text.slice(0, 20)}”，按台账的写法填写`);
    return role ?? [];
  });
  const bodyTexts = splitCell(written('subjectBodies'));
  const names = splitCell(written('subjectNames'));
  const isInside = roles.length === 0 || roles.some((role) => !OUTSIDE_ROLES.includes(role));
  const bodies = bodyTexts.map((text) => {
    const body = findBodyNamed(text, surroundings);
    if (!body && isInside) wrong('subjectBodies', '对不上现有单位，写全称，或留空');
    return body?.code ?? null;
  });
  const count = Math.max(roles.length, bodies.length, names.length);
  if (count === 0) {
    return ACCUSING.includes(petition) ? [{ role: 'UNKNOWN', bodyCode: null, name: null }] : [];
  }
  const usual = bodies.length > 0 && names.length === 0 ? 'UNIT_ONLY' : 'UNKNOWN';
  return Array.from({ length: count }, (_, at) => ({
    role: roles[at] ?? roles.at(-1) ?? usual,
    bodyCode: bodies[at] ?? bodies.at(-1) ?? null,
    name: names[at] ?? null,
  }));
}

function findBodyNamed(text: string, { bodies, places, place }: Surroundings): Body | undefined {
  const cleaned = cleanText(text);
  const exact = bodies.find((body) => cleanText(body.name) === cleaned);
  if (exact) return exact;
  const town = findTown(places, text);
  const ofTown = bodies.find((body) => body.kind === 'township' && body.placeCode === town?.code);
  if (ofTown) return ofTown;
  const near = places.byCode.get(place ?? '');
  const townOfPlace = near?.level === 'village' ? places.byCode.get(near.parentCode ?? '') : near;
  const reading = findVillage(places, townOfPlace ?? null, text);
  if ('village' in reading && !reading.alias) {
    return bodies.find(
      (body) => body.kind === 'village' && body.placeCode === reading.village.code,
    );
  }
  const endings = bodies.filter(
    (body) => body.kind !== 'village' && cleanText(body.name).endsWith(cleaned),
  );
  return cleaned.length > 2 && endings.length === 1 ? endings[0] : undefined;
}
