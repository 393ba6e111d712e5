import type { HitsBody, ImportBody, RegisterBody } from '#routes/staff-relatives.ts';
import type { z } from 'zod';
import type { createDesk } from './leads.ts';

type Desk = ReturnType<typeof createDesk>;
const PATH = '/api/staff/relatives';

export type Registered = {
  staff: string;
  unit: string;
  relative: string;
  id: string;
  relation?: string;
};

/** A register as a county's office sends it. */
export function registerOf(entries: Registered[]): string {
  const header = '工作人员姓名,单位,职务,亲属姓名,与工作人员关系,亲属身份证号';
  const lines = entries.map(({ staff, unit, relative, id, relation = '父亲' }) =>
    [staff, unit, '工作人员', relative, relation, id].join(','),
  );
  return [header, ...lines].join('\r\n');
}

export async function importRegister(desk: Desk, file: string | Buffer, login = 'liaison') {
  const json = { file: Buffer.from(file).toString('base64'), fileName: 'register.csv' };
  const answer = await desk.call(login, `${PATH}/import`, json);
  if (!answer.ok) throw new Error(`import: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as z.infer<typeof ImportBody>;
}

export async function readRegister(desk: Desk, login = 'liaison') {
  return (await (await desk.call(login, PATH)).json()) as z.infer<typeof RegisterBody>;
}

export async function readHits(desk: Desk, login = 'liaison', status = 'open') {
  const answer = await desk.call(login, `${PATH}/hits?status=${status}`);
  return ((await answer.json()) as z.infer<typeof HitsBody>).items;
}
