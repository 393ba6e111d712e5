import { buffer } from 'node:stream/consumers';
import { Decrypter, Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import {
  SealError,
  generateKeyPair,
  openPieces,
  openSealed,
  seal,
  sealPieces,
} from '#sealing/age.ts';

const CHUNK = 64 * 1024;
/** Empty, and on both sides of where one chunk ends and the next begins. */
const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7, 300_000];

function contentOf(bytes: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (at * 31) % 251));
}

async function* cutInto(content: Uint8Array, bytes: number) {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes);
}

async function sealByPackage(recipient: string, content: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
}

async function openByPackage(identity: string, sealed: Uint8Array): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(sealed));
}

test.each(SIZES)('the age package opens %i bytes sealed whole or as they arrive', async (size) => {
  const { identity, recipient } = await generateKeyPair();
  const content = contentOf(size);
  const whole = await seal([recipient], content);
  expect(content.equals(await openByPackage(identity, whole))).toBe(true);
  for (const step of [1000, CHUNK, 3 * CHUNK]) {
    const sealed = await buffer(sealPieces(recipient, cutInto(content, step)));
    expect(sealed).toHaveLength(whole.length);
    expect(content.equals(await openByPackage(identity, sealed))).toBe(true);
  }
});

test.each(SIZES)(
  '%i bytes sealed by the age package open whole and piece by piece',
  async (size) => {
    const { identity, recipient } = await generateKeyPair();
    const content = contentOf(size);
    const sealed = await sealByPackage(recipient, content);
    expect(content.equals(await openSealed(identity, sealed))).toBe(true);
    for (const step of [100, CHUNK, 3 * CHUNK]) {
      const opened = await openPieces(identity, cutInto(sealed, step));
      expect(content.equals(await buffer(opened))).toBe(true);
    }
  },
);

const DAMAGES: [string, (sealed: Buffer) => Buffer][] = [
  ['a bit of the header', (sealed) => flip(sealed, 60)],
  ['a bit of the nonce', (sealed) => flip(sealed, sealed.indexOf('\n--- ') + 50)],
  ['a bit of the first chunk', (sealed) => flip(sealed, 400)],
  ['the last bit', (sealed) => flip(sealed, sealed.length - 1)],
  ['the last byte cut off', (sealed) => sealed.subarray(0, -1)],
  ['the last chunk cut off', (sealed) => sealed.subarray(0, -(1000 + 16))],
  ['all but the header cut off', (sealed) => sealed.subarray(0, 200)],
  ['half of the header cut off', (sealed) => sealed.subarray(0, 100)],
  ['nothing left', () => Buffer.alloc(0)],
  ['a byte more', (sealed) => Buffer.concat([sealed, Buffer.alloc(1)])],
  ['chunks in another order', swapChunks],
];

test.each(DAMAGES)('with %s it opens neither whole nor piece by piece', async (_, damage) => {
  const { identity, recipient } = await generateKeyPair();
  const sealed = await seal([recipient], contentOf(2 * CHUNK + 1000));
  const damaged = damage(Buffer.from(sealed));
  await expect(openSealed(identity, damaged)).rejects.toThrow(SealError);
  const streamed = async () => buffer(await openPieces(identity, cutInto(damaged, 999)));
  await expect(streamed()).rejects.toThrow(SealError);
});

test('two seals of the same content have nothing in common but the version and their length', async () => {
  const { recipient } = await generateKeyPair();
  const [one, other] = [await seal([recipient], 'x'), await seal([recipient], 'x')];
  expect(one).toHaveLength(other.length);
  expect(one.subarray(-33).equals(other.subarray(-33))).toBe(false);
  expect(one.subarray(30, 70).equals(other.subarray(30, 70))).toBe(false);
});

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

function swapChunks(sealed: Buffer): Buffer {
  const from = sealed.length - (2 * CHUNK + 1000 + 3 * 16);
  const size = CHUNK + 16;
  const [head, first] = [sealed.subarray(0, from), sealed.subarray(from, from + size)];
  const [second, rest] = [
    sealed.subarray(from + size, from + 2 * size),
    sealed.subarray(from + 2 * size),
  ];
  return Buffer.concat([head, second, first, rest]);
}
