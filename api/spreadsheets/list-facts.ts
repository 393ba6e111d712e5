import { cleanText, textOfCell } from '#rules/cell.ts';
import { aidTypeInText, areaInText, periodInText } from '#rules/list-title.ts';
import {
  type PlaceIndex,
  type Region,
  findTown,
  findVillage,
  townInText,
} from '#rules/place-names.ts';
import type { AidType, AreaType } from '#rules/vocabulary.ts';
import type { Sheet } from './sheet.ts';

/** What a sheet says about all its rows, after what the importer stated. */
export type SheetFacts = {
  aidType: AidType | null;
  areaType: AreaType | null;
  period: string | null;
  /** What the title above the list names, whatever the importer stated. */
  titled: { period: string | null; aidType: AidType | null };
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
  // The day of a report is not the month of the list.
  const undated = title.filter(
    (text) =>
      !/填报|填表|制表|打印|导出|上报/.test(text) &&
      !/^\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?$/.test(text),
  );
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
    titled: { period: first(periodInText, undated), aidType: first(aidTypeInText, title) },
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
  const name = cleanText(sheetName);
  if (name !== '' && 'village' in findVillage(places, town, name)) return name;
  const known = town
    ? [...(places.villagesByTown.get(town.code)?.keys() ?? [])]
    : [...places.villagesByName.keys()];
  const inSheet = longest(known.filter((village) => name.includes(village)));
  if (inSheet.length > 0) return inSheet.length === 1 ? (inSheet[0] ?? '') : '';
  if (/(村|社区|居委会|村委会)$/.test(name)) return name;
  const inTitle = longest(known.filter((village) => title.some((text) => text.includes(village))));
  return inTitle.length === 1 ? (inTitle[0] ?? '') : '';
}

/** 上龙湾村 also contains 龙湾村: only names that are no part of another. */
function longest(names: string[]): string[] {
  return names.filter((name) => !names.some((other) => other !== name && other.includes(name)));
}
