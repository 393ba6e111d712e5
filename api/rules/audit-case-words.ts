import { CASE_STEPS } from './public-cases.ts';

/** Words of the audit log for exposed cases: those of the table of steps, and how a case and a month begin. */
export const CASE_ACTION_LABELS: Record<string, string> = {
  'case.create': '通报曝光：起草',
  'case.report-none': '通报曝光：本月无',
  ...Object.fromEntries(
    Object.entries(CASE_STEPS).map(([step, { label }]) => [`case.${step}`, `通报曝光：${label}`]),
  ),
};
