import { publish } from '#publishing/publish.ts';
import { createPortal } from './fresh-portal.ts';
import type { FreshPortal, PortalOptions } from './fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from './lists.ts';

export const LIUSHU = '990101100201';
export const DONGHE = '990101100202';

/** Invented people of two villages of 青山镇; the last one's file asks for confidence. */
export const HOUSEHOLDS = [
  { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
  { village: '柳树村', name: '任桂香', id: idOf('19550101') },
  { village: '东河村', name: '施暮云', id: idOf('19480909') },
  { village: '东河村', name: '梁隐泉', id: idOf('19660606'), remark: '保密' },
];

export type BoardPortal = FreshPortal & { batch: string; publisher: string; reviewer: string };

/** A list of the county for two villages, live; published by its publisher unless said otherwise. */
export async function openBoards(
  options: PortalOptions & { by?: 'publisher' | 'publisher-qingshan' } = {},
): Promise<BoardPortal> {
  const portal = await createPortal(options);
  const publisher = await portal.signIn(options.by ?? 'publisher');
  const reviewer = await portal.signIn('reviewer');
  const upload = { file: csvOf(HOUSEHOLDS), fileName: 'list.csv' };
  const batch = await uploadBatchId(portal, publisher, upload);
  const decided = await decideList(portal, reviewer, batch, 'approve');
  if (decided.status !== 204) throw new Error(`decision: ${decided.status}`);
  await publish(portal.context);
  return { ...portal, batch, publisher, reviewer };
}

/** Switches the county to full names, as its security administrator does. */
export async function printFullNames(portal: FreshPortal): Promise<void> {
  const cookie = await portal.signIn('security');
  const json = {
    names: 'full',
    documentNumber: '省民发〔2026〕8号',
    reviewedOn: '2026-11-10',
    reviewedBy: '荀敬之',
  };
  const answer = await portal.call('/api/staff/boards/settings', { cookie, json });
  if (answer.status !== 204) throw new Error(`settings: ${answer.status}`);
}
