import { z } from 'zod';
import { isDate } from './civil-date.ts';
import { ComplaintInput } from './complaint.ts';
import { cleanLine, countCharacters, isBlank } from './text.ts';
import type { Field } from './transition-fields.ts';
import { PETITION_LEVELS } from './vocabulary-handling.ts';
import { SOURCES, codesOf } from './vocabulary.ts';
import type { Source } from './vocabulary.ts';

/** A matter that did not come over the web and that staff write down as it is told or handed to them. */

type Sent = 'sender' | 'number' | 'dueOn';

/** What is asked of matters of each source beside what they say. */
export const OFFLINE_SOURCES = {
  PHONE: [],
  VISIT: [],
  LETTER: [],
  EMAIL: [],
  HOTLINE12345: ['number'],
  MEDIA: ['sender'],
  SUPERIOR: ['sender', 'number', 'dueOn'],
  LEADER: ['sender', 'dueOn'],
  XINFANG: ['number'],
  DISCIPLINE: ['number'],
  INSPECTION: ['sender'],
  SELFCHECK: [],
  DATAMATCH: [],
} as const satisfies Record<Exclude<Source, 'ONLINE'>, readonly Sent[]>;
export type OfflineSource = keyof typeof OFFLINE_SOURCES;

const MISSING: Readonly<Record<Sent, string>> = {
  sender: '填写交办、转办的单位，或者媒体的名称',
  number: '填写文号或工单号',
  dueOn: '填写要求报结的日期',
};

const LONGEST = 100;
const blankToAbsent = (value: unknown) =>
  value === null || (typeof value === 'string' && isBlank(value)) ? undefined : value;
const line = (label: string) =>
  z.preprocess(
    blankToAbsent,
    z
      .string(`${label}要写成文字`)
      .transform(cleanLine)
      .refine((text) => countCharacters(text) <= LONGEST, `${label}最多${LONGEST}个字`)
      .optional(),
  );
const date = (advice: string) => z.string(advice).refine(isDate, advice);
const optionalDate = (advice: string) => z.preprocess(blankToAbsent, date(advice).optional());

/** Not earlier than old cases begin: those have a table of their own. */
const EARLIEST = '2018-01-01';

export const RegistrationInput = z
  .strictObject({
    /** Made with the form: however often it is sent, it is one matter. */
    token: z.string().regex(/^[0-9a-f]{64}$/, '重新打开登记页面后再提交'),
    source: z.enum(codesOf(OFFLINE_SOURCES), '选择怎么收到的'),
    receivedOn: date('填写收到的日期').refine((day) => day >= EARLIEST, '核对收到的日期'),
    level: z.preprocess(blankToAbsent, z.enum(codesOf(PETITION_LEVELS), '选择信访层级').optional()),
    sender: line('单位或媒体'),
    number: line('文号'),
    dueOn: optionalDate('核对要求报结的日期'),
    /** When the reporter was told that it was received. */
    acknowledgedOn: optionalDate('核对告知的日期'),
    /** The reporter gets a query code. */
    handsCode: z.boolean(),
    complaint: ComplaintInput,
  })
  .superRefine(
    (input, context) => {
      const { source, complaint } = input;
      // Anything may stand there while other fields are judged.
      const isKnown = typeof source === 'string' && Object.hasOwn(OFFLINE_SOURCES, source);
      for (const name of isKnown ? OFFLINE_SOURCES[source] : []) {
        if (!input[name])
          context.addIssue({ code: 'custom', path: [name], message: MISSING[name] });
      }
      for (const name of ['dueOn', 'acknowledgedOn'] as const) {
        const given = input[name];
        if (!given || !input.receivedOn || given >= input.receivedOn) continue;
        context.addIssue({ code: 'custom', path: [name], message: '不能早于收到的日期' });
      }
      if (complaint?.evidence && !complaint.text) {
        const issue = { path: ['complaint', 'text'], message: '有附件的，也写下反映的内容' };
        context.addIssue({ code: 'custom', ...issue });
      }
      if (complaint?.queryCode || complaint?.altcha) {
        const message = '登记时不用填写这些栏目';
        context.addIssue({ code: 'custom', path: ['complaint'], message });
      }
    },
    // Beside the failures of single fields, so that all messages come at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );
export type RegistrationInput = z.output<typeof RegistrationInput>;

/** Days that only the calendar of now can judge. */
export function findLateDates(
  input: Pick<RegistrationInput, 'receivedOn' | 'acknowledgedOn'>,
  today: string,
): Record<string, string> {
  const late = (['receivedOn', 'acknowledgedOn'] as const).filter(
    (name) => (input[name] ?? '') > today,
  );
  return Object.fromEntries(late.map((name) => [name, '不能晚于今天']));
}

/** What stands in the history of the lead; `source` and dates of sealed leads nowhere else. */
export const REGISTRATION_FIELDS: readonly Field[] = [
  { name: 'source', label: '来源', kind: 'choice', required: true, options: SOURCES },
  { name: 'level', label: '信访层级', kind: 'choice', required: false, options: PETITION_LEVELS },
  { name: 'sender', label: '交办、转办单位或媒体', kind: 'text', required: false },
  { name: 'number', label: '文号、工单号', kind: 'text', required: false },
  { name: 'dueOn', label: '要求报结的日期', kind: 'date', required: false },
  { name: 'acknowledgedOn', label: '告知反映人已经收到', kind: 'date', required: false },
  { name: 'handsCode', label: '查询码交给了反映人', kind: 'checkbox', required: false },
];
