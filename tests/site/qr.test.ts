import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { drawQrCode } from '#site/lib/qr.ts';

const ADDRESS = 'https://dibao.example.gov.cn/v/100203';
const PIXELS = 4;

/** Paints the path as a browser does: every rectangle of it black on white. */
function paint({ size, path }: { size: number; path: string }) {
  const width = size * PIXELS;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < PIXELS; row += 1) {
      const start = ((Number(y) * PIXELS + row) * width + Number(x) * PIXELS) * 4;
      for (let at = 0; at < Number(run) * PIXELS; at += 1) {
        data.fill(0, start + at * 4, start + at * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

test.each([ADDRESS, 'https://示范.example/v/990101100203', 'a'.repeat(200)])(
  'another library reads back %s',
  (text) => {
    expect(decodeQR(paint(drawQrCode(text)))).toBe(text);
  },
);

test('a code with a damaged corner mark is not read', () => {
  const { size, path } = drawQrCode(ADDRESS);
  const withoutTop = path.replaceAll(/M\d+ ([4-9]|10)h\d+v1h-\d+z/g, '');
  expect(() => decodeQR(paint({ size, path: withoutTop }))).toThrow();
});

test('four modules around the code are white', () => {
  const { size, path } = drawQrCode(ADDRESS);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
  const edges = runs.flatMap(([x = 0, y = 0, run = 0]) => [x, y, size - x - run, size - 1 - y]);
  expect(Math.min(...edges)).toBe(4);
});
