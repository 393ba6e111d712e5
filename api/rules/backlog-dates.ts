import { BACKLOG_FROM, DATE_COLUMNS } from './backlog-columns.ts';
import { readDate } from './backlog-values.ts';
import { cleanText } from './cell.ts';
import type { State } from './lifecycle-states.ts';

/** The days of an old case, and with them how far it got. */

/** What stands in a column; empty where nothing does. */
export type Written = (column: string) => string;
export type Wrong = (column: string, words: string) => void;
export type Dates = Record<
  'receivedOn' | 'dueOn' | 'concludedOn' | 'feedbackOn' | 'closedOn',
  string | null
>;

export function readDates(written: Written, today: string, wrong: Wrong): Dates {
  const dates: Dates = {
    receivedOn: null,
    dueOn: null,
    concludedOn: null,
    feedbackOn: null,
    closedOn: null,
  };
  for (const column of DATE_COLUMNS as ReadonlySet<keyof Dates>) {
    const text = written(column);
    dates[column] = readDate(text);
    if (text && !dates[column]) wrong(column, '看不出是哪一天，写成 2019-05-03 这样');
  }
  const { receivedOn, concludedOn, closedOn } = dates;
  if (!written('receivedOn')) wrong('receivedOn', '没有填写');
  if (receivedOn && receivedOn < BACKLOG_FROM) wrong('receivedOn', '台账从2018年1月1日起录入');
  for (const column of ['receivedOn', 'concludedOn', 'closedOn', 'feedbackOn'] as const) {
    if ((dates[column] ?? '') > today) wrong(column, '不能晚于今天');
  }
  if (receivedOn && concludedOn && concludedOn < receivedOn) wrong('concludedOn', '早于收到日期');
  if (concludedOn && closedOn && closedOn < concludedOn) wrong('closedOn', '早于办结日期');
  if (closedOn && !concludedOn) wrong('concludedOn', '已经销号的，要有办结日期');
  return dates;
}

/** 未办结 goes on where it stands; a clock of those years is not started again. */
export function readState(written: Written, dates: Dates, wrong: Wrong): { state: State } | null {
  const status = cleanText(written('status'));
  const isOpen = /未|没有|办理中|正在|在办/.test(status);
  const saysClosed = !isOpen && /销号/.test(status);
  const saysDone = !isOpen && /办结|化解|已完成|^是$|完结/.test(status);
  if (saysClosed && !dates.closedOn) wrong('closedOn', '写了已销号，要有销号日期');
  if (saysDone && !dates.concludedOn) wrong('concludedOn', '写了已办结，要有办结日期');
  if (isOpen && dates.concludedOn) wrong('status', '写了未办结，又有办结日期');
  if (dates.closedOn) return { state: 'CLOSED' };
  if (dates.concludedOn) return { state: 'CONCLUDED' };
  const begun = ['dueOn', 'handlingBody', 'workers', 'handling'].some((column) => written(column));
  return { state: begun ? 'ACCEPTED' : 'TRIAGE' };
}
