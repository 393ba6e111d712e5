import { CLOSING } from './lifecycle-closing.ts';
import { HANDLING } from './lifecycle-handling.ts';
import { INTAKE } from './lifecycle-intake.ts';
import { SIDE_EVENTS } from './lifecycle-side-events.ts';
import { TRANSFERRED } from './lifecycle-transferred.ts';
import { TRIAGE } from './lifecycle-triage.ts';
import { CODES } from './lifecycle-codes.ts';
import { TELLING } from './lifecycle-telling.ts';
import { SUPERVISION } from './lifecycle-supervision.ts';
import { UPWARD } from './lifecycle-upward.ts';
import type { TransitionRule } from './transition-rule.ts';

/** Every rule, in the order in which a form offers them. */
export const TRANSITIONS: readonly TransitionRule[] = [
  ...INTAKE,
  ...TRIAGE,
  ...TRANSFERRED,
  ...HANDLING,
  ...CLOSING,
  ...TELLING,
  ...SIDE_EVENTS,
  ...SUPERVISION,
  ...UPWARD,
  ...CODES,
];
