import { type Cell as WrittenCell, type CellStyle, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { safeText } from './safe-text.ts';

/** A ledger as an office prints it. All values are text. */
export type PrintedLedger = {
  /** Name of the sheet. */
  name: string;
  title: string;
  /** Below the title: who fills it in, the units, the date. */
  heading: readonly [left: string, middle: string, right: string];
  columns: readonly { label: string; width: number; align?: 'center' | 'end' | undefined }[];
  rows: readonly (readonly string[])[];
  /** Below the table, for signatures: one over each third of its width. */
  signatures: readonly [string, string, string];
  paper: 'a3' | 'a4';
};

const LINE = { style: 'thin', color: { rgb: '000000' } } as const;
const GRID = { top: LINE, right: LINE, bottom: LINE, left: LINE };
const ALIGN = { center: 'center', end: 'right' } as const;

const TITLE: CellStyle = {
  font: { name: '方正小标宋简体', size: 18 },
  alignment: { horizontal: 'center', vertical: 'center' },
};
const HEADER: CellStyle = {
  font: { name: '黑体', size: 9 },
  border: GRID,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const BODY_FONT = { name: '宋体', size: 9 };
/** Rows above the header: title, heading. */
const HEADER_ROW = 2;

/**
 * Writes an .xlsx that prints as it is: landscape, all columns on one page's width, title and header on
 * every page, page numbers below. Every cell is a string, so nothing in it is ever calculated.
 */
export async function writeLedger(ledger: PrintedLedger): Promise<Uint8Array> {
  const { columns, rows } = ledger;
  const last = columns.length - 1;
  const signatureRow = HEADER_ROW + 2 + rows.length;
  const lines = [
    [safeText(ledger.title)],
    spread(ledger.heading, splitAt(columns, HEADING_PARTS), columns.length),
    columns.map(({ label }) => label),
    ...rows.map((row) => row.map(safeText)),
    [],
    spread(ledger.signatures, splitAt(columns, SIGNATURE_PARTS), columns.length),
  ];
  const merges = [
    { startRow: 0, endRow: 0, startCol: 0, endCol: last },
    ...mergeParts(1, splitAt(columns, HEADING_PARTS)),
    ...mergeParts(signatureRow, splitAt(columns, SIGNATURE_PARTS)),
  ];
  const heights = new Map([
    [0, { height: 32 }],
    [1, { height: 20 }],
    [HEADER_ROW, { height: heightOf(lines[HEADER_ROW] ?? [], columns) }],
    [signatureRow, { height: 24 }],
  ]);
  // Not every program fits the height of a row to wrapped text by itself.
  for (const [at, row] of rows.entries()) {
    heights.set(HEADER_ROW + 1 + at, { height: heightOf(row, columns) });
  }
  const sheet: WriteSheet = {
    name: ledger.name,
    rows: lines,
    merges,
    cells: styleCells(ledger, signatureRow),
    columns: columns.map(({ width }) => ({ width })),
    rowDefs: heights,
    freezePane: { rows: HEADER_ROW + 1 },
    pageSetup: {
      paperSize: ledger.paper,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.6, right: 0.4, bottom: 0.6, left: 0.4, header: 0.3, footer: 0.3 },
      printTitlesRow: `$1:$${HEADER_ROW + 1}`,
    },
    headerFooter: { oddFooter: '&C第&P页，共&N页' },
  };
  return writeXlsx({ sheets: [sheet] });
}

function styleCells({ columns, rows }: PrintedLedger, signatureRow: number) {
  const cells = new Map<string, Partial<WrittenCell>>([['0,0', { style: TITLE }]]);
  const font = { name: '宋体', size: 10 };
  for (const [at, { from }] of splitAt(columns, HEADING_PARTS).entries()) {
    const horizontal = (['left', 'center', 'right'] as const)[at] ?? 'left';
    cells.set(`1,${from}`, { style: { font, alignment: { horizontal, vertical: 'center' } } });
  }
  for (const { from } of splitAt(columns, SIGNATURE_PARTS)) {
    const alignment = { horizontal: 'left', vertical: 'center' } as const;
    cells.set(`${signatureRow},${from}`, { style: { font, alignment } });
  }
  for (const [column, { align }] of columns.entries()) {
    cells.set(`${HEADER_ROW},${column}`, { style: HEADER });
    const style: CellStyle = {
      font: BODY_FONT,
      border: GRID,
      alignment: {
        horizontal: align ? ALIGN[align] : 'left',
        vertical: 'center',
        wrapText: true,
      },
    };
    for (let row = 0; row < rows.length; row++) {
      cells.set(`${HEADER_ROW + 1 + row},${column}`, { style });
    }
  }
  return cells;
}

type Part = { from: number; to: number };

/** Where the parts of a line begin, as shares of its width. */
const HEADING_PARTS = [0, 0.56, 0.74];
const SIGNATURE_PARTS = [0, 1 / 3, 2 / 3];

/** The columns over which each part of a line lies. */
function splitAt(columns: PrintedLedger['columns'], shares: readonly number[]): Part[] {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const starts = [0];
  let sum = 0;
  for (const [at, { width }] of columns.entries()) {
    const share = shares[starts.length];
    if (share !== undefined && sum >= whole * share) starts.push(at);
    sum += width;
  }
  return starts.map((from, at) => ({ from, to: (starts[at + 1] ?? columns.length) - 1 }));
}

function mergeParts(row: number, parts: readonly Part[]) {
  return parts.map(({ from, to }) => ({ startRow: row, endRow: row, startCol: from, endCol: to }));
}

function spread(words: readonly string[], parts: readonly Part[], width: number): string[] {
  const line = Array.from({ length: width }, () => '');
  for (const [at, { from }] of parts.entries()) line[from] = safeText(words[at] ?? '');
  return line;
}

/** Points of a line of 9-point text, and of the space around it. */
const LINE_HEIGHT = 12;
const PADDING = 5;
const HIGHEST = 400;
/** Half-widths of 9-point text in one character of a column's width, less what wrapping wastes. */
const FILL = 1.08;

/** High enough for the cell with the most lines. */
function heightOf(row: readonly string[], columns: PrintedLedger['columns']): number {
  const lines = columns.map(({ width }, at) => {
    const halves = [...(row[at] ?? '')].reduce((sum, sign) => sum + (sign < '\u1100' ? 1 : 2), 0);
    return Math.ceil(halves / (width * FILL));
  });
  return Math.min(HIGHEST, Math.max(1, ...lines) * LINE_HEIGHT + PADDING);
}
