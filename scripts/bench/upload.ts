import { request } from 'node:http';
import type { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const BOUNDARY = 'a-file-of-the-bench';
const PIECE = Buffer.alloc(64 * 1024, 7);

/** Sends one recording of that size with its proof, as the form does, piece by piece. */
export async function upload(url: string, agent: Agent, altcha: string, bytes: number) {
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, origin: url };
  const post = request(`${url}/api/uploads`, { agent, method: 'POST', headers });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  post.once('error', reject).once('response', (answer) => {
    answer.resume();
    if (answer.statusCode === 201) answer.once('end', resolve);
    else reject(new Error(`an upload was answered with ${answer.statusCode}`));
  });
  await Promise.all([pipeline(Readable.from(bodyOf(altcha, bytes)), post), promise]);
}

function* bodyOf(altcha: string, bytes: number): Generator<Buffer> {
  const part = (head: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name=${head}\r\n\r\n`;
  yield Buffer.from(`${part('"altcha"')}${altcha}\r\n${part('"file"; filename="a.amr"')}`);
  const start = Buffer.from('#!AMR\n');
  yield start;
  for (let left = bytes - start.length; left > 0; left -= PIECE.length) {
    yield PIECE.subarray(0, left);
  }
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}
