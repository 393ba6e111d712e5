import { textOfCell } from '#rules/cell.ts';
import { aidTypeInText, areaInText, periodInText } from '#rules/list-title.ts';
import { type PlaceIndex, type Region, findTown, townInText } from '#rules/place-names.ts';
import type { AidType, AreaType } from '#rules/vocabulary.ts';
import type { Sheet } from './sheet.ts';

/** What a sheet says about all its rows, after what the importer stated. */
export type SheetFacts = {
  aidType: AidType | null;
  areaType: AreaType | null;
  period: string | null;
  town: Region | null;
  /** Where the list has no column for the village: a sheet for each village, or a title that names one. */
  villageText: string;
};

export type StatedFacts = {
  aidType?: AidType | undefined;
  period?: string | undefined;
  town?: string | undefined;
  fileName?: string | undefined;
};

/** `headerLine` is the header's first line; the rows above it are the title. */
export function readSheetFacts(
  sheet: Sheet,
  headerLine: number,
  stated: StatedFacts,
  places: PlaceIndex,
): SheetFacts {
  const title = sheet.rows
    .filter((row) => row.line < headerLine)
    .flatMap((row) => row.cells.map(textOfCell))
    .filter((text) => text !== '');
  const undated = title.filter((text) => !/填报|填表|制表|打印|导出/.test(text));
  const fileName = stated.fileName ?? '';
  const texts = [...title, sheet.name, fileName];
  const first = <T>(read: (text: string) => T | null, from: string[]): T | null => {
    for (const text of from) {
      const found = read(text);
      if (found !== null) return found;
    }
    return null;
  };
  const town = first((text) => townInText(places, text), texts);
  return {
    aidType: stated.aidType ?? first(aidTypeInText, texts),
    areaType: first(areaInText, texts),
    period: stated.period ?? first(periodInText, [...undated, sheet.name, fileName]),
    town: stated.town === undefined ? town : statedTown(places, stated.town),
    villageText: villageOf(sheet.name, title, town, places),
  };
}

/** A town that is stated but not in the table holds its rows back instead of being passed over. */
function statedTown(places: PlaceIndex, text: string): Region {
  return findTown(places, text) ?? { code: '', name: text, level: 'town', parentCode: null };
}

function villageOf(
  sheetName: string,
  title: string[],
  town: Region | null,
  places: PlaceIndex,
): string {
  if (/(村|社区|居委会|村委会)$/.test(sheetName.trim())) return sheetName;
  const known = town
    ? [...(places.villagesByTown.get(town.code)?.keys() ?? [])]
    : [...places.villagesByName.keys()];
  const named = known.filter(
    (name) => sheetName.includes(name) || title.some((text) => text.includes(name)),
  );
  return named.length === 1 ? (named[0] ?? '') : '';
}
