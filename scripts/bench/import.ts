import { readFile } from 'node:fs/promises';
import { writeXlsx } from 'hucre/xlsx';
import { readPlaceTable } from '#services/directory-tables.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import { idOf } from '#support/lists.ts';
import { measure, tell } from './measure.ts';
import type { Figures } from './measure.ts';

const HEADER = ['序号', '乡镇', '村', '户主姓名', '身份证号', '保障人数', '月保障金额', '批准时间'];

/** Reading and checking one list. */
export async function benchImport({ rows }: { rows: number }): Promise<Figures> {
  const list = Array.from({ length: rows }, (_, at) => {
    const birth = `${1940 + (at % 60)}${String(1 + (at % 12)).padStart(2, '0')}01`;
    const id = idOf(birth, 1 + (Math.floor(at / 60) % 999));
    return [at + 1, '青山镇', '柳树村', '王二柱', id, 2, 640, '2025-08'];
  });
  const bytes = await writeXlsx({ sheets: [{ name: '农村低保', rows: [HEADER, ...list] }] });
  const regions = readPlaceTable(await readFile('scripts/specimens/regions.csv'));
  const options = { fileName: '农村低保.xlsx', period: '2026-10', regions, standards: [] };
  tell(`reading ${rows} rows`);
  const { result, ms, peakMb } = await measure(() => parseFile(bytes, options));
  const fileKb = Math.round(bytes.length / 1024);
  return { rows, accepted: result.rows.length, fileKb, ms, peakMb };
}
