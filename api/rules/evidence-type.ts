import type { EvidenceType } from './evidence.ts';

/** Bytes from both ends of a file that are enough to tell its type. */
export const HEAD_BYTES = 4096;
export const TAIL_BYTES = 256 * 1024;

type Probe = (head: Uint8Array) => boolean;

/** In order; the first that fits. ZIP containers are told by `findOfficeType`. */
const PROBES: readonly [EvidenceType, Probe][] = [
  ['JPEG', (head) => startsWith(head, [0xff, 0xd8, 0xff])],
  ['PNG', (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['WEBP', (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP'],
  ['WAV', (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WAVE'],
  ['PDF', (head) => ascii(head, 0, 5) === '%PDF-'],
  ['AMR', (head) => ['#!AMR\n', '#!AMR-'].includes(ascii(head, 0, 6))],
  ['OGG', (head) => ascii(head, 0, 4) === 'OggS'],
  ['WEBM', isWebm],
  ['HEIC', (head) => hasBrand(head, ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1'])],
  ['M4A', (head) => hasBrand(head, ['M4A ', 'M4B '])],
  ['3GP', (head) => /^3g[pg2r]/.test(majorBrand(head) ?? '')],
  [
    'MP4',
    (head) =>
      hasBrand(head, [
        'isom',
        'iso2',
        'iso4',
        'iso5',
        'iso6',
        'mp41',
        'mp42',
        'avc1',
        'M4V ',
        'MSNV',
        'dash',
      ]),
  ],
  ['MP3', isMp3],
];

/** The type of a file by how it begins; `zip` may yet turn out to be a document; null is not taken. */
export function findEvidenceType(head: Uint8Array): EvidenceType | 'zip' | null {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  return PROBES.find(([, probe]) => probe(head))?.[0] ?? null;
}

/** A ZIP container by the list of its parts, which stands at its end; one with macros is not taken. */
export function findOfficeType(head: Uint8Array, tail: Uint8Array): EvidenceType | null {
  const names = `${ascii(head, 0, head.length)}${ascii(tail, 0, tail.length)}`;
  if (!names.includes('[Content_Types].xml') || /vbaProject\.bin/i.test(names)) return null;
  if (names.includes('word/document.xml')) return 'DOCX';
  return names.includes('xl/workbook.xml') ? 'XLSX' : null;
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
}

/** Of the ISO media family (MP4, HEIC, 3GP): the box `ftyp` begins the file. */
function majorBrand(head: Uint8Array): string | null {
  return ascii(head, 4, 8) === 'ftyp' ? ascii(head, 8, 12) : null;
}

function hasBrand(head: Uint8Array, brands: readonly string[]): boolean {
  return brands.includes(majorBrand(head) ?? '');
}

/** Matroska, of which only WebM is taken: the name of the format stands near the beginning. */
function isWebm(head: Uint8Array): boolean {
  return startsWith(head, [0x1a, 0x45, 0xdf, 0xa3]) && ascii(head, 0, 64).includes('webm');
}

/** Tagged, or a frame of MPEG audio, layer III, with a bit rate and a sampling rate that exist. */
function isMp3(head: Uint8Array): boolean {
  if (ascii(head, 0, 3) === 'ID3') return true;
  const [sync = 0, flags = 0, rates = 0] = head;
  const isFrame = sync === 0xff && (flags & 0xe0) === 0xe0 && (flags & 0x18) !== 0x08;
  const isLayer3 = (flags & 0x06) === 0x02;
  const hasRates = (rates & 0xf0) !== 0xf0 && (rates & 0xf0) !== 0 && (rates & 0x0c) !== 0x0c;
  return isFrame && isLayer3 && hasRates;
}
