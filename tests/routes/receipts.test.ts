import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Receipt } from '#rules/receipt-file.ts';
import { findRepeatedField } from '#rules/repeated-field.ts';
import { receiptKey, refuseReceipt } from '#services/receipts.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { STALLING, sendComplaint } from '#support/complaints.ts';
import { makePhoto, makeRecording, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { answerUpTo, openPlainBrowser } from '#support/plain-browser.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { runScript } from '#support/run-script.ts';

async function receiptOf(portal: FreshPortal, complaint: object = STALLING): Promise<Receipt> {
  return (await (await sendComplaint(portal, complaint)).json()) as Receipt;
}

async function check(portal: FreshPortal, receipt: object | string, ...more: string[]) {
  const file = join(portal.root, 'receipt.json');
  writeFileSync(file, typeof receipt === 'string' ? receipt : JSON.stringify(receipt));
  return runScript('verify', ['--receipt', file, ...more], portal.context.config);
}

test('a receipt says what is owed and by which rules, and holds', async () => {
  await using portal = await createPortal();
  const receipt = await receiptOf(portal);
  expect(receipt.due).toEqual([{ what: '告知是否受理', dueOn: '2026-12-07' }]);
  expect(receipt.ruleVersion).toMatch(/^[0-9a-f]{12}\+2026-/);
  const { code, stdout } = await check(portal, receipt);
  expect(stdout).toContain(`${receipt.reference}, received on 2026-11-20: the signature holds`);
  expect(stdout).toContain('still holds entry');
  expect(code).toBe(0);
});

test('a receipt holds without its code, and with the public key alone', async () => {
  await using portal = await createPortal();
  const { queryCode: _code, ...shown } = await receiptOf(portal);
  const key = join(portal.root, 'key.pem');
  writeFileSync(key, await (await portal.call('/api/receipt-key')).text());
  expect((await check(portal, shown, '--key', key)).code).toBe(0);
});

test('a receipt that was changed anywhere does not hold', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const receipt = await receiptOf(portal, { ...STALLING, evidence: [uploadId] });
  const other = await receiptOf(portal, {
    ...STALLING,
    text: '另外的一件事，与前面那件没有关系。',
  });
  const changes = {
    reference: other.reference,
    receivedOn: '2026-10-20',
    dueOn: null,
    due: [],
    ruleVersion: 'other',
    contentHash: other.contentHash,
    codeHash: other.codeHash,
    salt: other.salt,
    files: [],
    attachments: [],
    queryCode: other.queryCode,
    auditHead: { ...receipt.auditHead, seq: receipt.auditHead.seq + 1 },
    signature: other.signature,
  } satisfies Receipt;
  expect(Object.keys(changes).toSorted()).toEqual(Object.keys(receipt).toSorted());
  const key = receiptKey(portal.context);
  const holding = Object.entries(changes).filter(
    ([name, value]) => refuseReceipt({ ...receipt, [name]: value }, key) === null,
  );
  expect(holding).toEqual([]);
  const { files: _files, ...without } = receipt;
  expect(refuseReceipt(without, key)).not.toBeNull();
});

test('a receipt vouches for the files that came with it, as long as they are as they came', async () => {
  await using portal = await createPortal();
  const photo = await uploadFile(portal, await makePhoto());
  const sound = await uploadFile(portal, makeRecording(), { name: '录音.amr' });
  const complaint = { ...STALLING, evidence: [photo.uploadId, sound.uploadId] };
  const receipt = await receiptOf(portal, complaint);
  expect(receipt.files).toHaveLength(2);
  expect(receipt.files).not.toContain(photo.sha256);
  const own = (hash: string) =>
    createHash('sha256').update(`${receipt.salt}\n${hash}`).digest('hex');
  expect(receipt.attachments).toMatchObject([
    { number: 1, bytes: photo.bytes, hash: own(photo.sha256) },
    { number: 2, bytes: sound.bytes, hash: own(sound.sha256) },
  ]);
  const { dataDir } = portal.context.config;
  const known = [photo.sha256, own(photo.sha256), sound.sha256, own(sound.sha256)];
  expect(findInFolder(dataDir, known)).toEqual([]);
  expect((await check(portal, receipt)).stdout).toContain('files as they came: 2');
  const folder = join(portal.context.config.dataDir, 'evidence');
  const [name = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.age'),
  );
  appendFileSync(join(folder, name), 'x');
  const changed = await check(portal, receipt);
  expect(changed.stderr).toContain('was changed');
  expect(changed.code).toBe(1);
});

test('a receipt with files is the same when it is asked for again, whatever was added since', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const own = makeQueryCode(randomBytes(CODE_BYTES));
  const complaint = { ...STALLING, evidence: [uploadId], queryCode: own };
  const first = await receiptOf(portal, complaint);
  const more = await uploadFile(portal, makeRecording(), { name: '录音.amr' });
  const json = { queryCode: own, text: '补一段录音。', evidence: [more.uploadId] };
  expect((await portal.call('/api/follow-up/messages', { json })).status).toBe(204);
  expect(await receiptOf(portal, complaint)).toEqual(first);
});

test('what is no receipt is told apart', async () => {
  await using portal = await createPortal();
  const { code, stderr } = await check(portal, { reference: 'YG' });
  expect(stderr).toContain('is no receipt');
  expect(code).toBe(2);
});

test('a receipt with another signature, or the same in another spelling, is refused', async () => {
  await using portal = await createPortal();
  const receipt = await receiptOf(portal);
  const key = receiptKey(portal.context);
  expect(refuseReceipt(receipt, key)).toBeNull();
  const forged = { ...receipt, signature: Buffer.alloc(64).toString('base64') };
  expect((await check(portal, forged)).code).toBe(1);
  // The last symbol before the padding holds bits that no byte needs.
  const respelt = [...'BRhx'].map((last) => receipt.signature.replace(/.==$/, `${last}==`));
  for (const signature of [...respelt, `${receipt.signature} `, receipt.signature.slice(0, -2)]) {
    expect(refuseReceipt({ ...receipt, signature }, key)).not.toBeNull();
  }
});

test('a receipt that says a thing twice is refused, whichever of them was signed', async () => {
  await using portal = await createPortal();
  const text = JSON.stringify(await receiptOf(portal));
  const early = '"receivedOn":"2020-01-01",';
  const twice = [
    text.replace('{', `{${early}`),
    text.replace('{', `{${early.replace('received', String.raw`receiv\u0065d`)}`),
    text.replace('"seq":', '"seq":1,"seq" :'),
  ];
  for (const each of twice) {
    const { code, stderr, stdout } = await check(portal, each);
    expect(stderr).toMatch(/"(receivedOn|seq)" stands twice/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  }
  // What is said within a text is said of nothing.
  const said = `[{"a":"{\\"a\\":1,\\"a\\":2}"},{"a":["a","a",{"a":1}]}]`;
  expect(findRepeatedField(said)).toBeNull();
});

test('a file that is no key, or an option without its file, is told in a sentence', async () => {
  await using portal = await createPortal();
  const key = join(portal.root, 'no-key.pem');
  writeFileSync(key, 'no key');
  const refused = await check(portal, await receiptOf(portal), '--key', key);
  expect(refused).toMatchObject({ code: 2, stderr: 'The key cannot be read.\n' });
  const bare = await runScript('verify', ['--receipt'], portal.context.config);
  expect(bare.code).toBe(2);
  expect(bare.stderr).toContain('Usage: npm run verify');
});

test('the same complaint again is the same receipt, to the letter', async () => {
  await using portal = await createPortal();
  const queryCode = (await receiptOf(portal)).queryCode;
  const again = { ...STALLING, text: '同一件事，按了两次。', queryCode };
  expect(await (await sendComplaint(portal, again)).json()).toHaveProperty('error');
  const twice = { ...STALLING, queryCode };
  const answers = [await receiptOf(portal, twice), await receiptOf(portal, twice)];
  expect(answers[0]).toEqual(answers[1]);
});

test('the receipt of a browser is a file, a slip that names no complaint, and holds no code in an address', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await browser.send(await answerUpTo(browser, 'check'), { go: 'submit' });
  expect(page.html).toContain('查询码的二维码');
  const file = await browser.get('/api/complaints/receipt/file');
  const lines = file.html.split('\n');
  const shown = lines.filter((line) => !line.includes('queryCode'));
  expect(shown).toHaveLength(lines.length - 1);
  // As an editor of Windows saves it.
  const edited = await check(portal, `\uFEFF${shown.join('\r\n')}`);
  expect(edited.code).toBe(0);
  const slip = await browser.get('/complaints/slip');
  expect(slip.html).toContain('凭条');
  expect(slip.html).not.toMatch(/举报|投诉|低保局/);
  expect(slip.html).toContain('<title>凭条</title>');
  const groups = (JSON.parse(file.html) as Receipt).queryCode.slice(0, 8);
  expect(`${page.path}${file.path}${slip.path}`).not.toContain(groups);
});
