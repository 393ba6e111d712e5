import { formatDate } from '#rules/civil-date.ts';
import { FORMER_CODE } from '#rules/lifecycle-codes.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { availableTransitions, listMissing, stepOf, targetOf } from '#rules/lifecycle.ts';
import type { Step } from '#rules/lifecycle.ts';
import { fieldsFor } from '#rules/transition-fields.ts';
import type { Field } from '#rules/transition-fields.ts';
import { staffOf } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import { listDisputes, listItems } from './lead-facts.ts';
import type { Dispute } from './lead-facts.ts';
import { listAssignable, listReaders, listSupervisors } from './lead-people.ts';
import type { LeadPerson } from './lead-people.ts';
import { supervisorCode } from './supervision-effects.ts';
import type { Seeing } from './without-excluded.ts';

/** A step open to the reader now, with its form as data. */
export type OpenStep = {
  event: string;
  label: string;
  kind: Step;
  to: State;
  toLabel: string;
  /** The first press makes a proposal. */
  needsApproval: boolean;
  /** None for the consent to a proposal: what was proposed stands. */
  fields: FormField[];
};

/** A field with its choices filled in; a list has columns, which have none below them. */
type FormField = Column & { of?: Column[] };
type Column = Omit<Field, 'of'>;

export async function listOpenSteps(context: Seeing, leadCase: LeadCase): Promise<OpenStep[]> {
  const { facts } = leadCase;
  const staff = staffOf(leadCase);
  const rules = availableTransitions(facts, staff);
  const choices = await readChoices(context, leadCase);
  const items = listItems(leadCase.events)
    .filter((item) => !item.verified)
    .map((item) => [String(item.number), nameOfItem(item)]);
  const disputes = listDisputes(leadCase.events);
  const codes = disputes.map((code) => [String(code.nth), nameOfCode(code)]);
  return rules.map((rule) => {
    const kind = stepOf(rule, facts, staff) ?? 'do';
    const to = targetOf(rule, facts);
    return {
      event: rule.event,
      label: rule.label,
      kind,
      to,
      toLabel: STATES[to].label,
      needsApproval: rule.approvedBy !== undefined,
      fields:
        kind === 'approve' ? [] : fieldsFor(rule.fields, facts.class).filter(isAsked).map(fieldOf),
    };
  });

  /** Of one code there is nothing to choose. */
  function isAsked(field: Field): boolean {
    return field !== FORMER_CODE || codes.length > 1;
  }

  function fieldOf(field: Field): FormField {
    if (field === FORMER_CODE) return { ...withChoices(field), options: Object.fromEntries(codes) };
    return field.name === 'item' && items.length > 0
      ? { ...withChoices(field), options: Object.fromEntries(items) }
      : withChoices(field);
  }

  function narrow(options: Record<string, string> | undefined, kinds: Field['bodyKinds']) {
    if (!options || !kinds) return options;
    const fits = new Set(leadCase.bodies.filter(({ kind }) => kinds.includes(kind)).map(codeOf));
    return Object.fromEntries(Object.entries(options).filter(([code]) => fits.has(code)));
  }

  function withChoices({ of, ...column }: Field): FormField {
    const options = narrow(choices[column.kind], column.bodyKinds);
    return {
      ...column,
      ...(options ? { options } : {}),
      ...(of ? { of: [...of] } : {}),
    };
  }
}

const SHOWN_PROBLEM = 30;

/** 第2项：没有一次性告知 */
function nameOfItem({ number, fields }: ReturnType<typeof listItems>[number]): string {
  const { problem } = fields as { problem?: unknown };
  const words = typeof problem === 'string' ? [...problem] : [];
  const end = words.length > SHOWN_PROBLEM ? '…' : '';
  return `第${number}项：${words.slice(0, SHOWN_PROBLEM).join('')}${end}`;
}

function nameOfCode({ nth, replacedOn, onDate }: Dispute): string {
  const first = nth === 1 ? '（提交时得到的）' : '';
  return `第${nth}个${first}：${formatDate(replacedOn)}换下，${formatDate(onDate)}说明`;
}

function codeOf({ code }: { code: string }): string {
  return code;
}

/** Steps that are the reader's to take once something else is done. */
export function listLacking(leadCase: LeadCase) {
  const lacking = listMissing(leadCase.facts, staffOf(leadCase));
  return lacking.map(({ rule, missing }) => ({ label: rule.label, missing }));
}

async function readChoices(
  context: Seeing,
  leadCase: LeadCase,
): Promise<Partial<Record<Field['kind'], Record<string, string>>>> {
  const bodies = leadCase.bodies.filter(
    (body) => leadCase.bodiesWithKey.has(body.code) && !leadCase.excluded({ body: body.code }),
  );
  const assignable = await listAssignable(context, leadCase, bodies.map(codeOf));
  return {
    body: Object.fromEntries(bodies.map((body) => [body.code, body.name])),
    supervisor: optionsOf(await listSupervisors(context, leadCase), leadCase, supervisorCode),
    persons: optionsOf(assignable, leadCase),
    person: optionsOf(await listReaders(context, leadCase), leadCase),
  };
}

function optionsOf(
  people: LeadPerson[],
  { bodies }: LeadCase,
  codeOfPerson = ({ personId }: LeadPerson) => personId,
): Record<string, string> {
  const names = new Map(bodies.map((body) => [body.code, body.name]));
  return Object.fromEntries(
    people.map((person) => [
      codeOfPerson(person),
      `${person.name}（${names.get(person.bodyCode) ?? person.bodyCode}）`,
    ]),
  );
}
