import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import sharp from 'sharp';
import { CodedError } from '#api/errors.ts';
import type { OpenedFile } from './evidence-access.ts';
import { EVIDENCE_TYPES } from '#rules/evidence.ts';

/** A copy to look at: `body` is whole or streams. */
export type ViewCopy = { mime: string; body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> };

const LONGEST_SIDE = 2400;
/** More than any phone takes; a small file may claim a picture that fills the memory. */
const MOST_PIXELS = 120_000_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * What staff look at in the page: pictures drawn anew, without place, time and device; of a PDF or a recording
 * the bytes themselves. Nothing is stored. One picture at a time, whoever asks. Throws `file-refused` where
 * a picture cannot be drawn.
 */
export async function makeViewCopy({ facts, stream }: OpenedFile): Promise<ViewCopy> {
  const { kind, mime } = EVIDENCE_TYPES[facts.type];
  if (kind !== 'image') return { mime, body: stream };
  const mine = last.then(async () => drawAnew(stream));
  last = mine.catch(() => undefined);
  return { mime: 'image/jpeg', body: await mine };
}

async function drawAnew(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  // The whole file is authenticated before a byte of it is drawn.
  const original = await buffer(Readable.fromWeb(stream));
  try {
    const drawn = await sharp(original, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({
        width: LONGEST_SIDE,
        height: LONGEST_SIDE,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer();
    return new Uint8Array(drawn);
  } catch {
    throw new CodedError('file-refused', {}, '图片无法显示，可以下载原件查看。');
  }
}
