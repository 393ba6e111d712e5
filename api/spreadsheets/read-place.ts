import {
  type PlaceIndex,
  type PlaceReading,
  type Region,
  findInAddress,
  findPlace,
  findTown,
  findVillage,
  looksLikePlaceName,
} from '#rules/place-names.ts';
import { cleanText } from '#rules/cell.ts';
import type { SheetFacts } from './list-facts.ts';
import type { CellReader } from './cell-reader.ts';
import type { SheetRow } from './sheet.ts';

/** How a list writes a village, where that is not exactly the place's name. */
export type Spelling = {
  /** The town's name; as written where it is unknown, empty where none is named. */
  town: string;
  written: string;
  /** What it was taken for; null where it was not recognised. */
  placeCode: string | null;
  lines: number;
};

/** Town and village of a row, from its own cells or from what the sheet says of all its rows. */
export function readPlace(
  row: SheetRow,
  reader: CellReader,
  facts: SheetFacts,
  places: PlaceIndex,
): PlaceReading {
  if (!reader.has('village') && reader.has('place')) {
    return findPlace(places, reader.text(row, 'place'), facts.town);
  }
  if (!reader.has('village') && facts.villageText === '' && reader.has('address')) {
    return findInAddress(
      places,
      reader.text(row, 'address'),
      townOfRow(row, reader, facts, places),
    );
  }
  const village = reader.has('village') ? reader.text(row, 'village') : facts.villageText;
  return findVillage(places, townOfRow(row, reader, facts, places), village);
}

/** A town that is not in the table holds its rows back instead of being passed over. */
function townOfRow(
  row: SheetRow,
  reader: CellReader,
  facts: SheetFacts,
  places: PlaceIndex,
): Region | null {
  const text = reader.text(row, 'town');
  if (text === '') return facts.town;
  return findTown(places, text) ?? { code: '', name: text, level: 'town', parentCode: null };
}

/** True where the list or its title says in which village its households live. */
export function namesPlaces(reader: CellReader, facts: SheetFacts): boolean {
  const fields = ['village', 'place', 'address'] as const;
  return facts.villageText !== '' || fields.some(reader.has);
}

/** Every spelling that is not a place's name, with the number of lines that have it. */
export function countSpellings(readings: PlaceReading[]): Spelling[] {
  const spellings = new Map<string, Spelling>();
  for (const reading of readings) {
    const { written } = reading;
    const town = cleanText(reading.town?.name ?? '');
    const isKnown = 'village' in reading;
    if (written === null || !(isKnown || looksLikePlaceName(written))) continue;
    // A shifted row may have anything in the town's cell too.
    if (town !== '' && !/^\D{1,20}[镇乡街道场区处]$/.test(town)) continue;
    const key = `${town}\n${written}`;
    const placeCode = isKnown ? reading.village.code : null;
    const known = spellings.get(key) ?? { town, written, placeCode, lines: 0 };
    spellings.set(key, { ...known, lines: known.lines + 1 });
  }
  return [...spellings.values()];
}
