import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type ReceivedMail = { to: string[]; data: string };

/**
 * A mail server on a free port of 127.0.0.1 that keeps what it is given. `refuse` answers a recipient's address
 * with an error.
 */
export async function startMailServer(refuse: (to: string) => boolean = () => false) {
  const received: ReceivedMail[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.setEncoding('utf8'));
    socket.on('close', () => open.delete(socket));
    serve(socket, received, refuse);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function serve(socket: Socket, received: ReceivedMail[], refuse: (to: string) => boolean): void {
  let waiting = '';
  let to: string[] = [];
  let data: string[] | null = null;
  const answer = (line: string) => socket.write(`${line}\r\n`);
  function take(line: string): void {
    if (data) {
      if (line !== '.') return void data.push(line);
      received.push({ to, data: data.join('\n') });
      [data, to] = [null, []];
      return void answer('250 taken');
    }
    const [verb = ''] = line.toUpperCase().split(' ');
    const address = /<(.*)>/.exec(line)?.[1] ?? '';
    if (verb === 'RCPT' && refuse(address)) return void answer('550 no such box');
    if (verb === 'RCPT') to.push(address);
    if (verb === 'DATA') data = [];
    answer(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok');
    if (verb === 'QUIT') socket.end();
  }
  answer('220 here');
  socket.on('data', (chunk) => {
    const lines = `${waiting}${String(chunk)}`.split('\r\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
