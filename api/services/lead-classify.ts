import { CodedError } from '#api/errors.ts';
import { excludedBodies, isSealed } from '#rules/recusal.ts';
import type { Subject } from '#rules/subjects.ts';
import { excludeBodies } from './handover.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';

/** Where triage names a role that excludes more bodies, these are taken off with it. */
export async function classifyLead(step: Step, change: LeadChange): Promise<LeadChange> {
  const { leadCase, fields } = step;
  checkRealName(fields);
  const before: Subject[] = leadCase.content?.subjects ?? [];
  const roles = (fields['subjectRoles'] ?? rolesOf(before)) as Subject['role'][];
  const fresh = roles.filter((role) => !rolesOf(before).includes(role));
  const named = [
    ...before.filter(({ role }) => roles.includes(role)),
    ...fresh.map((role) => ({ role })),
  ].map(({ role, bodyCode }: Subject) => ({ role, bodyCode: bodyCode ?? null }));
  const excluded = excludedBodies(named, leadCase.placePath, leadCase.bodies);
  const sealed = leadCase.facts.secrecy === 'sealed';
  if (!sealed && isSealed(named, excluded, leadCase.bodies)) {
    throw new CodedError('invalid-input', { subjectRoles: '这类线索先“密封并交纪检监察组”' });
  }
  const next = sealed ? change : await excludeBodies(step.context, leadCase, change, excluded);
  const major = fields['severity'] === 'MAJOR' ? 1 : 0;
  const clear = sealed ? {} : { class: String(fields['class']), major };
  return {
    ...next,
    set: { ...next.set, ...clear },
    ...(sealed ? {} : { problems: fields['problemTypes'] as string[], subjects: named }),
  };
}

/** Whoever says that a name was checked says how, when and by whom. */
function checkRealName(fields: Step['fields']): void {
  if (fields['realName'] === 'NOT_CLAIMED') return;
  const asked = {
    realNameMethod: '选择核实方式',
    realNameOn: '选择核实日期',
    realNameBy: '选择核实人',
  };
  const missing = Object.entries(asked).filter(([name]) => !fields[name]);
  if (missing.length > 0) throw new CodedError('invalid-input', Object.fromEntries(missing));
}

/** Of an objection, the household it names; a sealed lead says in clear of none. */
export function holdNamedRow({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const { noticeId, noticeRow, placeCode, class: filed } = leadCase.lead;
  const isObjection = filed === 'NOTICE_OBJ' || fields['class'] === 'NOTICE_OBJ';
  if (!isObjection || !noticeId || !noticeRow || !placeCode) return change;
  return { ...change, hold: { batchId: noticeId, placeCode, no: noticeRow } };
}

function rolesOf(subjects: Subject[]): Subject['role'][] {
  return subjects.map((subject) => subject.role);
}
