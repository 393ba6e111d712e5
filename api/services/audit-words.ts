import type { AuditEntry } from '#db/queries/audit.ts';
import { ACTION_LABELS, LISTINGS, SUBJECT_KINDS, isKnownKind } from '#rules/audit-view.ts';
import type { Lens } from './audit-view.ts';
import { ruleOf } from './lead-facts.ts';

/** One entry as a person reads it. */
export type AuditLine = {
  onDate: string;
  /** Epoch ms; null for arrivals, which carry the date only. */
  at: number | null;
  /** Null: the system, or a citizen. */
  personName: string | null;
  bodyName: string | null;
  action: string;
  actionLabel: string;
  kindLabel: string;
  /** Of a lead its reference, else a name or a version; empty where there is nothing to name. */
  subject: string;
};

export function describeEntry(
  lens: Pick<Lens, 'names' | 'bodyNames' | 'placeNames' | 'holders'>,
  entry: AuditEntry,
  leads: ReadonlyMap<string, string>,
): AuditLine {
  const { onDate, at, personId, bodyCode, action, subjectKind } = entry;
  return {
    onDate,
    at,
    personName: personId ? (lens.names.get(personId) ?? '已删除的人员') : null,
    bodyName: bodyCode ? (lens.bodyNames.get(bodyCode) ?? bodyCode) : null,
    action,
    actionLabel: labelOf(action),
    ...(LISTINGS.includes(action)
      ? { kindLabel: SUBJECT_KINDS.lead, subject: '' }
      : {
          kindLabel: isKnownKind(subjectKind) ? SUBJECT_KINDS[subjectKind] : '',
          subject: nameSubject(lens, entry, leads),
        }),
  };
}

/** A step of a lead that waits for another person's approval is told from one that was taken. */
export function labelOf(action: string): string {
  const [, event = '', proposal] = /^lead\.([a-z-]+)(\.propose)?$/.exec(action) ?? [];
  const step = ruleOf(event)?.label;
  return ACTION_LABELS[action] ?? (step && proposal ? `${step}（报批）` : step) ?? action;
}

function nameSubject(
  { names, bodyNames, placeNames, holders }: Parameters<typeof describeEntry>[0],
  { subjectKind, subjectId }: AuditEntry,
  leads: ReadonlyMap<string, string>,
): string {
  const namers: Record<string, () => string | undefined> = {
    lead: () => leads.get(subjectId),
    account: () => names.get(holders.get(subjectId) ?? ''),
    person: () => names.get(subjectId),
    body: () => bodyNames.get(subjectId),
    place: () => placeNames.get(subjectId),
    calendar: () => subjectId,
    text: () => subjectId,
    batch: () => subjectId.slice(0, 8),
    case: () => subjectId.slice(0, 8),
  };
  return namers[subjectKind]?.() ?? '';
}
