import { addDays } from './civil-date.ts';
import type { Capability } from './roles.ts';
import type { ReporterMode } from './vocabulary.ts';

/** Whose identity two people have to open: who asked for confidence, and who gave no name but a way back. */
const SECOND_PERSON: Readonly<Record<ReporterMode, boolean>> = {
  NAMED: false,
  CONFIDENTIAL: true,
  ANONYMOUS: true,
};

/** Days in which what a second person agreed to may be used, once. */
const REPORTER_GRANT_DAYS = 7;

/** What was decided on a request so long ago that it counts no more. */
export function hasLapsed({ decidedOn }: { decidedOn: string | null }, today: string): boolean {
  return decidedOn !== null && addDays(decidedOn, REPORTER_GRANT_DAYS) < today;
}

/** Whether a second person must agree before who complained is opened; not where nothing was left. */
export function needsSecondPerson(mode: ReporterMode, leftSomething: boolean): boolean {
  return leftSomething && SECOND_PERSON[mode];
}

/** What shows on the lead of somebody who wants to know, or knows, who complained. */
export const REPORTER_EVENTS = {
  'open-reporter': '查看反映人身份',
  'ask-reporter': '申请查看反映人身份',
  'grant-reporter': '同意查看反映人身份',
  'refuse-reporter': '不同意查看反映人身份',
} as const;
export type ReporterEvent = keyof typeof REPORTER_EVENTS;

/** Who may bring each about. */
export const REPORTER_CAPABILITIES: Readonly<Record<ReporterEvent, Capability>> = {
  'open-reporter': 'reporter.open',
  'ask-reporter': 'reporter.open',
  'grant-reporter': 'reporter.approve',
  'refuse-reporter': 'reporter.approve',
};
