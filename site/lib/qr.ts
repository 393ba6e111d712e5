import { encode } from 'uqr';

/** Modules of white around the code, as ISO/IEC 18004 asks. */
const QUIET_ZONE = 4;

/** A QR code (error correction M) as one SVG path in a square of `size` units, quiet zone included. */
export function drawQrCode(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return { size, path: data.map((row, y) => drawRow(row, y)).join('') };
}

/** One rectangle for each run of dark modules: modules drawn one by one show hairlines in print. */
function drawRow(row: boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    let end = x + 1;
    while (row[end]) end += 1;
    path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
    x = end;
  }
  return path;
}
