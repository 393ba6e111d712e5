import { CodedError } from '#api/errors.ts';
import type { FormerName, Place } from '#db/queries/places.ts';
import { PARENT_LEVEL } from '#rules/place-changes.ts';
import type { PlaceLine } from '#rules/place-changes.ts';

/** Places as they are stored on the day they begin. Throws `invalid-input` where the tree is broken. */
export function toPlaceRows(
  lines: readonly PlaceLine[],
  known: readonly Pick<Place, 'code' | 'level'>[],
  validFrom: string,
): Place[] {
  const levels = new Map([...known, ...lines].map((place) => [place.code, place.level]));
  return lines.map((line) => {
    const wanted = PARENT_LEVEL[line.level];
    const found = line.parentCode === null ? null : levels.get(line.parentCode);
    if (found !== wanted) {
      const message = `${line.name}（${line.code}）的上级代码不对，改正后再导入。`;
      throw new CodedError('invalid-input', { places: message }, message);
    }
    const { code, name, level, parentCode, contactName = '', contactPhone = '' } = line;
    const valid = { validFrom, validTo: null, successorCode: null };
    return { code, name, level, parentCode, ...valid, contactName, contactPhone };
  });
}

/** The name valid on a date, from the present name and the former ones (the oldest first). */
export function nameOn(
  named: { name: string; validFrom: string; validTo: string | null },
  former: readonly Pick<FormerName, 'name' | 'until'>[],
  on: string,
): string | null {
  if (on < named.validFrom || (named.validTo !== null && on >= named.validTo)) return null;
  return former.find((earlier) => on < earlier.until)?.name ?? named.name;
}
