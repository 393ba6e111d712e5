import { readFileSync } from 'node:fs';
import { checkCharacterOf } from '#rules/id-number.ts';
import type { FreshPortal } from './fresh-portal.ts';

/** A specimen list that the demo imports. */
export function readSpecimen(name: string): Buffer {
  return readFileSync(new URL(`../../scripts/specimens/${name}`, import.meta.url));
}

export type ListUpload = {
  file: Buffer | string;
  fileName?: string;
  persons?: Buffer;
  aidType?: string;
  period?: string;
  bodyCode?: string;
  reviewBodyCode?: string;
  /** More fields of the form, such as `kind` and those of a notice. */
  fields?: Record<string, string>;
};

/** Uploads a list the way a browser's form does. */
export function uploadList(portal: FreshPortal, cookie: string, upload: ListUpload) {
  const form = new FormData();
  form.set('aidType', upload.aidType ?? 'RURAL_DIBAO');
  form.set('period', upload.period ?? '2026-10');
  form.set('reviewBodyCode', upload.reviewBodyCode ?? 'bureau-990101000000');
  if (upload.bodyCode) form.set('bodyCode', upload.bodyCode);
  for (const [field, value] of Object.entries(upload.fields ?? {})) form.set(field, value);
  const name = upload.fileName ?? 'list.xlsx';
  form.set('file', new Blob([new Uint8Array(Buffer.from(upload.file))]), name);
  if (upload.persons)
    form.set('persons', new Blob([new Uint8Array(upload.persons)]), 'persons.xlsx');
  return portal.app.request('/api/staff/batches', {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: form,
  });
}

/** Uploads and answers the id of the batch. */
export async function uploadBatchId(portal: FreshPortal, cookie: string, upload: ListUpload) {
  const answer = await uploadList(portal, cookie, upload);
  if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Decides about a list; before an approval gives every household that left the reason OTHER. */
export async function decideList(
  portal: FreshPortal,
  cookie: string,
  id: string,
  decision: 'approve' | 'reject',
  note?: string,
) {
  const path = `/api/staff/batches/${id}`;
  if (decision === 'approve') {
    await portal.call(`${path}/exits`, { cookie, json: { reason: 'OTHER', unset: true } });
  }
  const json = { decision, disclosureReview: true, ...(note === undefined ? {} : { note }) };
  return portal.call(`${path}/decision`, { cookie, json });
}

/** What stands out in the file of a list, the first lines of each kind. */
export async function readProblems(portal: FreshPortal, cookie: string, id: string) {
  const answer = await portal.call(`/api/staff/batches/${id}/problems`, { cookie });
  const { groups } = (await answer.json()) as {
    groups: { kind: string; items: { line: number; words: string }[] }[];
  };
  return groups.flatMap(({ kind, items }) => items.map((item) => ({ ...item, kind })));
}

/** An invented ID number of a person born on a day (`YYYYMMDD`); `order` tells people of one day apart. */
export function idOf(birth: string, order = 2): string {
  const digits = `990101${birth}${String(order).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
}

export type CsvHousehold = {
  village: string;
  name: string;
  /** See `idOf`. */
  id: string;
  members?: number;
  amount?: string;
  remark?: string;
};

/** A rural list of 青山镇 as CSV. */
export function csvOf(households: CsvHousehold[]): string {
  const header = '序号,乡镇,村,户主姓名,身份证号,保障人口,月保障金额(元),批准时间,备注';
  const lines = households.map(
    ({ village, name, id, members = 1, amount = '500', remark = '' }, at) =>
      [at + 1, '青山镇', village, name, id, members, amount, '2024-03', remark].join(','),
  );
  return [header, ...lines].join('\r\n');
}
