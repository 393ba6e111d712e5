import { CodedError } from '#api/errors.ts';
import { readPlace } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';

/** A place and those it lies in, the nearest first. Throws `invalid-input` where there is none now. */
export async function readPlacePath(db: Reader, placeCode: string): Promise<string[]> {
  const path: string[] = [];
  for (let code: string | null = placeCode; code;) {
    const place = await readPlace(db, code);
    if (!place || place.validTo !== null || path.includes(code)) break;
    path.push(code);
    code = place.parentCode;
  }
  if (path.length === 0) {
    throw new CodedError('invalid-input', { placeCode: '选择事情发生的乡镇（街道）或村（社区）' });
  }
  return path;
}
