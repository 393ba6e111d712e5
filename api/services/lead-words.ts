import { formatDate } from '#rules/civil-date.ts';
import type { Field } from '#rules/transition-fields.ts';
import type { EventFields } from './lead-timeline.ts';

/** Names for the codes and ids that fields hold. */
export type Names = { bodies: Map<string, string>; persons: Map<string, string> };

export type FieldWords = { label: string; value: string };

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2 });

/** What was typed in a step, as a person reads it; fields left empty are left out. */
export function describeFields(
  asked: readonly Field[],
  fields: EventFields,
  names: Names,
): FieldWords[] {
  return asked.flatMap((field) => {
    const value = fields[field.name];
    const isEmpty = value === undefined || value === null || value === '';
    return isEmpty ? [] : { label: field.label, value: wordsOf(field, value, names) };
  });
}

function wordsOf(field: Field, value: unknown, names: Names): string {
  if (field.kind === 'list' && Array.isArray(value)) {
    return value.map((row, index) => rowWords(field, row, index, names)).join('\n');
  }
  if (Array.isArray(value)) return value.map((each) => wordsOf(field, each, names)).join('、');
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return field.options?.[String(value)] ?? String(value);
    case 'body':
      return names.bodies.get(String(value)) ?? String(value);
    case 'supervisor':
      return supervisorWords(String(value), names);
    case 'person':
    case 'persons':
      return names.persons.get(String(value)) ?? String(value);
    case 'checkbox':
      return value === true ? '是' : '否';
    case 'date':
      return formatDate(String(value));
    case 'money':
      return `${yuan.format(Number(value) / 100)}元`;
    default:
      return String(value);
  }
}

function supervisorWords(value: string, names: Names): string {
  const [body = '', person = ''] = value.split('/');
  return `${names.persons.get(person) ?? person}（${names.bodies.get(body) ?? body}）`;
}

function rowWords(field: Field, row: unknown, index: number, names: Names): string {
  const words = describeFields(field.of ?? [], row as EventFields, names);
  return `${index + 1}. ${words.map(({ label, value }) => `${label}：${value}`).join('；')}`;
}
