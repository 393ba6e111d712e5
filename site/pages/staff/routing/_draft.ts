import { editRouting } from '#rules/routing-edit.ts';
import { DraftRow, DraftRows } from '#rules/routing-rows.ts';
import { ROUTING, type RoutingRow } from '#rules/routing-table.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import { textOf } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';

/** A table between two requests: the page carries it, nothing is kept. */
export type Draft = {
  rows: RoutingRow[];
  /** The row whose form is open, and whether it is a new one. */
  open: { at: number; isNew: boolean; row: Partial<Record<string, unknown>> } | null;
  errors: FieldError[];
};

const NEW_ROW: RoutingRow = { accused: 'any', matters: 'any', to: 'bureau', basis: '' };
const FIELDS = ['accused', 'matters', 'classes', 'problems', 'to', 'alongside', 'basis'];

/** The draft after the button that was pressed. */
export function readDraft(form: FormData, current: RoutingRow[]): Draft {
  const rows = parseRows(textOf(form, 'draft')) ?? current;
  const [verb = '', number = ''] = textOf(form, 'do').split(':');
  const at = Number(number);
  const plain: Draft = { rows, open: null, errors: [] };
  if (verb === 'shipped') return { ...plain, rows: [...ROUTING] };
  if (verb === 'up' || verb === 'down' || verb === 'delete') {
    return { ...plain, rows: editRouting(rows, { kind: verb, at }) };
  }
  const row = rows[at];
  if (verb === 'edit' && row) return { ...plain, open: { at, isNew: false, row } };
  // A new row stands before the last one, which takes all.
  if (verb === 'add') {
    return { ...plain, open: { at: Math.max(0, rows.length - 1), isNew: true, row: NEW_ROW } };
  }
  return verb === 'set' || verb === 'insert' ? keepRow(form, rows, verb, at) : plain;
}

function keepRow(form: FormData, rows: RoutingRow[], kind: 'set' | 'insert', at: number): Draft {
  const typed = readRow(form);
  const parsed = DraftRow.safeParse(typed);
  if (parsed.success) {
    return { rows: editRouting(rows, { kind, at, row: parsed.data }), open: null, errors: [] };
  }
  const errors = Object.entries(fieldMessages(parsed.error)).map(([name, message]) => ({
    field: FIELDS.find((field) => name.startsWith(field)) ?? 'basis',
    message,
  }));
  return { rows, open: { at, isNew: kind === 'insert', row: typed }, errors };
}

/** Nothing ticked means all of them. */
function readRow(form: FormData): Record<string, unknown> {
  const all = (name: string) => form.getAll(name).filter((each) => typeof each === 'string');
  const listOr = (name: string, none: unknown) => (all(name).length > 0 ? all(name) : none);
  const alongside = textOf(form, 'alongside').trim();
  return {
    accused: listOr('accused', 'any'),
    matters: listOr('matters', 'any'),
    classes: listOr('classes', undefined),
    problems: listOr('problems', undefined),
    unlessTownshipDecides: form.has('unlessTownshipDecides') ? true : undefined,
    to: textOf(form, 'to'),
    alongside: alongside === '' ? undefined : alongside,
    basis: textOf(form, 'basis'),
  };
}

function parseRows(json: string): RoutingRow[] | null {
  try {
    return DraftRows.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
