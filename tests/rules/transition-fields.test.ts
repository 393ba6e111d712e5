import { expect, test } from 'vitest';
import { fieldMessages } from '#rules/field-messages.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { fieldsFor, schemaOf, type Field } from '#rules/transition-fields.ts';

function ruleOf(event: string) {
  const rule = TRANSITIONS.find((each) => each.event === event);
  if (!rule) throw new Error(event);
  return rule;
}
function messagesOf(fields: readonly Field[], input: unknown) {
  const parsed = schemaOf({ fields }).safeParse(input);
  return parsed.success ? {} : fieldMessages(parsed.error);
}

test.each(TRANSITIONS.map((rule) => [rule.event, rule] as const))(
  '%s refuses an empty form with a message for each required field',
  (_, rule) => {
    const required = rule.fields.filter((field) => field.required).map((field) => field.name);
    const messages = messagesOf(rule.fields, {});
    expect(Object.keys(messages).toSorted()).toEqual(required.toSorted());
    for (const message of Object.values(messages)) expect(message).toMatch(/^(填写|选择|勾选)/);
  },
);

test('a foreign field is refused by name', () => {
  expect(messagesOf([], { extra: '1' })).toEqual({ extra: '没有这些栏目：extra' });
});

test('an assignment takes two different case workers and a real date', () => {
  const fields = ruleOf('assign').fields;
  const input = { body: 'B1', caseWorkers: ['p1', 'p2'], dueOn: '2026-12-01' };
  expect(schemaOf({ fields }).parse(input)).toEqual(input);
  expect(messagesOf(fields, { ...input, caseWorkers: ['p1'] })).toEqual({
    caseWorkers: '承办人至少要选2人',
  });
  expect(messagesOf(fields, { ...input, caseWorkers: ['p1', 'p1'] })).toEqual({
    caseWorkers: '承办人不能重复',
  });
  expect(messagesOf(fields, { ...input, dueOn: '2026-02-30' })).toEqual({
    dueOn: '办理期限要写成 2026-11-20 这样的日期',
  });
});

test('money is typed in yuan and kept in cents', () => {
  const schema = schemaOf(ruleOf('close'));
  expect(schema.parse({ recoveredCents: '1,234.50' })).toEqual({ recoveredCents: 123_450 });
  expect(schema.parse({ recoveredCents: '１，２３４．５' })).toEqual({ recoveredCents: 123_450 });
  expect(schema.safeParse({ recoveredCents: '1.234' }).success).toBe(false);
  expect(schema.safeParse({ recoveredCents: '-1' }).success).toBe(false);
});

test('an extension is at most thirty days', () => {
  const fields = ruleOf('extend').fields;
  expect(messagesOf(fields, { days: '31', reason: '入户未完', notice: '情况复杂' })).toEqual({
    days: '延长天数要在1到30之间',
  });
  expect(messagesOf(fields, { days: 30, reason: '入户未完', notice: '情况复杂' })).toEqual({});
});

test('an untouched declaration is not a declaration', () => {
  const fields = ruleOf('start').fields;
  expect(Object.keys(messagesOf(fields, { noInterest: false }))).toEqual(['noInterest']);
  expect(messagesOf(fields, { noInterest: 'on' })).toEqual({});
});

test('a list names the row of its failure', () => {
  const item = { problem: '未公示', cause: '疏忽', measure: '补公示', owner: '甲' };
  expect(messagesOf(ruleOf('rectify').fields, { items: [item] })).toEqual({
    'items.0.dueOn': '选择整改期限',
  });
});

test('an appeal’s conclusion asks for the written opinion, a report’s does not', () => {
  const names = (leadClass: 'APPEAL' | 'REPORT') =>
    fieldsFor(ruleOf('conclude').fields, leadClass).map((field) => field.name);
  expect(names('APPEAL')).toContain('basis');
  expect(names('REPORT')).not.toContain('basis');
});
