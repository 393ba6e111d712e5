import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * Asks for one page again and again over 64 kept connections, one request at a time on each, as `wrk -t1 -c64`
 * does. Every answer must be as long as the first and begin as it does. Arguments: port, path, seconds.
 */
const [port = '0', path = '/', seconds = '5'] = process.argv.slice(2);
const CONNECTIONS = 64;
const REQUEST = Buffer.from(
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, br\r\n\r\n`,
);
const OK = Buffer.from('HTTP/1.1 200 ');

let answers = 0;
const length = await readLength();
const sockets = Array.from({ length: CONNECTIONS }, hammer);
const begun = performance.now();
setTimeout(
  () => {
    const perSecond = Math.round((answers * 1000) / (performance.now() - begun));
    for (const socket of sockets) socket.destroy();
    console.log(JSON.stringify({ perSecond, bytes: length }));
  },
  Number(seconds) * 1000,
);

function hammer(): Socket {
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(REQUEST)).setNoDelay();
  let missing = length;
  socket.on('data', (data: Buffer) => {
    if (missing === length && !data.subarray(0, OK.length).equals(OK)) fail('not a 200');
    missing -= data.length;
    if (missing > 0) return;
    if (missing < 0) fail('an answer of another length');
    answers += 1;
    missing = length;
    socket.write(REQUEST);
  });
  socket.on('error', (error) => fail(error.message));
  return socket;
}

/** Header and body of one answer. */
async function readLength(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let text = Buffer.alloc(0);
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(REQUEST));
  socket.on('data', (data: Buffer) => {
    text = Buffer.concat([text, data]);
    const end = text.indexOf('\r\n\r\n');
    const body = /\r\ncontent-length: (\d+)/i.exec(text.subarray(0, end).toString())?.[1];
    if (end < 0 || body === undefined) return;
    socket.destroy();
    resolve(end + 4 + Number(body));
  });
  socket.on('error', (error) => fail(error.message));
  return promise;
}

function fail(reason: string): never {
  console.error(`hammer: ${reason}`);
  process.exit(1);
}
