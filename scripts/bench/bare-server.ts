import { createServer } from 'node:net';

/**
 * Answers everything with the same bytes: what the hammer counts here is its own limit. Argument: length of
 * the body. Prints its port; ends with standard input.
 */
const body = 'x'.repeat(Number(process.argv[2] ?? 2000));
const answer = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

const server = createServer((socket) => {
  socket.setNoDelay();
  socket.on('data', () => void socket.write(answer));
  socket.on('error', () => undefined);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`ready\n${(server.address() as { port: number }).port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
