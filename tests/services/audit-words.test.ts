import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTION_LABELS, AUDIT_GROUPS, UNSHOWN_ACTIONS, auditGroupOf } from '#rules/audit-view.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { CASE_STEPS } from '#rules/public-cases.ts';
import { CAPABILITIES } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { labelOf } from '#services/audit-words.ts';

/** What stands for the variable part of an action that is put together. */
const PUT_TOGETHER: Record<string, readonly string[]> = {
  'batch.${decision}': ['batch.approve', 'batch.reject'],
  'lead.${event}': [
    ...['lead.ask-reporter', 'lead.grant-reporter', 'lead.refuse-reporter'],
    'lead.open-reporter',
  ],
  'lead.${rule.event}': TRANSITIONS.map(({ event }) => `lead.${event}`),
  'lead.${rule.event}.propose': TRANSITIONS.filter((rule) => rule.approvedBy).map(
    ({ event }) => `lead.${event}.propose`,
  ),
  'list-row.${change.kind}': ['list-row.exit', 'list-row.correct'],
  'list-row.${move}': ['list-row.hold', 'list-row.release-hold'],
  'setting.board-names-${names}': ['setting.board-names-full', 'setting.board-names-masked'],
  'case.${step}': Object.keys(CASE_STEPS).map((step) => `case.${step}`),
  'take-down.${decision}': ['take-down.confirm', 'take-down.lift'],
};

const sources = globSync('api/services/**/*.ts').map((file) => readFileSync(file, 'utf8'));
const found = (pattern: RegExp) =>
  new Set(sources.flatMap((code) => [...code.matchAll(pattern)].map((match) => match[1] ?? '')));

const families = new Set(Object.keys(ACTION_LABELS).map((action) => action.split('.')[0]));
const plain = [...found(/'([a-z-]+\.[a-z-]+)'/g)].filter(
  (word) =>
    families.has(word.split('.')[0]) && !(word in CAPABILITIES) && !/\.(db|json)$/.test(word),
);
const actions = [...plain, ...Object.values(PUT_TOGETHER).flat()];

test('every action of the audit log that is put together is known here', () => {
  const templates = [...found(/`([a-z-]+\.[a-z-]*\$\{[^`]+)`/g)].filter((word) =>
    families.has(word.split('.')[0]),
  );
  expect(new Set(templates)).toEqual(new Set(Object.keys(PUT_TOGETHER)));
});

test('every family of actions is known to the log', () => {
  const written = found(/action: '([a-z-]+)\.[a-z-]+'/g);
  expect([...written].filter((family) => !families.has(family))).toEqual([]);
});

test('every action that is written has words in the audit log', () => {
  const shown = actions.filter((action) => !UNSHOWN_ACTIONS.includes(action));
  expect(shown.filter((action) => labelOf(action) === action)).toEqual([]);
});

test('no words stand in the audit log for what nothing writes', () => {
  expect(Object.keys(ACTION_LABELS).filter((action) => !actions.includes(action))).toEqual([]);
});

test('the log can be narrowed to every action, by one group each', () => {
  const groupsOf = (action: string) =>
    codesOf(AUDIT_GROUPS).filter((code) => {
      const { actions: named = [], prefixes = [], except = [] } = auditGroupOf(code);
      const belongs =
        named.includes(action) || prefixes.some((prefix) => action.startsWith(prefix));
      return belongs && !except.includes(action);
    });
  const misplaced = actions.filter((action) => groupsOf(action).length !== 1);
  expect(misplaced).toEqual([]);
});

test('a step that waits for approval is told from one that was taken', () => {
  expect(labelOf('lead.transfer.propose')).toBe(`${labelOf('lead.transfer')}（报批）`);
});
