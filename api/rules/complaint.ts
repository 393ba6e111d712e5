import { z } from 'zod';
import { canonicalText } from './canonical.ts';
import { QUESTIONS } from './complaint-questions.ts';
import { EVIDENCE_LIMITS } from './evidence.ts';
import { parseQueryCode } from './receipt.ts';
import { cleanLine, cleanText, countCharacters, isBlank } from './text.ts';
import {
  PETITION_CLASSES,
  PROBLEM_TYPES,
  REPORTER_MODES,
  SUBJECT_ROLES,
  codesOf,
} from './vocabulary.ts';

/** Limits in characters as a reader counts them. Below `shortText` the check page asks once for more. */
export const LIMITS = {
  text: 5000,
  shortText: 20,
  name: 50,
  contact: 200,
  code: 80,
  subjects: 10,
  evidence: EVIDENCE_LIMITS.files,
  altcha: 10_000,
} as const;

const blankToAbsent = (value: unknown) =>
  value === null || (typeof value === 'string' && isBlank(value)) ? undefined : value;

const line = (label: string, limit: number) =>
  z
    .string({ error: `${label}要写成文字` })
    .transform(cleanLine)
    .refine((text) => countCharacters(text) <= limit, `${label}最多${limit}个字`);
const optionalLine = (label: string, limit: number) =>
  z.preprocess(blankToAbsent, line(label, limit).optional());
const subjectRole = z.enum(codesOf(SUBJECT_ROLES), { error: QUESTIONS.subjectRole.missing });

const Accused = z.strictObject({
  role: subjectRole,
  bodyCode: optionalLine(QUESTIONS.subjectBody.label, LIMITS.code),
  name: optionalLine(QUESTIONS.subjectName.label, LIMITS.name),
});

const Reporter = z.strictObject({
  name: optionalLine(QUESTIONS.reporterName.label, LIMITS.name),
  contact: optionalLine(QUESTIONS.reporterContact.label, LIMITS.contact),
});

const problemTypes = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z
    .array(z.enum(codesOf(PROBLEM_TYPES), { error: QUESTIONS.problemTypes.missing }), {
      error: QUESTIONS.problemTypes.missing,
    })
    .min(1, QUESTIONS.problemTypes.missing)
    .transform((codes) => [...new Set(codes)]),
);

const queryCode = z.string({ error: '查询码有误' }).transform((text, context) => {
  const parsed = parseQueryCode(text);
  if (parsed.ok) return parsed.code;
  context.addIssue({ code: 'custom', message: '查询码有误，重新打开页面后再提交' });
  return z.NEVER;
});

const wire = z.strictObject(
  {
    class: z.enum(codesOf(PETITION_CLASSES), { error: QUESTIONS.class.missing }),
    problemTypes,
    placeCode: z
      .string({ error: QUESTIONS.placeCode.missing })
      .regex(/^[A-Za-z0-9-]{1,40}$/, QUESTIONS.placeCode.missing),
    /** May be absent where audio evidence tells it. */
    text: z.preprocess(
      blankToAbsent,
      z
        .string({ error: QUESTIONS.text.missing })
        .transform((text) => cleanText(text).trim())
        .refine(
          (text) => countCharacters(text) <= LIMITS.text,
          `内容最多${LIMITS.text}个字，可以提交后凭查询码继续补充`,
        )
        .optional(),
    ),
    mode: z.preprocess(
      blankToAbsent,
      z.enum(codesOf(REPORTER_MODES), { error: QUESTIONS.mode.missing }).optional(),
    ),
    subjectRole: z.preprocess(blankToAbsent, subjectRole.optional()),
    subjectName: optionalLine(QUESTIONS.subjectName.label, LIMITS.name),
    subjectBody: optionalLine(QUESTIONS.subjectBody.label, LIMITS.code),
    subjects: z
      .array(Accused, { error: QUESTIONS.subjectRole.missing })
      .max(LIMITS.subjects, `被反映人最多${LIMITS.subjects}个，其余写在内容里`)
      .optional(),
    noticeId: optionalLine(QUESTIONS.noticeId.label, LIMITS.code),
    noticeRow: z.preprocess(
      (value) => {
        const given = blankToAbsent(value);
        return typeof given === 'string' ? Number(given) : given;
      },
      z
        .number({ error: '行号要写成数字' })
        .int('行号要写成整数')
        .min(1, '行号从1开始')
        .max(1_000_000, '行号太大')
        .optional(),
    ),
    reporter: Reporter.optional(),
    evidence: z
      .array(z.string({ error: '附件编号有误' }).max(LIMITS.code, '附件编号有误'), {
        error: '附件编号有误',
      })
      .max(LIMITS.evidence, `附件最多${LIMITS.evidence}个`)
      .optional(),
    queryCode: z.preprocess(blankToAbsent, queryCode.optional()),
    altcha: z.preprocess(
      blankToAbsent,
      z.string({ error: '安全验证的结果有误' }).max(LIMITS.altcha, '安全验证的结果有误').optional(),
    ),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? '没有这个栏目，去掉后再提交' : '填写要反映的事情',
  },
);

/**
 * What `POST /api/complaints` takes. Parsed, the first accused given as `subjectRole`, `subjectName`,
 * `subjectBody` has joined `subjects` (a name or body without a role is still someone accused), and
 * `mode` is settled: NAMED where a name and a contact are left, else ANONYMOUS.
 */
export const ComplaintInput = wire
  .superRefine(
    (input, context) => {
      for (const [name, message] of missingAnswers(input)) {
        context.addIssue({ code: 'custom', path: name.split('.'), message });
      }
    },
    // Beside the failures of single fields, so that all messages come at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )
  .transform(({ subjectRole: role, subjectName, subjectBody, ...input }) => ({
    ...input,
    mode: input.mode ?? (isIdentified(input.reporter) ? ('NAMED' as const) : 'ANONYMOUS'),
    subjects: mergeAccused({ role, name: subjectName, bodyCode: subjectBody }, input.subjects),
  }));
export type ComplaintInput = z.output<typeof ComplaintInput>;
export type Accused = ComplaintInput['subjects'][number];

// A contact alone may be left anonymously; a name may not, because one of the two is a slip.
const ANONYMOUS_WITH_NAME = '匿名的，清空姓名；愿意留下姓名的，改选“要求保密”或者“实名”';

function missingAnswers(input: z.output<typeof wire>): [string, string][] {
  const missing: [string, string][] = [];
  const named = input.mode === 'NAMED' || input.mode === 'CONFIDENTIAL';
  if (!input.text && !input.evidence?.length) missing.push(['text', QUESTIONS.text.missing]);
  if (input.class === 'NOTICE_OBJ' && !input.noticeId) {
    missing.push(['noticeId', QUESTIONS.noticeId.missing]);
  }
  if (input.mode === 'ANONYMOUS' && input.reporter?.name) {
    missing.push(['mode', ANONYMOUS_WITH_NAME]);
  }
  if (named && !input.reporter?.name) {
    missing.push(['reporter.name', QUESTIONS.reporterName.missing]);
  }
  if (named && !input.reporter?.contact) {
    missing.push(['reporter.contact', QUESTIONS.reporterContact.missing]);
  }
  return missing;
}

function isIdentified(reporter: z.output<typeof Reporter> | undefined): boolean {
  return Boolean(reporter?.name && reporter.contact);
}

function mergeAccused(
  first: { [Key in keyof z.output<typeof Accused>]?: z.output<typeof Accused>[Key] | undefined },
  others: z.output<typeof Accused>[] = [],
): z.output<typeof Accused>[] {
  const { name, bodyCode } = first;
  if (!first.role && !name && !bodyCode) return others;
  const role = first.role ?? (name ? 'UNKNOWN' : 'UNIT_ONLY');
  const accused = { role, ...(name && { name }), ...(bodyCode && { bodyCode }) };
  const same = others.some(
    (other) => other.role === role && other.name === name && other.bodyCode === bodyCode,
  );
  return same ? others : [accused, ...others];
}

/** Whether the check page should ask once for more. */
export function isShort(text: string | undefined): boolean {
  return countCharacters(text ?? '') < LIMITS.shortText;
}

/** Stable text of what was complained of, without proof and code: equal text is the same complaint. */
export function canonicalComplaint(input: ComplaintInput): string {
  const { altcha: _altcha, queryCode: _queryCode, ...content } = input;
  return canonicalText(content);
}
