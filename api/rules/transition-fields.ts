import { z } from 'zod';
import { isDate } from './civil-date.ts';
import { hasPrivateNumber } from './private-numbers.ts';
import { cleanText, countCharacters } from './text.ts';
import type { BodyKind, PetitionClass } from './vocabulary.ts';

/** What a transition asks for. One list makes the form, its messages and its validation. */
type FieldKind =
  | 'text'
  | 'longtext'
  | 'date'
  | 'choice'
  | 'choices'
  | 'number'
  | 'money'
  | 'body'
  | 'person'
  | 'persons'
  | 'supervisor'
  | 'lead'
  | 'checkbox'
  | 'list';

export type Field = {
  name: string;
  label: string;
  hint?: string;
  kind: FieldKind;
  required: boolean;
  /** Codes and labels of a choice. */
  options?: Readonly<Record<string, string>>;
  /** Characters of a text, persons of `persons`, rows of `list`. */
  minLength?: number;
  maxLength?: number;
  /** Bounds of a number; of money in cents. */
  min?: number;
  max?: number;
  /** Kinds of body to choose from. */
  bodyKinds?: readonly BodyKind[];
  /** Asked for leads of these classes only. */
  classes?: readonly PetitionClass[];
  /** Refused where the text has what looks like a mobile or ID number. */
  noNumbers?: true;
  /** The text goes to the citizen. */
  public?: true;
  /** Stored in clear where false; sealed by default. */
  sealed?: boolean;
  /** The columns of one row of `list`. */
  of?: readonly Field[];
};

/** Which fields are asked: by the lead's class. */
export function fieldsFor(fields: readonly Field[], leadClass?: PetitionClass): Field[] {
  return fields.filter(
    (field) => !field.classes || leadClass === undefined || field.classes.includes(leadClass),
  );
}

/**
 * The strict schema of the fields, as JSON or form text gives them: numbers and money may be text
 * (money in yuan becomes integer cents), a checkbox `true` or `on`, empty text counts as absent.
 */
export function schemaOf(
  rule: { fields: readonly Field[] },
  leadClass?: PetitionClass,
): z.ZodObject<Record<string, z.ZodType>> {
  const shape = fieldsFor(rule.fields, leadClass).map((field) => [field.name, typeOf(field)]);
  return z.strictObject(Object.fromEntries(shape) as Record<string, z.ZodType>, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `没有这些栏目：${issue.keys.join('、')}` : '填写表单',
  });
}

function typeOf(field: Field): z.ZodType {
  const missing = `${verbFor(field.kind)}${field.label}`;
  const filled = z.preprocess(
    (value) => (isEmpty(value) ? undefined : value),
    field.required
      ? BY_KIND[field.kind](field, missing)
      : BY_KIND[field.kind](field, missing).optional(),
  );
  return field.required ? filled : filled.optional();
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || (Array.isArray(value) && value.length === 0);
}

function verbFor(kind: FieldKind): string {
  const chosen: readonly FieldKind[] = [
    'choice',
    'choices',
    'body',
    'person',
    'persons',
    'supervisor',
    'date',
  ];
  if (kind === 'checkbox') return '勾选：';
  return chosen.includes(kind) ? '选择' : '填写';
}

const BY_KIND: Record<FieldKind, (field: Field, missing: string) => z.ZodType> = {
  text: (field, missing) => textType(field, missing, 200),
  longtext: (field, missing) => textType(field, missing, 10_000),
  date: (field, missing) =>
    z.string({ error: missing }).refine(isDate, `${field.label}要写成 2026-11-20 这样的日期`),
  choice: (field, missing) => optionType(field, missing),
  choices: (field, missing) =>
    z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(optionType(field, missing), { error: missing }).min(1, missing),
    ),
  number: (field, missing) => numberType(field, missing, (text) => Number(text)),
  money: (field, missing) =>
    numberType(field, `${missing}，单位是元，最多两位小数`, (text) => {
      return /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;
    }),
  body: (_, missing) => idType(missing),
  person: (_, missing) => idType(missing),
  supervisor: (_, missing) => idType(missing),
  persons: (field, missing) =>
    z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z
        .array(idType(missing), { error: missing })
        .min(field.minLength ?? 1, `${field.label}至少要选${field.minLength ?? 1}人`)
        .refine((ids) => new Set(ids).size === ids.length, `${field.label}不能重复`),
    ),
  lead: (_, missing) => idType(missing),
  checkbox: (field, missing) =>
    z.preprocess(
      (value) => value === true || value === 'true' || value === 'on',
      field.required ? z.literal(true, { error: missing }) : z.boolean(),
    ),
  list: (field, missing) =>
    z
      .array(schemaOf({ fields: field.of ?? [] }), { error: missing })
      .min(field.minLength ?? 1, `${field.label}至少要有${field.minLength ?? 1}项`)
      .max(field.maxLength ?? 100, `${field.label}最多${field.maxLength ?? 100}项`),
};

function idType(missing: string) {
  return z.string({ error: missing }).trim().min(1, missing).max(80, missing);
}

function optionType(field: Field, missing: string) {
  const codes = Object.keys(field.options ?? {});
  return z.string({ error: missing }).refine((code) => codes.includes(code), missing);
}

function textType(field: Field, missing: string, limit: number) {
  const min = field.minLength ?? 1;
  const max = field.maxLength ?? limit;
  return z
    .string({ error: missing })
    .transform((text) => cleanText(text).trim())
    .refine((text) => countCharacters(text) >= min, `${field.label}至少要写${min}个字`)
    .refine((text) => countCharacters(text) <= max, `${field.label}最多${max}个字`)
    .refine(
      (text) => !field.noNumbers || !hasPrivateNumber(text),
      `${field.label}里有像手机号码、身份证号或者账号的数字：会印在移交函上，删去后再办理`,
    );
}

function numberType(field: Field, missing: string, parse: (text: string) => number) {
  const min = field.min ?? 0;
  const max = field.max ?? Number.MAX_SAFE_INTEGER;
  return z
    .union([z.string(), z.number()], { error: missing })
    .transform((value) => parse(String(value).normalize('NFKC').replaceAll(/[,\s]/g, '')))
    .refine((value) => Number.isSafeInteger(value), missing)
    .refine((value) => value >= min && value <= max, `${field.label}要在${min}到${max}之间`);
}
