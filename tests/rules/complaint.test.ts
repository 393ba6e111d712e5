import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintOfForm } from '#rules/complaint-form.ts';
import { CLASS_CHOICES, PROBLEM_GROUPS } from '#rules/complaint-choices.ts';
import { QUESTIONS } from '#rules/complaint-questions.ts';
import { canonicalComplaint, ComplaintInput, isShort, LIMITS } from '#rules/complaint.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import { CODE_BYTES, formatQueryCode, makeQueryCode } from '#rules/receipt.ts';
import { PETITION_CLASSES, PROBLEM_TYPES } from '#rules/vocabulary.ts';

const CODE = makeQueryCode(new Uint8Array(CODE_BYTES).fill(7));
const complaint = {
  class: 'REPORT',
  problemTypes: ['STALL'],
  placeCode: '990101001001',
  text: '材料交了三次，一直说不全，也不说缺什么。',
};
function messagesOf(input: unknown) {
  const parsed = ComplaintInput.safeParse(input);
  return parsed.success ? {} : fieldMessages(parsed.error);
}

test('the least that is enough: class, problem, place and one character', () => {
  expect(ComplaintInput.parse({ ...complaint, text: '冤' })).toEqual({
    ...complaint,
    text: '冤',
    mode: 'ANONYMOUS',
    subjects: [],
  });
});

test('everything that is missing is said at once, in the words of the questions', () => {
  expect(messagesOf({ mode: 'NAMED' })).toEqual({
    class: QUESTIONS.class.missing,
    problemTypes: QUESTIONS.problemTypes.missing,
    placeCode: QUESTIONS.placeCode.missing,
    text: QUESTIONS.text.missing,
    'reporter.name': QUESTIONS.reporterName.missing,
    'reporter.contact': QUESTIONS.reporterContact.missing,
  });
});

test('a foreign column is refused by name', () => {
  expect(messagesOf({ ...complaint, idNumber: '1' })).toEqual({
    idNumber: '没有这个栏目，去掉后再提交',
  });
});

test.each([
  [{ class: 'GOSSIP' }, 'class'],
  [{ problemTypes: [] }, 'problemTypes'],
  [{ problemTypes: ['NONE'] }, 'problemTypes.0'],
  [{ placeCode: '../etc' }, 'placeCode'],
  [{ text: '   ' }, 'text'],
  [{ text: ' \u200B\u3164\n\u2060' }, 'text'],
  [{ text: '字'.repeat(LIMITS.text + 1) }, 'text'],
  [{ subjectRole: 'KING' }, 'subjectRole'],
  [{ subjects: [{ role: 'KING' }] }, 'subjects.0.role'],
  [{ subjectName: '长'.repeat(LIMITS.name + 1) }, 'subjectName'],
  [{ noticeRow: '三' }, 'noticeRow'],
  [{ queryCode: `${CODE.slice(0, -1)}${CODE.endsWith('0') ? '1' : '0'}` }, 'queryCode'],
  [{ class: 'NOTICE_OBJ' }, 'noticeId'],
  [{ mode: 'CONFIDENTIAL', reporter: { name: '赵某' } }, 'reporter.contact'],
])('%j is told at its field', (change, field) => {
  const messages = messagesOf({ ...complaint, ...change });
  expect(Object.keys(messages)).toEqual([field]);
  expect(messages[field]).toMatch(/\p{Script=Han}/u);
});

test('characters are counted as readers count them', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(messagesOf({ ...complaint, text: family.repeat(LIMITS.text) })).toEqual({});
  expect(isShort(family.repeat(19))).toBe(true);
  expect(isShort('字'.repeat(20))).toBe(false);
});

test('control characters are dropped, line breaks stay', () => {
  const text = '一\u0000二\r\n三\u202E四\u0007';
  expect(ComplaintInput.parse({ ...complaint, text }).text).toBe('一二\n三四');
});

test('the accused given in short joins the list', () => {
  const short = { subjectRole: 'TOWN_HANDLER', subjectName: ' 张 某 ', subjectBody: 'T1' };
  const first = { role: 'TOWN_HANDLER', name: '张 某', bodyCode: 'T1' };
  expect(ComplaintInput.parse({ ...complaint, ...short }).subjects).toEqual([first]);
  const subjects = [{ role: 'VILLAGE_CADRE' }];
  expect(ComplaintInput.parse({ ...complaint, ...short, subjects }).subjects).toEqual([
    first,
    { role: 'VILLAGE_CADRE' },
  ]);
  expect(ComplaintInput.parse({ ...complaint, ...short, subjects: [first] }).subjects).toEqual([
    first,
  ]);
});

test('a name or a body without a role is still someone accused', () => {
  const subjectsOf = (change: object) => ComplaintInput.parse({ ...complaint, ...change }).subjects;
  expect(subjectsOf({ subjectName: '张某' })).toEqual([{ role: 'UNKNOWN', name: '张某' }]);
  expect(subjectsOf({ subjectBody: 'T1' })).toEqual([{ role: 'UNIT_ONLY', bodyCode: 'T1' }]);
});

test('evidence stands for a text', () => {
  const { text: _, ...silent } = complaint;
  expect(messagesOf(silent)).toEqual({ text: QUESTIONS.text.missing });
  expect(messagesOf({ ...silent, evidence: ['u1'] })).toEqual({});
});

test('who leaves name and contact is named, unless it is said otherwise', () => {
  const reporter = { name: '赵某', contact: '电话' };
  expect(ComplaintInput.parse({ ...complaint, reporter }).mode).toBe('NAMED');
  expect(ComplaintInput.parse({ ...complaint, reporter: { contact: '电话' } }).mode).toBe(
    'ANONYMOUS',
  );
});

test('who asks to stay anonymous and yet writes a name is asked which of both; a contact alone may stay', () => {
  const anonymous = { ...complaint, mode: 'ANONYMOUS' };
  expect(messagesOf({ ...anonymous, reporter: { name: '赵某' } })).toEqual({
    mode: expect.stringContaining('匿名'),
  });
  expect(messagesOf({ ...anonymous, reporter: { contact: '电话' } })).toEqual({});
  expect(messagesOf({ ...anonymous, reporter: { name: ' ' } })).toEqual({});
});

test('the query code is read kindly', () => {
  const queryCode = formatQueryCode(CODE).toLowerCase();
  expect(ComplaintInput.parse({ ...complaint, queryCode }).queryCode).toBe(CODE);
});

test('the canonical text knows neither proof nor code nor the order of keys', () => {
  const parse = (input: unknown) => canonicalComplaint(ComplaintInput.parse(input));
  const base = parse({ ...complaint, altcha: 'a', queryCode: CODE });
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.keys(complaint), { minLength: 4 }), (keys) => {
      const shuffled = Object.fromEntries(
        keys.map((key) => [key, complaint[key as keyof typeof complaint]]),
      );
      expect(parse({ altcha: 'b', ...shuffled })).toBe(base);
    }),
  );
  expect(parse({ ...complaint, text: '另一件事' })).not.toBe(base);
  expect(base).not.toContain(CODE);
});

test('a posted form becomes the same complaint', () => {
  const form = new URLSearchParams([
    ['class', 'REPORT'],
    ['problemTypes', 'STALL'],
    ['problemTypes', 'INACT'],
    ['placeCode', '990101001001'],
    ['text', '拖了半年'],
    ['subjectName', ''],
    ['mode', 'NAMED'],
    ['reporter.name', '赵某'],
    ['reporter.contact', '电话'],
  ]);
  expect(ComplaintInput.parse(complaintOfForm(form))).toMatchObject({
    problemTypes: ['STALL', 'INACT'],
    mode: 'NAMED',
    reporter: { name: '赵某', contact: '电话' },
    subjects: [],
  });
  expect(
    messagesOf(complaintOfForm(new URLSearchParams('class.x=1&__proto__.a=1'))),
  ).toHaveProperty('class');
});

test('every problem and every class is offered once, in words of its own', () => {
  const offered = PROBLEM_GROUPS.flatMap((group) => group.problems.map(({ code }) => code));
  expect(offered.toSorted()).toEqual(Object.keys(PROBLEM_TYPES).toSorted());
  expect(Object.keys(CLASS_CHOICES).toSorted()).toEqual(Object.keys(PETITION_CLASSES).toSorted());
});

test('messages name what to do without begging or blaming', () => {
  for (const { missing } of Object.values(QUESTIONS)) {
    expect(missing).not.toMatch(/请|抱歉|非法|无效/);
  }
});
