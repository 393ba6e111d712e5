import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteDuty, insertDuties, listDutiesOf } from '#db/queries/hotline-duty.ts';
import type { Duty } from '#db/queries/hotline-duty.ts';
import { addMonths, daysBetween, isDate, isMonth } from '#rules/civil-date.ts';
import { carryDuty } from '#rules/hotline-duty.ts';
import type { DutyFields } from '#rules/hotline-fields.ts';
import { appendAudit } from './audit.ts';
import { findEditable } from './hotline-access.ts';
import { publishSoon } from './publish-in-background.ts';

const LONGEST_DAYS = 92;
const MOST_OF_MONTH = 200;

/** Adds a line to the duty roster of a hotline. */
export async function addDuty(
  context: Context,
  actor: Actor,
  { id, fields }: { id: string; fields: DutyFields },
): Promise<void> {
  const { reach, post } = await findEditable(context, actor, id);
  checkDates(fields);
  const common = { hotlineId: id, byPersonId: actor.personId, updatedOn: reach.today };
  await context.db.transaction(async (tx) => {
    const standing = await listDutiesOf(tx, id);
    if (standing.some((line) => isSame(line, fields))) {
      throw new CodedError('invalid-input', { who: '这一行已经登记过了。' });
    }
    if (standing.length >= MOST_OF_MONTH * 12) throw new CodedError('not-now');
    await insertDuties(tx, [{ id: randomUUID(), ...common, ...fields }]);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.add-duty',
      subjectKind: 'hotline',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields,
    });
  });
  void publishSoon(context, actor.personId, 'directory');
}

export async function dropDuty(
  context: Context,
  actor: Actor,
  { id, duty }: { id: string; duty: string },
): Promise<void> {
  const { post } = await findEditable(context, actor, id);
  await context.db.transaction(async (tx) => {
    if (!(await deleteDuty(tx, id, duty))) throw new CodedError('state-changed');
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.drop-duty',
      subjectKind: 'hotline',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { duty },
    });
  });
  void publishSoon(context, actor.personId, 'directory');
}

/** Copies the roster of the month before into a month that has none. Answers how many lines. */
export async function copyDuty(
  context: Context,
  actor: Actor,
  { id, month }: { id: string; month: string },
): Promise<number> {
  const { reach, post } = await findEditable(context, actor, id);
  if (!isMonth(month)) throw new CodedError('invalid-input', { month: '选择月份。' });
  const common = { hotlineId: id, byPersonId: actor.personId, updatedOn: reach.today };
  const copied = await context.db.transaction(async (tx) => {
    const standing = await listDutiesOf(tx, id);
    if (standing.some((line) => line.fromDate.startsWith(month))) {
      throw new CodedError('not-now', {}, '这个月已经有值班安排，不能再沿用上月的。');
    }
    const before = addMonths(month, -1);
    const lines = standing
      .filter((line) => line.fromDate.startsWith(before))
      .slice(0, MOST_OF_MONTH)
      .flatMap(({ fromDate, toDate, hours, who }) => {
        const dates = carryDuty({ fromDate, toDate }, month);
        return dates ? [{ id: randomUUID(), ...common, ...dates, hours, who }] : [];
      });
    if (lines.length === 0) {
      throw new CodedError('not-now', {}, '上个月没有值班安排，逐行登记。');
    }
    await insertDuties(tx, lines);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'hotline.copy-duty',
      subjectKind: 'hotline',
      subjectId: id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { month, lines: lines.length },
    });
    return lines.length;
  });
  void publishSoon(context, actor.personId, 'directory');
  return copied;
}

function checkDates({ fromDate, toDate }: DutyFields): void {
  const problems: Record<string, string> = {};
  if (!isDate(fromDate)) problems['fromDate'] = '填写开始的日期，例如2026-11-23。';
  if (!isDate(toDate)) problems['toDate'] = '填写结束的日期，例如2026-11-27。';
  if (Object.keys(problems).length === 0 && toDate < fromDate) {
    problems['toDate'] = '结束日期不能早于开始日期。';
  }
  if (Object.keys(problems).length === 0 && daysBetween(fromDate, toDate) > LONGEST_DAYS) {
    problems['toDate'] = `一行最长${LONGEST_DAYS}天。`;
  }
  if (Object.keys(problems).length > 0) throw new CodedError('invalid-input', problems);
}

function isSame(line: Duty, fields: DutyFields): boolean {
  return (['fromDate', 'toDate', 'hours', 'who'] as const).every(
    (key) => line[key] === fields[key],
  );
}
