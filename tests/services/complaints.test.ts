import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { findArrivalEntry } from '#db/queries/complaints.ts';
import { QINGSHAN, STALLING, VILLAGE, sendComplaint, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { SealError, openSealed } from '#sealing/age.ts';
import { macOfExclusion } from '#services/exclusions.ts';
import { listBodyKeysOf, openBodyIdentity } from '#services/keyring.ts';
import { openContent, openReporter } from '#services/lead-content.ts';
import type { Receipt } from '#services/complaints.ts';

const { bureau, discipline } = DEMO_BODIES;

async function file(portal: FreshPortal, complaint: object): Promise<Receipt> {
  const answer = await sendComplaint(portal, complaint);
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as Receipt;
}

/** Rows as they stand in the file, read past everything the portal does. */
function readFileRows(portal: FreshPortal, sql: string): Record<string, unknown>[] {
  const file = new DatabaseSync(join(portal.context.config.dataDir, 'portal.db'), {
    readOnly: true,
  });
  const rows = file.prepare(sql).all() as Record<string, unknown>[];
  file.close();
  return rows;
}

/** Every body key a person holds, opened in their session. */
async function identitiesOf(portal: FreshPortal, login: string): Promise<string[]> {
  const actor = await portal.actorOf(login);
  const keys = await listBodyKeysOf(portal.context.db, actor);
  const opened = keys.map(({ keyId }) => openBodyIdentity(portal.context.db, actor, keyId));
  return (await Promise.all(opened)).filter((identity) => identity !== null);
}

/** What these identities open of the sealed blobs in a query's `sealed` column. */
async function openAny(identities: string[], rows: Record<string, unknown>[]): Promise<string[]> {
  const opened: string[] = [];
  for (const row of rows) {
    for (const identity of identities) {
      try {
        opened.push((await openSealed(identity, row['sealed'] as Buffer)).toString());
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
      }
    }
  }
  return opened;
}

const SEALED_PARTS = `select sealed from lead_grant union all select sealed_content from lead
  union all select sealed_reporter from lead where sealed_reporter is not null`;

test('an anonymous complaint arrives at the bureau and waits in reserve with the discipline group', async () => {
  await using portal = await createPortal();
  const { reference } = await file(portal, STALLING);
  expect(readFileRows(portal, 'select * from lead')).toMatchObject([
    {
      reference,
      state: 'RECEIVED',
      body_code: bureau,
      secrecy: 'normal',
      class: 'REPORT',
      mode: 'ANONYMOUS',
      place_code: VILLAGE,
      proposed_body_code: bureau,
      sealed_reporter: null,
    },
  ]);
  const grants = 'select body_code, part, standing from lead_grant order by body_code, part';
  expect(readFileRows(portal, grants)).toEqual([
    { body_code: bureau, part: 'content', standing: 'desk' },
    { body_code: bureau, part: 'reporter', standing: 'desk' },
    { body_code: discipline, part: 'content', standing: 'reserve' },
  ]);
});

test('the bureau opens the text, and the reporter only where one was left', async () => {
  await using portal = await createPortal();
  const reporter = { name: '鲍临川', contact: '10012345678' };
  await file(portal, { ...STALLING, mode: 'CONFIDENTIAL', reporter });
  const identities = await identitiesOf(portal, 'triage');
  const [content = '', forReporter = ''] = await openAny(
    identities,
    readFileRows(
      portal,
      `select sealed from lead_grant where body_code = '${bureau}' order by part`,
    ),
  );
  const [lead] = readFileRows(portal, 'select sealed_content, sealed_reporter from lead');
  expect(await openContent(content, lead?.['sealed_content'] as Buffer)).toMatchObject({
    text: STALLING.text,
    subjects: [{ role: 'TOWN_HANDLER', bodyCode: QINGSHAN, name: null }],
  });
  expect(await openReporter(forReporter, lead?.['sealed_reporter'] as Buffer)).toEqual(reporter);
});

test('a complaint about civil-affairs staff is sealed and the bureau holds nothing of it', async () => {
  await using portal = await createPortal();
  const { reference } = await file(portal, {
    class: 'REPORT',
    problemTypes: ['EXTORT'],
    placeCode: VILLAGE,
    text: '办低保要先请吃饭。',
    subjectRole: 'CIVIL_STAFF',
  });
  const [lead] = readFileRows(portal, 'select * from lead');
  expect(lead).toMatchObject({ reference, body_code: discipline, secrecy: 'sealed' });
  const routing = ['class', 'mode', 'source', 'place_code', 'proposed_body_code', 'notice_id'];
  for (const column of routing) expect(lead?.[column]).toBeNull();
  expect(readFileRows(portal, 'select * from lead_problem')).toEqual([]);
  expect(readFileRows(portal, 'select * from lead_subject')).toEqual([]);
  const holders = 'select distinct body_code from lead_grant';
  expect(readFileRows(portal, holders)).toEqual([{ body_code: discipline }]);
  const bureauKeys = await identitiesOf(portal, 'triage');
  expect(bureauKeys.length).toBeGreaterThan(0);
  expect(await openAny(bureauKeys, readFileRows(portal, SEALED_PARTS))).toEqual([]);
  const liaisonKeys = await identitiesOf(portal, 'liaison');
  expect(await openAny(liaisonKeys, readFileRows(portal, SEALED_PARTS))).toHaveLength(2);
});

test('the keys of an excluded township open nothing of the lead', async () => {
  await using portal = await createPortal();
  await file(portal, STALLING);
  const keys = await identitiesOf(portal, 'township-qingshan');
  expect(keys.length).toBeGreaterThan(0);
  expect(await openAny(keys, readFileRows(portal, SEALED_PARTS))).toEqual([]);
  const [lead] = readFileRows(portal, 'select id from lead');
  const mac = macOfExclusion(portal.context.secrets, String(lead?.['id']), { body: QINGSHAN });
  const excluded = readFileRows(portal, 'select mac from lead_exclusion');
  expect(excluded).toContainEqual({ mac });
});

test('a staff member who is named is excluded without being named', async () => {
  await using portal = await createPortal();
  const name = '祁 思齐';
  await file(portal, { ...STALLING, subjects: [{ role: 'UNKNOWN', name }] });
  const { personId: person } = await portal.actorOf('triage');
  const [lead] = readFileRows(portal, 'select id from lead');
  const mac = macOfExclusion(portal.context.secrets, String(lead?.['id']), { person });
  expect(readFileRows(portal, 'select mac from lead_exclusion')).toContainEqual({ mac });
  const dump = JSON.stringify(readFileRows(portal, 'select * from lead_exclusion'));
  expect(dump).not.toContain(person);
});

test('where every body that could receive it is accused, 12388 is named', async () => {
  await using portal = await createPortal();
  const answer = await sendComplaint(portal, {
    ...STALLING,
    subjectRole: 'CIVIL_STAFF',
    subjectBody: bureau,
    subjects: [{ role: 'UNKNOWN', bodyCode: discipline }],
  });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('12388');
});

test('the same complaint under the same code is the same receipt, and needs no second proof', async () => {
  await using portal = await createPortal();
  const first = await file(portal, STALLING);
  const again = { ...STALLING, queryCode: first.queryCode };
  const { queryCode } = await file(portal, again);
  expect(queryCode).toBe(first.queryCode);
  const unproved = await portal.call('/api/complaints', { json: again });
  expect(unproved.status).toBe(201);
  expect(await unproved.json()).toEqual(first);
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('other content under the same code is refused and leaves the first alone', async () => {
  await using portal = await createPortal();
  const { queryCode } = await file(portal, STALLING);
  const other = await sendComplaint(portal, { ...STALLING, text: '另一件事', queryCode });
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ error: { code: 'already-received' } });
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('five submissions of one form at once are one lead', async () => {
  await using portal = await createPortal();
  const queryCode = makeQueryCode(randomBytes(CODE_BYTES));
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL', queryCode });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => sendForm(portal, '/api/complaints', fields)),
  );
  const receipts = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('the receipt names the link of the audit chain that reports the arrival', async () => {
  await using portal = await createPortal();
  const { auditHead } = await file(portal, STALLING);
  const [lead] = readFileRows(portal, 'select id from lead');
  const entry = await findArrivalEntry(portal.context.db, String(lead?.['id']));
  expect(entry).toEqual(auditHead);
  const [row] = readFileRows(portal, `select * from audit_entry where seq = ${auditHead.seq}`);
  expect(row).toMatchObject({ action: 'lead.arrive', at: null, person_id: null });
});

test('nothing that was typed stands in clear in any byte of the data folder', async () => {
  await using portal = await createPortal();
  const typed = {
    text: '晏家桥头的会计收了三百块钱才肯盖章',
    accused: '危樟树',
    name: '鲍临川',
    contact: '10098765432',
    notice: '晏家桥第七户',
  };
  const { queryCode } = await file(portal, {
    ...STALLING,
    text: typed.text,
    noticeId: typed.notice,
    mode: 'NAMED',
    reporter: { name: typed.name, contact: typed.contact },
    subjects: [{ role: 'VILLAGE_CADRE', name: typed.accused }],
  });
  const supplement = '又来催了一回还是不给办';
  await portal.call('/api/follow-up/messages', { json: { queryCode, text: supplement } });
  const needles = [...Object.values(typed), typed.text.slice(0, 6), supplement, queryCode];
  expect(findInFolder(portal.root, needles)).toEqual([]);
});
