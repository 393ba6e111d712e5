import { read } from '@e965/xlsx';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { printLedger } from '#spreadsheets/print-ledger.ts';

const LEDGER = {
  name: '线索统计台账',
  title: '示范区群众举报问题线索统计台账',
  heading: ['填报单位：示范区民政局', '单位：件', '填表日期：2026年11月20日'],
  columns: [
    { label: '序号', width: 5, align: 'center' },
    { label: '主要内容', width: 30 },
    { label: '备注', width: 12 },
  ],
  rows: [
    ['1', '=HYPERLINK("http://x")', '+1'],
    ['2', '长'.repeat(100), '@x'],
  ],
  signatures: ['填表人：', '负责人：', '联系电话：'],
  paper: 'a3',
} as const;

test('a ledger prints landscape on one width of the paper, with its header on every page', async () => {
  const bytes = await printLedger(LEDGER);
  const [sheet] = (await readXlsx(bytes)).sheets;
  expect(sheet?.pageSetup).toMatchObject({
    paperSize: 'a3',
    orientation: 'landscape',
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '$1:$3',
  });
  const book = read(bytes, { cellStyles: true });
  expect(book.Workbook?.Names).toMatchObject([{ Name: '_xlnm.Print_Titles' }]);
  const rows = book.Sheets['线索统计台账']?.['!rows'];
  expect(rows?.[4]?.hpt).toBeGreaterThan((rows?.[3]?.hpt ?? 0) * 2);
});

test('what looks like a formula is text', async () => {
  const book = read(await printLedger(LEDGER));
  const sheet = book.Sheets['线索统计台账'];
  expect(sheet?.['B4']).toMatchObject({ t: 's', v: '=HYPERLINK("http://x")' });
  expect(sheet?.['B4'].f).toBeUndefined();
  expect([sheet?.['A4'].t, sheet?.['C4'].t, sheet?.['C5'].t]).toEqual(['s', 's', 's']);
});
