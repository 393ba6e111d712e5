import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { generateKeyPair, isRecipient, openSealed, pairOf, seal } from '#sealing/age.ts';

test('the age package opens what was sealed, with any of several keys', async () => {
  const first = await generateKeyPair();
  const second = await generateX25519Identity();
  const sealed = await seal([first.recipient, await identityToRecipient(second)], '反映的内容');
  for (const identity of [first.identity, second]) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(await decrypter.decrypt(sealed, 'text')).toBe('反映的内容');
  }
});

test('what the age package seals to a key of ours opens', async () => {
  const { identity, recipient } = await generateKeyPair();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const opened = await openSealed(identity, await encrypter.encrypt('反映的内容'));
  expect(opened.toString('utf8')).toBe('反映的内容');
});

test('an identity has the recipient that the age package gives it', async () => {
  const identity = await generateX25519Identity();
  expect((await pairOf(identity)).recipient).toBe(await identityToRecipient(identity));
});

test('a text that is no recipient is not sealed to', async () => {
  const { identity, recipient } = await generateKeyPair();
  const damaged = `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`;
  for (const text of ['', 'age1', identity, damaged]) {
    expect(isRecipient(text)).toBe(false);
    await expect(seal([text], 'x')).rejects.toThrow();
  }
});
