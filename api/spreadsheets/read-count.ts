/** A count of persons: 3, ３, 3人. Null where there is none or it is no count. */
export function readCount(text: string): number | null {
  const digits = /^(\d{1,2})(?:\.0+)?人?$/.exec(text)?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}
