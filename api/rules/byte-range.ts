/** Bytes of a file from `from` to `to`, both within. */
export type ByteRange = { from: number; to: number };

/**
 * The part of a file that a Range header asks for; null where it asks for none or for several, which the
 * whole file answers as well; `outside` where the file has no such bytes.
 */
export function readByteRange(
  header: string | undefined,
  bytes: number,
): ByteRange | 'outside' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const end = bytes - 1;
  if (first === '')
    return Number(last) > 0 ? { from: Math.max(0, bytes - Number(last)), to: end } : 'outside';
  const [from, to] = [Number(first), last === '' ? end : Math.min(end, Number(last))];
  if (last !== '' && Number(last) < from) return null;
  return from > end ? 'outside' : { from, to };
}
