import { cleanText } from './cell.ts';
import type { PlaceLevel } from './vocabulary.ts';

/** No place is called more than this; a cell that is longer holds something else. */
const MAX_NAME = 60;

/** A row of the division table. */
export type Region = { code: string; name: string; level: PlaceLevel; parentCode: string | null };

/** Confirmed once: below `scopeCode` (a town or the county) the spelling `written` means a place. */
export type PlaceAlias = { scopeCode: string; written: string; placeCode: string };

/** `written` is the spelling as it is compared; null where it is exactly the place's name. */
export type PlaceReading =
  /** `alias`: a spelling that nobody has confirmed yet. */
  | { village: Region; town: Region; alias: boolean; written: string | null }
  | { problem: 'village-missing' | 'village-unknown'; town: Region | null; written: string | null };

export type PlaceIndex = {
  towns: Map<string, Region>;
  villagesByTown: Map<string, Map<string, Region>>;
  villagesByName: Map<string, Region[]>;
  byCode: Map<string, Region>;
  /** Place codes by scope and spelling. */
  aliases: Map<string, Map<string, string>>;
};

export function indexPlaces(regions: Region[], aliases: PlaceAlias[] = []): PlaceIndex {
  const index: PlaceIndex = {
    aliases: new Map(),
    towns: new Map(),
    villagesByTown: new Map(),
    villagesByName: new Map(),
    byCode: new Map(regions.map((region) => [region.code, region])),
  };
  for (const region of regions) {
    const name = cleanText(region.name);
    if (region.level === 'town') index.towns.set(name, region);
    if (region.level !== 'village' || region.parentCode === null) continue;
    const siblings = index.villagesByTown.get(region.parentCode) ?? new Map<string, Region>();
    index.villagesByTown.set(region.parentCode, siblings.set(name, region));
    index.villagesByName.set(name, [...(index.villagesByName.get(name) ?? []), region]);
  }
  for (const { scopeCode, written, placeCode } of aliases) {
    const spellings = index.aliases.get(scopeCode) ?? new Map<string, string>();
    index.aliases.set(scopeCode, spellings.set(cleanText(written), placeCode));
  }
  return index;
}

/** The town a cell names: 青山镇, 青山镇人民政府, 示范区青山镇. Null where the table has none. */
export function findTown(index: PlaceIndex, text: string): Region | null {
  const name = cleanText(text);
  const bare = name.replace(
    /(人民政府|办事处|政府)?(民政办|民政所|社会事务办(公室)?|便民服务中心)?$/,
    '',
  );
  const direct = index.towns.get(name) ?? index.towns.get(bare);
  if (direct) return direct;
  if (bare.endsWith('街道办')) return findTown(index, bare.slice(0, -1));
  const endings = [...index.towns].filter(([town]) => bare.endsWith(town));
  if (endings.length > 0) return endings.length === 1 ? (endings[0]?.[1] ?? null) : null;
  const shortened = ['镇', '乡', '街道'].flatMap((kind) => index.towns.get(bare + kind) ?? []);
  return shortened.length === 1 ? (shortened[0] ?? null) : null;
}

/** The one town mentioned anywhere in a title, or null. */
export function townInText(index: PlaceIndex, text: string): Region | null {
  const cleaned = cleanText(text);
  const named = [...index.towns].filter(([town]) => cleaned.includes(town));
  return named.length === 1 ? (named[0]?.[1] ?? null) : null;
}

/** Finds the village of a row; `town` is null where neither row, title nor importer says it. */
export function findVillage(index: PlaceIndex, town: Region | null, text: string): PlaceReading {
  const cleaned = cleanText(text);
  const path = town ? null : splitPath(index, cleaned);
  const within = town ?? path?.town ?? null;
  const name = path ? path.rest : withoutPrefix(cleaned, within);
  if (name === '') return { problem: 'village-missing', town: within, written: null };
  if (name.length > MAX_NAME) return { problem: 'village-unknown', town: within, written: name };
  const [exact, ...others] = spellingsOf(name).map((spelling) => lookUp(index, within, spelling));
  if (exact) return { ...exact, alias: false, written: null };
  const confirmed = lookUpAlias(index, within, name);
  if (confirmed) return { ...confirmed, alias: false, written: name };
  const guessed = others.find((found) => found !== null);
  if (guessed) return { ...guessed, alias: true, written: name };
  return { problem: 'village-unknown', town: within, written: name };
}

/**
 * A spelling confirmed for the town, or for a place above it, whose village then lies in the row's town. For a
 * row without a town that of a town counts only where one village is meant and no other has that village's name.
 */
function lookUpAlias(index: PlaceIndex, town: Region | null, name: string) {
  const meant = new Map<string, { village: Region; town: Region }>();
  for (const [scopeCode, spellings] of index.aliases) {
    const village = index.byCode.get(spellings.get(name) ?? '');
    const parent = index.byCode.get(village?.parentCode ?? '');
    if (village?.level !== 'village' || !parent || !isWithin(index, parent, scopeCode)) continue;
    const isOfTown = index.byCode.get(scopeCode)?.level === 'town';
    if (town ? scopeCode === town.code : !isOfTown) return { village, town: parent };
    const fits = town ? parent.code === town.code : isNamedOnce(index, village);
    if (fits) meant.set(village.code, { village, town: parent });
  }
  const [found, another] = meant.values();
  return found && !another ? found : null;
}

function isNamedOnce(index: PlaceIndex, village: Region): boolean {
  return index.villagesByName.get(cleanText(village.name))?.length === 1;
}

function isWithin(index: PlaceIndex, place: Region, scopeCode: string): boolean {
  let code: string | null = place.code;
  for (let steps = 0; code !== null && steps < 9; steps++) {
    if (code === scopeCode) return true;
    code = index.byCode.get(code)?.parentCode ?? null;
  }
  return false;
}

/** Whether a village cell holds what may be a place name; a shifted cell may hold personal data instead. */
export function looksLikePlaceName(written: string): boolean {
  return (
    [...written].length <= 20 && !/\d{3}/.test(written) && /[村社居屯寨庄坊街里]|委会/.test(written)
  );
}

/** Finds town and village in one cell: 示范区云水街道和平社区. */
export function findPlace(index: PlaceIndex, text: string, town: Region | null): PlaceReading {
  const cleaned = cleanText(text).replace(/[/\\>\-—,、]/g, '');
  if (cleaned === '') return { problem: 'village-missing', town, written: null };
  const path = splitPath(index, cleaned);
  if (path) return findVillage(index, path.town, path.rest);
  // A town that is not in the table must not be overlooked because the village's name is known.
  if (/.(镇|乡|街道)./.test(cleaned)) {
    return { problem: 'village-unknown', town: null, written: cleaned };
  }
  const district = [...index.byCode.values()].find(
    (region) => region.level === 'district' && cleaned.includes(region.name),
  );
  const rest = district
    ? cleaned.slice(cleaned.indexOf(district.name) + district.name.length)
    : cleaned;
  return findVillage(index, town, rest);
}

/**
 * Finds town and village at the head of an address, where a list has no column for them: 青山镇柳树村3组15号.
 * Only whole names count; a person confirms the reading.
 */
export function findInAddress(
  index: PlaceIndex,
  address: string,
  town: Region | null,
): PlaceReading {
  const text = cleanText(address).slice(0, MAX_NAME);
  if (text === '') return { problem: 'village-missing', town, written: null };
  const path = splitPath(index, text);
  const within = path?.town ?? town;
  const contradicts = path !== null && town !== null && path.town.code !== town.code;
  const rest = path?.rest ?? text;
  const known = within ? index.villagesByTown.get(within.code) : index.villagesByName;
  const names = [...(known?.keys() ?? [])].filter((name) => rest.startsWith(name));
  const [name] = names.toSorted((a, b) => b.length - a.length);
  const found = name === undefined || contradicts ? null : lookUp(index, within, name);
  if (found) return { ...found, alias: true, written: null };
  return { problem: 'village-unknown', town: within, written: null };
}

function splitPath(index: PlaceIndex, text: string): { town: Region; rest: string } | null {
  let best: { town: Region; rest: string } | null = null;
  for (const [name, town] of index.towns) {
    const at = text.indexOf(name);
    if (at < 0 || !/^$|[省市县区旗州]$/.test(text.slice(0, at))) continue;
    const rest = text.slice(at + name.length);
    if (best === null || rest.length < best.rest.length) best = { town, rest };
  }
  return best;
}

function withoutPrefix(text: string, town: Region | null): string {
  if (town === null) return text;
  const name = cleanText(town.name);
  const at = text.indexOf(name);
  const prefix = at >= 0 && /^$|[省市县区旗州]$/.test(text.slice(0, at));
  return prefix ? text.slice(at + name.length) : text;
}

/** The name as written, then what it may be short or long for. 村 and 社区 are never taken for each other. */
function spellingsOf(name: string): string[] {
  const plain = name.replace(/^\d+[.、-]/, '').replace(/\([^)]*\)?$/, '');
  const grouped = plain.replace(/第?[\d一二三四五六七八九十]+(村民小组|小组|组|队|社)$/, '');
  const body = grouped
    .replace(/(?<=[村区])\p{Script=Han}{1,6}(村民小组|小组|组|队|屯)$/u, '')
    .replace(/村民委员会$|村委会$|村委$|村?行政村$/, '村')
    .replace(/村村$/, '村')
    .replace(/社区(居民委员会|居委会|居委)$/, '社区')
    .replace(/(居民委员会|居委会|居委)$/, '社区');
  const bare = /[村区]$/.test(body) ? [] : [`${body}村`, `${body}社区`];
  return [...new Set([name, plain, grouped, body, ...bare])];
}

function lookUp(index: PlaceIndex, town: Region | null, name: string) {
  if (town) {
    const village = index.villagesByTown.get(town.code)?.get(name);
    return village ? { village, town } : null;
  }
  // Without a town only a name that stands once in the whole table says which village is meant.
  const [village, another] = index.villagesByName.get(name) ?? [];
  if (!village || another) return null;
  const parent = index.byCode.get(village.parentCode ?? '');
  return parent ? { village, town: parent } : null;
}
