import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { csvOf, idOf, uploadBatchId } from '#support/lists.ts';
import { importRegister, registerOf } from '#support/relatives.ts';
import { browse } from './browse.ts';

const PATH = '/staff/relatives/';
const ENTRY = {
  staff: '史柏青',
  unit: '青山镇人民政府',
  relative: '史守信',
  id: idOf('19500628'),
};

test('the discipline group looks at a match and makes a lead of it', async () => {
  await using portal = await createPortal();
  await importRegister(createDesk(portal), registerOf([ENTRY]));
  const list = csvOf([{ village: '石桥村', name: '史守信', id: ENTRY.id }]);
  const publisher = await portal.signIn('publisher-qingshan');
  await uploadBatchId(portal, publisher, { file: list, fileName: 'a.csv' });
  const liaison = await browse(portal, 'liaison-2');
  const { html } = await liaison(PATH);
  expect(html).toContain('享受救助，待核对（1）');
  expect(html).toContain('史守信（父亲），990**************');
  expect(html).not.toContain(ENTRY.id);
  const id = /name="hit" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const made = await liaison(PATH, [
    ['hit', id],
    ['decision', 'lead'],
    [`role-${id}`, 'TOWN_HANDLER'],
  ]);
  expect(made.status).toBe(303);
  expect((await liaison(made.location ?? '')).html).toContain('已登记为线索');
});

test('nobody else opens the page', async () => {
  await using portal = await createPortal();
  const leader = await browse(portal, 'leader');
  expect(await leader(PATH)).toMatchObject({ status: 303, location: '/staff/' });
});
