import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import Busboy from '@fastify/busboy';
import { CodedError } from '#api/errors.ts';

type FormFile = { name: string; bytes: Buffer };
/** Fields and files by their names; of two with one name the first counts. */
export type MultipartForm = { fields: Map<string, string>; files: Map<string, FormFile> };

/** Bytes of one file, of the whole request, and how many parts it may have. */
export type FormLimits = { file: number; total: number; files: number; fields: number };

/**
 * Reads a multipart request as it arrives into memory; nothing touches the disk. A file that was not
 * chosen is absent. Throws `too-large` with `tooLarge` as soon as a limit is passed, `invalid-input`
 * where the request is no form.
 */
export async function readMultipart(
  request: Request,
  limits: FormLimits,
  tooLarge: () => CodedError,
): Promise<MultipartForm> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.startsWith('multipart/form-data') || !request.body) {
    throw new CodedError('invalid-input');
  }
  const form: MultipartForm = { fields: new Map(), files: new Map() };
  const parser = createParser(contentType, limits);
  let overflow = false;
  parser.on('field', (name, value) => {
    if (!form.fields.has(name)) form.fields.set(name, value);
  });
  parser.on('file', (field, stream, name) => {
    const chunks: Buffer[] = [];
    // Told by the parser as well; without a listener it would end the whole process.
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => {
      overflow = true;
      chunks.length = 0;
    });
    stream.on('end', () => {
      const bytes = Buffer.concat(chunks);
      if ((name || bytes.length > 0) && !form.files.has(field)) {
        form.files.set(field, { name, bytes });
      }
    });
  });
  try {
    await pipeline(
      Readable.fromWeb(request.body as ReadableStream<Uint8Array>),
      countBytes(limits.total, tooLarge),
      parser,
    );
  } catch (error) {
    throw error instanceof CodedError ? error : new CodedError('invalid-input');
  }
  if (overflow) throw tooLarge();
  return form;
}

function createParser(contentType: string, limits: FormLimits) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fileSize: limits.file,
        files: limits.files,
        fields: limits.fields,
        fieldSize: 10_000,
      },
    });
  } catch {
    throw new CodedError('invalid-input');
  }
}

/** Stops a request that is larger than all it may hold, whatever it declares. */
export function countBytes(total: number, tooLarge: () => CodedError) {
  return async function* count(chunks: AsyncIterable<Buffer>) {
    let seen = 0;
    for await (const chunk of chunks) {
      seen += chunk.length;
      if (seen > total) throw tooLarge();
      yield chunk;
    }
  };
}
