import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import Busboy from '@fastify/busboy';
import { CodedError } from '#api/errors.ts';
import { EVIDENCE_LIMITS, EVIDENCE_WORDS } from '#rules/evidence.ts';
import { countBytes } from './multipart.ts';

type FormFields = [name: string, value: string][];

/** What is done with each file as it arrives; it must read or `resume` the stream. */
type TakeFile<T> = (file: ArrivingFile, form: ArrivingForm) => Promise<T>;
type ArrivingFile = { name: string; stream: Readable };
/** The fields so far; all of them once `ended` has resolved, which it does however the request ends. */
export type ArrivingForm = { fields: FormFields; ended: Promise<void> };

/** Of the fields of a form that also carries a draft. */
const FIELD_BYTES = 200_000;

/**
 * Reads a multipart request piece by piece and hands each file on as it arrives, one at a time: nothing of
 * a file is gathered here. Throws `invalid-input` where the request is no form or ends too early, `too-large` where
 * all of it is more than a page may send.
 */
export async function streamForm<T>(
  request: Request,
  files: number,
  take: TakeFile<T>,
): Promise<{ fields: FormFields; taken: T[] }> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.startsWith('multipart/form-data') || !request.body) {
    throw new CodedError('invalid-input');
  }
  const fields: FormFields = [];
  const work: Promise<T>[] = [];
  const streams: Readable[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const parser = createParser(contentType, files);
  parser.on('field', (name, value) => void fields.push([name, value]));
  parser.on('file', (_field, stream, name) => {
    streams.push(stream);
    // A file that is refused or not chosen has no reader; cut off then, it would end the whole process.
    stream.on('error', () => undefined);
    // A file input in which nothing was chosen is sent as an empty file without a name.
    if (!name) {
      stream.resume();
      return;
    }
    const taking = take({ name, stream }, { fields, ended });
    taking.catch(() => undefined);
    work.push(taking);
  });
  try {
    await pipeline(
      Readable.fromWeb(request.body as ReadableStream<Uint8Array>),
      countBytes(EVIDENCE_LIMITS.request, tooMuchEvidence),
      parser,
    );
  } catch (error) {
    const cut = new CodedError('file-refused', {}, EVIDENCE_WORDS.cutOff);
    end();
    for (const stream of streams) if (!stream.readableEnded) stream.destroy(cut);
    await Promise.allSettled(work);
    if (error instanceof CodedError) throw error;
    throw new CodedError('invalid-input', {}, EVIDENCE_WORDS.cutOff);
  }
  end();
  return { fields, taken: await Promise.all(work) };
}

export function tooMuchEvidence(): CodedError {
  return new CodedError('too-large', {}, EVIDENCE_WORDS.tooMuch);
}

function createParser(contentType: string, files: number) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        // One more, so that the reason is told by what looks at the file.
        fileSize: EVIDENCE_LIMITS.bytes + 1,
        files,
        fields: 40,
        fieldSize: FIELD_BYTES,
      },
    });
  } catch {
    throw new CodedError('invalid-input');
  }
}
