import { CORRECTION_KINDS } from '#rules/corrections.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { addressOfText } from '#rules/page-texts.ts';
import type { PublicReader } from '#rules/publication.ts';
import { formatCount, formatDate } from './format.ts';
import { formatEnd, nameKind } from './notices.ts';
import { findPlace } from './places.ts';

/** What is new on the site: counts and places, never a household. */
export type NewsItem = {
  /** The same for the same news, so that a feed reader shows it once. */
  id: string;
  onDate: string;
  title: string;
  href: string;
  detail: string;
};

/** The newest first. Notices and cases leave with their end. */
export async function listNews(read: PublicReader, now: number): Promise<NewsItem[]> {
  const places = (await read('places'))?.places ?? [];
  const nameOf = (code: string) => findPlace(places, code)?.name ?? '';
  const notices = ((await read('notices'))?.notices ?? []).filter(
    (notice) => notice.state === 'running',
  );
  const towns = (await read('health'))?.towns ?? [];
  const cases = (await read('cases'))?.cases ?? [];
  const corrections = (await read('corrections'))?.items ?? [];
  const items: NewsItem[] = [
    ...notices.map((notice) => ({
      id: `notice:${notice.notice}`,
      onDate: civilDateOf(notice.startsAt),
      title: `${nameOf(notice.placeCode)}${nameKind(notice)}`,
      href: `/notices/${notice.notice}/`,
      detail: `${formatCount(notice.households)}户，公示至${formatEnd(notice.endsAt)}`,
    })),
    ...towns.flatMap(({ code, lastUpdatedOn }) =>
      lastUpdatedOn && findPlace(places, code)
        ? [
            {
              id: `list:${code}:${lastUpdatedOn}`,
              onDate: lastUpdatedOn,
              title: `${nameOf(code)}公布救助名单`,
              href: `/places/${code}/`,
              detail: '各村（社区）名单和户数、人数、金额',
            },
          ]
        : [],
    ),
    ...corrections.map(({ onDate, placeCode, aidType, period, kind, households }) => ({
      id: `correction:${onDate}:${placeCode}:${aidType}:${period}:${kind}`,
      onDate,
      title: `${nameOf(placeCode)}名单更正`,
      href: '/corrections/',
      detail: `${CORRECTION_KINDS[kind]}，${formatCount(households)}户`,
    })),
    ...cases.map(({ case: id, publishedOn, title, publisher }) => ({
      id: `case:${id}`,
      onDate: publishedOn,
      title: `通报曝光：${title}`,
      href: `/cases/${id}/`,
      detail: publisher,
    })),
    ...(await listPolicyNews(read)),
    ...(await listStandardNews(read, civilDateOf(now))),
  ];
  return items.toSorted((a, b) => b.onDate.localeCompare(a.onDate) || a.id.localeCompare(b.id));
}

/** New amounts, by the document that set them; those to come are news of the day they were announced. */
async function listStandardNews(read: PublicReader, today: string): Promise<NewsItem[]> {
  const file = await read('standards');
  const byDocument = Map.groupBy(
    file?.items ?? [],
    ({ documentNumber, effectiveFrom }) => `${documentNumber}:${effectiveFrom}`,
  );
  return [...byDocument].flatMap(([id, [item]]) =>
    item && file
      ? [
          {
            id: `standard:${id}`,
            onDate: item.effectiveFrom <= today ? item.effectiveFrom : file.updatedOn,
            title: `${formatDate(item.effectiveFrom)}起施行的救助标准`,
            href: '/standards/',
            detail: item.documentNumber,
          },
        ]
      : [],
  );
}

/** Documents that staff added. */
async function listPolicyNews(read: PublicReader): Promise<NewsItem[]> {
  const texts = (await read('texts'))?.texts ?? [];
  return texts.flatMap(({ slug, section, title, addedOn, documentNumber }) =>
    section === 'policy' && addedOn
      ? [
          {
            id: `policy:${slug}`,
            onDate: addedOn,
            title: `政策法规：${title}`,
            href: addressOfText({ section, slug }),
            detail: documentNumber,
          },
        ]
      : [],
  );
}
