/** Of a MAC in hex: 52 bits a number holds exactly, twice. No two names of a county share so many. */
const DIGITS = 13;
const NUMBERS = 2;
const SMALLEST = 1024;

/**
 * A set of MACs in memory that threads share: handing every name of a county to a thread would stop the
 * one that answers requests. Half of it stays empty.
 */
export function createMacTable() {
  let table = allot(SMALLEST);
  let size = 0;

  function add(mac: string) {
    if (size * NUMBERS * 2 >= table.length) table = enlarge(table);
    if (put(table, first(mac), second(mac))) size += 1;
  }
  return { add, share: () => table };
}

/** Whether the table of `createMacTable` has it. */
export function hasMac(table: Float64Array, mac: string): boolean {
  return table[findSlot(table, first(mac), second(mac))] !== 0;
}

function first(mac: string): number {
  return Number.parseInt(mac.slice(0, DIGITS), 16);
}

function second(mac: string): number {
  return Number.parseInt(mac.slice(DIGITS, DIGITS * 2), 16);
}

/** Where it stands, or the empty slot where it would. */
function findSlot(table: Float64Array, one: number, other: number): number {
  let at = (one % (table.length / NUMBERS)) * NUMBERS;
  while (table[at] !== 0 && (table[at] !== one || table[at + 1] !== other)) {
    at = (at + NUMBERS) % table.length;
  }
  return at;
}

/** False where it is there already. */
function put(table: Float64Array, one: number, other: number): boolean {
  const at = findSlot(table, one, other);
  if (table[at] !== 0) return false;
  table[at] = one;
  table[at + 1] = other;
  return true;
}

function enlarge(table: Float64Array): Float64Array {
  const larger = allot(table.length);
  for (let at = 0; at < table.length; at += NUMBERS) {
    const [one = 0, other = 0] = [table[at], table[at + 1]];
    if (one !== 0) put(larger, one, other);
  }
  return larger;
}

function allot(slots: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(slots * NUMBERS * 8));
}
