/** Digits, and what people write between groups of them. */
const NUMBER = /\d(?:[\d\s-]*[\dX])?/g;
const MOBILE = /^(?:86|0086)?1[3-9]\d{9}$/;
const SHORTEST_PRIVATE = 15;

/** Whether a text has what looks like a mobile number, an ID number or an account: 15 digits and more. */
export function hasPrivateNumber(text: string): boolean {
  const runs = text.normalize('NFKC').toUpperCase().match(NUMBER) ?? [];
  return runs.some((run) => {
    const digits = run.replaceAll(/[^\dX]/g, '');
    // Dates and amounts beside each other are no number of their own.
    const groups = run.split(/[\s-]+/);
    const isOne = groups.length === 1 || groups.every((group) => /^\d{3,}X?$/.test(group));
    return MOBILE.test(digits) || (isOne && digits.length >= SHORTEST_PRIVATE);
  });
}
