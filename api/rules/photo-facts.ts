/** What a photo or a video tells of who made it, where and when. */
export type PhotoFacts = {
  /** `30.59276, 114.30525` */
  position: string | null;
  /** As the device wrote it, local time. */
  takenAt: string | null;
  device: string | null;
};

const NOTHING: PhotoFacts = { position: null, takenAt: null, device: null };

/**
 * Looks for EXIF (of JPEG, HEIC, WebP, PNG) and for the position that phones write into videos, in bytes from
 * the beginning or the end of a file. What is damaged is left out, never thrown.
 */
export function readPhotoFacts(bytes: Uint8Array): PhotoFacts {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const start = findTiff(buffer);
    const facts = start === null ? NOTHING : readTiff(buffer.subarray(start));
    return { ...facts, position: facts.position ?? findVideoPosition(buffer) };
  } catch (error) {
    // Beyond the end of what is there: the rest of the block was cut off.
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}

/** Of two ends of a file, what either tells. */
export function mergePhotoFacts(first: PhotoFacts, second: PhotoFacts): PhotoFacts {
  return {
    position: first.position ?? second.position,
    takenAt: first.takenAt ?? second.takenAt,
    device: first.device ?? second.device,
  };
}

/** Where the EXIF block begins: after its mark, or in the chunk of a WebP or PNG that is all block. */
function findTiff(buffer: Buffer): number | null {
  for (const mark of ['Exif\0\0', 'EXIF', 'eXIf']) {
    for (
      let at = buffer.indexOf(mark, 0, 'latin1');
      at >= 0;
      at = buffer.indexOf(mark, at + 1, 'latin1')
    ) {
      for (const start of [at + mark.length, at + mark.length + 4]) {
        if (isTiff(buffer, start)) return start;
      }
    }
  }
  return null;
}

function isTiff(buffer: Buffer, at: number): boolean {
  return ['II*\0', 'MM\0*'].includes(buffer.toString('latin1', at, at + 4));
}

const TAGS = {
  make: 0x10f,
  model: 0x110,
  time: 0x132,
  exif: 0x8769,
  gps: 0x8825,
  original: 0x9003,
};
/** Bytes of a value by its TIFF type. */
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const MOST_ENTRIES = 500;

type Entry = { type: number; count: number; at: number };

function readTiff(tiff: Buffer): PhotoFacts {
  const isLittle = tiff[0] === 0x49;
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));

  function readDirectory(at: number): Map<number, Entry> {
    const entries = new Map<number, Entry>();
    const count = at > 0 && at + 2 <= tiff.length ? Math.min(u16(at), MOST_ENTRIES) : 0;
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12;
      if (entry + 12 > tiff.length) break;
      const [type, values] = [u16(entry + 2), u32(entry + 4)];
      const isInside = (SIZES[type] ?? 1) * values <= 4;
      entries.set(u16(entry), { type, count: values, at: isInside ? entry + 8 : u32(entry + 8) });
    }
    return entries;
  }
  const text = (entry: Entry | undefined) =>
    entry?.type === 2
      ? tiff
          .subarray(entry.at, entry.at + Math.min(entry.count, 100))
          .toString('utf8')
          .split('\0')[0]
          ?.trim() || null
      : null;
  function degrees(entry: Entry | undefined, sign: string | null): number | null {
    if (!entry || entry.count < 3) return null;
    const [whole = 0, minutes = 0, seconds = 0] = [0, 8, 16].map(
      (offset) => u32(entry.at + offset) / Math.max(1, u32(entry.at + offset + 4)),
    );
    const value = whole + minutes / 60 + seconds / 3600;
    return sign === 'S' || sign === 'W' ? -value : value;
  }

  const main = readDirectory(u32(4));
  const exifEntry = main.get(TAGS.exif);
  const exif = exifEntry ? readDirectory(u32(exifEntry.at)) : new Map<number, Entry>();
  const gpsEntry = main.get(TAGS.gps);
  const gps = gpsEntry ? readDirectory(u32(gpsEntry.at)) : new Map<number, Entry>();
  const latitude = degrees(gps.get(2), text(gps.get(1)));
  const longitude = degrees(gps.get(4), text(gps.get(3)));
  return {
    position: latitude !== null && longitude !== null ? formatPosition(latitude, longitude) : null,
    takenAt: text(exif.get(TAGS.original)) ?? text(main.get(TAGS.time)),
    device:
      [text(main.get(TAGS.make)), text(main.get(TAGS.model))].filter(Boolean).join(' ') || null,
  };
}

/** `+30.5928+114.3052/` after the mark `©xyz`, as phones write it into MP4 and 3GP. */
function findVideoPosition(buffer: Buffer): string | null {
  const at = buffer.indexOf(Buffer.from([0xa9, 0x78, 0x79, 0x7a]));
  if (at < 0) return null;
  const found = /([+-]\d{1,2}\.\d+)([+-]\d{1,3}\.\d+)/.exec(
    buffer.toString('latin1', at + 4, at + 60),
  );
  return found ? formatPosition(Number(found[1]), Number(found[2])) : null;
}

function formatPosition(latitude: number, longitude: number): string | null {
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPlace ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : null;
}
