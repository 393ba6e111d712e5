import { type Cell, textOfCell } from './cell.ts';

/**
 * Citizen identity numbers (GB 11643-1999): 17 digits and a check character, or the older 15 digits.
 * Nothing here repairs a number: one digit wrong is another person.
 */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export type IdProblem = 'id-missing' | 'id-unreadable' | 'id-length' | 'id-date' | 'id-check-digit';

export type IdReading =
  /** `idNumber` has 18 characters; an old number is written in its 18-character form. */
  | { idNumber: string; birth: string; sex: '男' | '女'; fifteenDigits: boolean }
  | { problem: IdProblem };

/** The check character that belongs to the first 17 digits. */
export function checkCharacterOf(seventeenDigits: string): string {
  const sum = WEIGHTS.reduce(
    (total, weight, at) => total + weight * Number(seventeenDigits[at]),
    0,
  );
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** True for 18 characters with a possible birth date and the right check character. */
export function isValidIdNumber(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && !('problem' in readIdText(text));
}

/**
 * Reads an ID number from a cell. A number cell or scientific notation has lost digits and is refused
 * as unreadable, whatever digits it still shows.
 */
export function readIdNumber(cell: Cell): IdReading {
  if (cell.kind === 'empty') return { problem: 'id-missing' };
  if (cell.kind !== 'text') return { problem: 'id-unreadable' };
  return readIdText(textOfCell(cell).toUpperCase());
}

function readIdText(text: string): IdReading {
  if (/^[-—/\\]*$|^(无|暂无|不详|未知)$/.test(text)) return { problem: 'id-missing' };
  if (/^\d{15}$/.test(text)) return readDigits(`${text.slice(0, 6)}19${text.slice(6)}`, true);
  if (/^\d{17}[\dX]$/.test(text)) {
    const reading = readDigits(text.slice(0, 17), false);
    if ('problem' in reading) return reading;
    return reading.idNumber === text ? reading : { problem: 'id-check-digit' };
  }
  return /^\d+X?$/.test(text) ? { problem: 'id-length' } : { problem: 'id-unreadable' };
}

function readDigits(seventeen: string, fifteenDigits: boolean): IdReading {
  const [year, month, day] = [
    seventeen.slice(6, 10),
    seventeen.slice(10, 12),
    seventeen.slice(12, 14),
  ];
  const birth = `${year}-${month}-${day}`;
  if (!isCivilDate(birth) || Number(year) < 1880) return { problem: 'id-date' };
  const sex = Number(seventeen[16]) % 2 === 1 ? '男' : '女';
  return { idNumber: seventeen + checkCharacterOf(seventeen), birth, sex, fifteenDigits };
}

function isCivilDate(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Completed years on a day; both are civil dates `YYYY-MM-DD`. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
