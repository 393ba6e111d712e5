import sharp from 'sharp';
import type { UploadBody } from '#routes/uploads.ts';
import type { FreshPortal } from './fresh-portal.ts';

/** A photo as a phone takes it, with place, time and device; invented. */
export async function makePhoto(): Promise<Uint8Array<ArrayBuffer>> {
  const photo = await sharp({
    create: { width: 640, height: 480, channels: 3, background: '#8899aa' },
  })
    .withExif({
      IFD0: { Make: 'Lantern', Model: 'P9 Specimen' },
      IFD2: { DateTimeOriginal: '2026:11:02 08:30:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '30/1 35/1 3393/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '114/1 18/1 1890/100',
      },
    })
    .jpeg()
    .toBuffer();
  return new Uint8Array(photo);
}

/** A recording of a few seconds' silence. */
export function makeRecording(bytes = 3000): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes);
  file.set(Buffer.from('#!AMR\n'));
  return file;
}

/** Begins and ends as a file of its type; what lies between is noise. */
export function makeFile(
  start: string | number[],
  bytes = 5000,
  end = '',
): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes).map((_, at) => (at * 31) % 251);
  file.set(typeof start === 'string' ? Buffer.from(start, 'latin1') : start);
  file.set(Buffer.from(end, 'latin1'), bytes - end.length);
  return file;
}

type Sent = { name?: string; proof?: 'before' | 'after' | 'none'; altcha?: string };

/** Sends a file as the form does. */
export async function sendFile(
  portal: FreshPortal,
  content: Uint8Array<ArrayBuffer>,
  { name = '现场.jpg', proof = 'before', altcha }: Sent = {},
): Promise<Response> {
  const form = new FormData();
  const solved = proof === 'none' ? '' : (altcha ?? (await portal.solveProof()));
  if (proof === 'before') form.append('altcha', solved);
  form.append('file', new Blob([content]), name);
  if (proof === 'after') form.append('altcha', solved);
  return portal.app.request('/api/uploads', {
    method: 'POST',
    headers: { origin: 'http://localhost' },
    body: form,
  });
}

/** Uploads a file that is taken. */
export async function uploadFile(
  portal: FreshPortal,
  content: Uint8Array<ArrayBuffer>,
  sent: Sent = {},
): Promise<UploadBody> {
  const answer = await sendFile(portal, content, sent);
  if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as UploadBody;
}

/** A recording that browsers play: so many seconds' silence. */
export function makeSound(seconds: number): Buffer {
  const rate = 8000;
  const header = Buffer.alloc(44);
  const samples = Buffer.alloc(rate * seconds, 128);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** One page with a line of ASCII text. */
export function makePdf(text: string): Buffer {
  const draw = `BT /F1 24 Tf 40 120 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const starts = objects.map((object, index) => {
    const start = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 6\n0000000000 65535 f \n${starts.join('')}`;
  const trailer = `trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}
