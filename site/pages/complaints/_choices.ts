import type { z } from 'zod';
import type { PublicReader } from '#rules/publication.ts';
import type { BodiesFile, PlacesFile } from '#rules/public-directory.ts';
import type { Option } from '#site/lib/fields.ts';

export type Choices = { options: Option[]; groups: { label: string; options: Option[] }[] };

/** The places and bodies to choose from, whatever they were read from. */
export type Directory = Pick<z.infer<typeof PlacesFile>, 'places'> & z.infer<typeof BodiesFile>;

/**
 * The county, then townships with their villages: where something happened, or which page something
 * stands on.
 */
export async function listPlaceChoices(
  read: PublicReader,
  about: 'event' | 'page',
): Promise<Choices> {
  return choosePlaces((await read('places'))?.places ?? [], about);
}

export function choosePlaces(places: Directory['places'], about: 'event' | 'page'): Choices {
  const [countyWide, townWide] =
    about === 'event' ? ['（不限于一个乡镇）', '（不清楚是哪个村）'] : ['（合计）', '（合计）'];
  const county = places.find((place) => place.parentCode === null);
  const towns = places.filter((place) => place.level === 'town');
  return {
    options: county ? [{ value: county.code, label: `${county.name}${countyWide}` }] : [],
    groups: towns.map((town) => ({
      label: town.name,
      options: [
        { value: town.code, label: `${town.name}${townWide}` },
        ...places
          .filter((place) => place.parentCode === town.code)
          .map((place) => ({ value: place.code, label: place.name })),
      ],
    })),
  };
}

/** Bodies an accused may belong to: those of the county first, then by township. */
export async function listBodyChoices(read: PublicReader): Promise<Choices> {
  const bodies = (await read('bodies'))?.bodies ?? [];
  const places = (await read('places'))?.places ?? [];
  return chooseBodies({ bodies, places });
}

export function chooseBodies({ bodies, places }: Directory): Choices {
  const towns = places.filter((place) => place.level === 'town');
  const toOption = (body: { code: string; name: string }) => ({
    value: body.code,
    label: body.name,
  });
  const townOf = (placeCode: string) => {
    const place = places.find((each) => each.code === placeCode);
    return place?.level === 'village' ? place.parentCode : placeCode;
  };
  const ofCounty = bodies.filter((body) => body.kind === 'bureau' || body.kind === 'discipline');
  return {
    options: ofCounty.map(toOption),
    groups: towns
      .map((town) => ({
        label: town.name,
        options: bodies
          .filter((body) => !ofCounty.includes(body) && townOf(body.placeCode) === town.code)
          .map(toOption),
      }))
      .filter((group) => group.options.length > 0),
  };
}

/** The words of a chosen place, with its township: villages of two townships may share a name. */
export function nameOfPlace(choices: Choices, value: string): string {
  const group = choices.groups.find(({ options }) => options.some((each) => each.value === value));
  const label = labelOf(choices, value);
  // 东河村村民委员会 of a township, but not 青山镇青山镇人民政府.
  return group && !label.startsWith(group.label) ? `${group.label}${label}` : label;
}

/** The words of a chosen value; the value itself where it is not among the choices. */
function labelOf({ options, groups }: Choices, value: string): string {
  const all = [...options, ...groups.flatMap((group) => group.options)];
  return all.find((option) => option.value === value)?.label ?? value;
}
