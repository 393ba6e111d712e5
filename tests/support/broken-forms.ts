const PART = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n来回跑了几趟。\r\n';
const FILE =
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a.amr"\r\n\r\n#!AMR\n\r\n';
const END = '--x--\r\n';
const X = 'multipart/form-data; boundary=x';

/** How a form can be wrong: its type, its body, and headers that say something else of it. */
export type BrokenForm = { type: string; body: string; headers?: Record<string, string> };

/** None of these can be read, so none may be acted on. */
export const BROKEN_FORMS: Readonly<Record<string, BrokenForm>> = {
  'another boundary': { type: 'multipart/form-data; boundary=y', body: `${PART}${END}` },
  'no boundary': { type: 'multipart/form-data', body: `${PART}${END}` },
  'an empty boundary': { type: 'multipart/form-data; boundary=', body: `${PART}${END}` },
  'a boundary longer than allowed': {
    type: `multipart/form-data; boundary=${'x'.repeat(300)}`,
    body: `${PART}${END}`,
  },
  'nothing in it': { type: X, body: '' },
  'cut off in the head of a part': { type: X, body: PART.slice(0, 30) },
  'cut off in a text': { type: X, body: PART.slice(0, -4) },
  'cut off in a file': { type: X, body: `${PART}${FILE.slice(0, -4)}` },
  'cut off before its end': { type: X, body: PART },
  'another type that begins alike': { type: 'multipart/form-data-x', body: `${PART}${END}` },
};

/** Readable for some, not for others; nobody may fail over one. */
export const ODD_FORMS: Readonly<Record<string, BrokenForm>> = {
  'a part without a name': {
    type: X,
    body: `--x\r\nContent-Disposition: form-data\r\n\r\na\r\n${END}`,
  },
  'a part without a head': { type: X, body: `--x\r\n\r\na\r\n${END}` },
  'a head of garbage': { type: X, body: `--x\r\n\u0000\u00ff no colon\r\n: :\r\n\r\na\r\n${END}` },
  'a head that never ends': {
    type: X,
    body: `--x\r\nA: ${'b'.repeat(100_000)}\r\n\r\na\r\n${END}`,
  },
  'one form in another': {
    type: X,
    body:
      '--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n' +
      `--y\r\nContent-Disposition: form-data; name="b"\r\n\r\nc\r\n--y--\r\n\r\n${END}`,
  },
  'files where texts are asked for': {
    type: X,
    body: `${['step', 'draft', 'login', 'queryCode', 'evidence', 'go', 'ticket', 'event', 'back']
      .map((name) => FILE.replace('"file"', `"${name}"`))
      .join('')}${END}`,
  },
  'only its end': { type: X, body: END },
  'longer than it says': { type: X, body: `${PART}${END}`, headers: { 'content-length': '10' } },
  'shorter than it says': { type: X, body: `${PART}${END}`, headers: { 'content-length': '9999' } },
  'a length that is none': { type: X, body: `${PART}${END}`, headers: { 'content-length': 'x' } },
  'a text that is no text': {
    type: 'application/x-www-form-urlencoded',
    body: '%E0%A4%A=%&%00=%FF&=&&text',
  },
};
