import { STANDARDS_FILE, dataPath } from './data-files.ts';
import { TEXT_SECTIONS, addressOfText } from './page-texts.ts';
import type { TextSection } from './page-texts.ts';
import { listPreferences, writePreferences } from './preferences.ts';
import { type PlaceEntry } from './public-directory.ts';
import { PUBLIC_FILES } from './publication.ts';
import { STATISTICS_FILE } from './statistics-columns.ts';
import { codesOf } from './vocabulary.ts';

/** A page of the public site and the files it is made of; a change in any of them renders it anew. */
export type PublicPage = { path: string; inputs: string[]; index: boolean };

export type Existing = {
  places: PlaceEntry[];
  texts: { slug: string; section: TextSection }[];
  notices: { notice: string }[];
  cases: { case: string }[];
  /** Merged places, whose addresses say where they went. */
  former: { code: string }[];
};

/** What is new, as the home page and the feed tell it. */
const NEWS = [
  'places.json',
  'standards.json',
  'notices/index.json',
  'health.json',
  'corrections.json',
  'cases/index.json',
  'texts/index.json',
];
// The footer of every page names the bureau's own phone.
const COMMON = ['site.json', 'hotlines.json'];

/** Every public page, from what exists. Lists and notices are kept out of search engines. */
export function listPages({ places, texts, notices, cases, former }: Existing): PublicPage[] {
  const open = (path: string, ...inputs: string[]): PublicPage => ({
    path,
    inputs: [...COMMON, ...inputs],
    index: true,
  });
  /** Found by those who need them, not by search engines. */
  const hidden = (...of: Parameters<typeof open>) => ({ ...open(...of), index: false });
  const county = places.find((place) => place.parentCode === null);
  const counts = county ? [PUBLIC_FILES.counts.path(county.code)] : [];
  return [
    open('/', ...NEWS, ...counts),
    open('/search/', 'places.json', 'texts/index.json', PUBLIC_FILES.search.path()),
    open('/standards/', 'standards.json'),
    open('/hotlines/', 'places.json', PUBLIC_FILES.hotlineCare.path()),
    ...listTextPages(texts),
    open('/about/', PUBLIC_FILES.text.path('about')),
    open('/privacy/', PUBLIC_FILES.text.path('privacy')),
    open('/verify/', 'head.json'),
    open('/corrections/', 'corrections.json', 'places.json'),
    open('/publishing/', 'health.json', 'places.json'),
    open('/data/', 'places.json', ...counts),
    open('/statistics/', 'places.json', PUBLIC_FILES.statistics.path(), ...counts),
    ...(['csv', 'json'] as const).map((format) => ({
      path: dataPath(STATISTICS_FILE, format),
      inputs: ['site.json', PUBLIC_FILES.statistics.path()],
      index: true,
    })),
    ...(['csv', 'json'] as const).map((format) => ({
      path: dataPath(STANDARDS_FILE, format),
      inputs: ['site.json', 'standards.json'],
      index: true,
    })),
    hidden('/404.html'),
    hidden('/502.html'),
    hidden('/search.json', PUBLIC_FILES.search.path()),
    hidden('/feed.xml', ...NEWS),
    hidden('/sitemap.xml', 'places.json', 'texts/index.json', 'cases/index.json'),
    hidden('/robots.txt'),
    ...listPreferences().map((choice) => hidden(`/prefs/${writePreferences(choice)}.css`)),
    open('/notices/', 'notices/index.json', 'places.json'),
    ...notices.map(({ notice }) => listNoticePage(notice)),
    open('/cases/', 'cases/index.json', 'places.json'),
    ...cases.map((each) =>
      open(`/cases/${each.case}/`, PUBLIC_FILES.case.path(each.case), 'places.json'),
    ),
    ...places.map((place) => listPlacePage(place)),
    ...listDataFiles(places),
    ...former.map(({ code }) => ({
      path: `/places/${code}/`,
      inputs: [...COMMON, 'places.json', PUBLIC_FILES.formerPlaces.path()],
      index: false,
    })),
  ];
}

/** Each section of texts with its index; the site's own texts are pages of their own. */
function listTextPages(texts: Existing['texts']): PublicPage[] {
  return codesOf(TEXT_SECTIONS).flatMap((section) => {
    if (section === 'site') return [];
    const own = texts.filter((entry) => entry.section === section);
    const files = own.map((entry) => PUBLIC_FILES.text.path(entry.slug));
    const inputs = [...COMMON, 'texts/index.json', 'places.json', ...files];
    return [
      { path: TEXT_SECTIONS[section].base, inputs, index: true },
      ...own.map((entry) => ({
        path: addressOfText(entry),
        inputs: [...COMMON, PUBLIC_FILES.text.path(entry.slug)],
        index: true,
      })),
    ];
  });
}

/** The open data of the county and of each township: files, not pages to read. */
function listDataFiles(places: PlaceEntry[]): PublicPage[] {
  return places.flatMap((place) => {
    if (place.level === 'village') return [];
    const towns = place.level === 'district' ? places.filter((each) => each.level === 'town') : [];
    const counts = [place, ...towns].map(({ code }) => PUBLIC_FILES.counts.path(code));
    const inputs = ['site.json', 'places.json', ...counts];
    return (['csv', 'json'] as const).map((format) => ({
      path: dataPath(place.code, format),
      inputs,
      index: true,
    }));
  });
}

function listPlacePage(place: PlaceEntry): PublicPage {
  const path = `/places/${place.code}/`;
  const inputs = [...COMMON, 'places.json'];
  return place.level === 'village'
    ? {
        path,
        inputs: [
          ...inputs,
          'standards.json',
          PUBLIC_FILES.village.path(place.code),
          PUBLIC_FILES.contacts.path(place.parentCode ?? ''),
        ],
        index: false,
      }
    : {
        path,
        inputs: [...inputs, 'notices/index.json', PUBLIC_FILES.counts.path(place.code)],
        index: true,
      };
}

function listNoticePage(id: string): PublicPage {
  return {
    path: `/notices/${id}/`,
    inputs: [...COMMON, 'places.json', PUBLIC_FILES.notice.path(id)],
    index: false,
  };
}
