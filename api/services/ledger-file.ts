import type { Actor, Context } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { civilDateOf, formatDate } from '#rules/civil-date.ts';
import { ledgerOf } from '#rules/ledgers.ts';
import { printLedger } from '#spreadsheets/print-ledger.ts';
import { openExport } from './ledgers.ts';
import type { PreparedLedger } from './ledgers.ts';
import { loadSettings } from './settings.ts';

export function nameLedgerFile({ query }: PreparedLedger): string {
  const dates = [query.from, query.to].map((date) => date.replaceAll('-', ''));
  return `${ledgerOf(query.ledger).title}${dates.join('-')}.xlsx`;
}

/**
 * A ledger as the office prints it. Its leads are opened only now, with the person's own keys; `signal` ends
 * it where nobody waits for it any more.
 */
export async function writeLedgerFile(
  context: Context,
  actor: Actor,
  prepared: PreparedLedger,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { query, post } = prepared;
  const { title, label, units, paper, period, columns } = ledgerOf(query.ledger);
  const { county_name: county } = await loadSettings(context.db);
  const body = (await listBodies(context.db)).find(({ code }) => code === post.bodyCode);
  const rows = await openExport(context, actor, prepared, signal);
  const today = formatDate(civilDateOf(context.now()));
  const dates = `${formatDate(query.from)}至${formatDate(query.to)}`;
  return printLedger({
    name: label,
    title: `${county}${title}`,
    heading: [
      `填报单位：${body?.name ?? ''}（${period}：${dates}）`,
      `单位：${units}`,
      `填表日期：${today}`,
    ],
    columns,
    rows: rows.map((row) => columns.map(({ key }) => row[key] ?? '')),
    signatures: ['填表人：', '负责人：', '联系电话：'],
    paper,
  });
}
