import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { macOfExclusion } from '#services/exclusions.ts';
import { openContent, openReporter } from '#services/lead-content.ts';
import { QINGSHAN, STALLING, VILLAGE } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { SEALED_PARTS, identitiesOf, openAny, readFileRows } from '#support/stolen-data.ts';

const { bureau, discipline } = DEMO_BODIES;

test('the bureau opens the text, and the reporter only where one was left', async () => {
  await using portal = await createPortal();
  const reporter = { name: '鲍临川', contact: '10012345678' };
  await fileLead(portal, { ...STALLING, mode: 'CONFIDENTIAL', reporter });
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

test('the length of a sealed lead tells neither its class nor how many problems or names it has', async () => {
  await using portal = await createPortal();
  const about = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };
  await fileLead(portal, about);
  await fileLead(portal, {
    ...about,
    class: 'APPEAL',
    problemTypes: ['STALL', 'EXTORT', 'NEPOT'],
    subjectName: '欧阳见秋',
    mode: 'NAMED',
    reporter: { name: '申小满', contact: '100-0000-0001' },
  });
  await fileLead(portal, { ...about, mode: 'ANONYMOUS', reporter: { contact: '老地方' } });
  const rows = await portal.context.db.select().from(portal.context.db.t.lead);
  expect(new Set(rows.map((row) => row.sealedContent.length)).size).toBe(1);
  const reporters = rows.flatMap((row) => row.sealedReporter?.length ?? []);
  // Of the one who left nothing, too.
  expect(reporters).toHaveLength(3);
  expect(new Set(reporters).size).toBe(1);
});

test('a complaint about civil-affairs staff is sealed and the bureau holds nothing of it', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, {
    class: 'REPORT',
    problemTypes: ['EXTORT'],
    placeCode: VILLAGE,
    text: '办低保要先请吃饭。',
    subjectRole: 'CIVIL_STAFF',
  });
  const [lead] = readFileRows(portal, 'select * from lead');
  expect(lead).toMatchObject({ reference, body_code: discipline, secrecy: 'sealed' });
  const routing = ['class', 'mode', 'source', 'place_code', 'notice_id'];
  for (const column of routing) expect(lead?.[column]).toBeNull();
  // Nothing was left; that it is missing would say so.
  expect(lead?.['sealed_reporter']).not.toBeNull();
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
  await fileLead(portal, STALLING);
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
  await fileLead(portal, { ...STALLING, subjects: [{ role: 'UNKNOWN', name }] });
  const { personId: person } = await portal.actorOf('triage');
  const [lead] = readFileRows(portal, 'select id from lead');
  const mac = macOfExclusion(portal.context.secrets, String(lead?.['id']), { person });
  expect(readFileRows(portal, 'select mac from lead_exclusion')).toContainEqual({ mac });
  const dump = JSON.stringify(readFileRows(portal, 'select * from lead_exclusion'));
  expect(dump).not.toContain(person);
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
  const { queryCode } = await fileLead(portal, {
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
