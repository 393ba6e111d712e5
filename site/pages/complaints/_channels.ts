import type { PublicReader } from '#rules/publication.ts';

/** Other ways to report, for those who do not want to write here. */
export type Channel = { unit: string; phones: string[]; hours: string };

const NATIONAL: Channel[] = [
  { unit: '政务服务便民热线', phones: ['12345'], hours: '全天' },
  { unit: '纪检监察举报电话', phones: ['12388'], hours: '' },
];

/** The county's own phones first, then the national ones. */
export async function listChannels(read: PublicReader): Promise<Channel[]> {
  const hotlines = await read('hotlines');
  const own = (hotlines?.items ?? []).filter((item) => item.level === 'district');
  return [...own.map(({ unit, phones, hours }) => ({ unit, phones, hours })), ...NATIONAL];
}
