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
    spread(ledger.heading, columns),
    columns.map(({ label }) => label),
    ...rows.map((row) => row.map(safeText)),
    [],
    spread(ledger.signatures, columns),
  ];
  const merges = [{ startRow: 0, endRow: 0, startCol: 0, endCol: last }];
  for (const row of [1, signatureRow]) {
    for (const { from, to } of thirds(columns)) {
      merges.push({ startRow: row, endRow: row, startCol: from, endCol: to });
    }
  }
  const sheet: WriteSheet = {
    name: ledger.name,
    rows: lines,
    merges,
    cells: styleCells(ledger, signatureRow),
    columns: columns.map(({ width }) => ({ width })),
    rowDefs: new Map([
      [0, { height: 32 }],
      [1, { height: 20 }],
      [signatureRow, { height: 24 }],
    ]),
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
  for (const [at, { from }] of thirds(columns).entries()) {
    const horizontal = (['left', 'center', 'right'] as const)[at] ?? 'left';
    const alignment = { horizontal, vertical: 'center' as const };
    cells.set(`1,${from}`, { style: { font: { name: '宋体', size: 10 }, alignment } });
    const signed = { horizontal: 'left' as const, vertical: 'center' as const };
    const font = { name: '宋体', size: 10 };
    cells.set(`${signatureRow},${from}`, { style: { font, alignment: signed } });
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

/** The columns over which each third of a line lies, by their widths. */
function thirds(columns: PrintedLedger['columns']) {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const starts = [0];
  let sum = 0;
  for (const [at, { width }] of columns.entries()) {
    if (sum >= (whole * starts.length) / 3 && starts.length < 3) starts.push(at);
    sum += width;
  }
  return starts.map((from, at) => ({ from, to: (starts[at + 1] ?? columns.length) - 1 }));
}

function spread(words: readonly string[], columns: PrintedLedger['columns']): string[] {
  const line = columns.map(() => '');
  for (const [at, { from }] of thirds(columns).entries()) line[from] = safeText(words[at] ?? '');
  return line;
}
