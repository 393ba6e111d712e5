import type { z } from 'zod';
import type { StandardDesk } from '#routes/staff-standards.ts';
import { STANDARD_KINDS, nameStandard } from '#rules/standard-edit.ts';
import { textOf } from '#site/lib/api.ts';
import type { Api } from '#site/lib/api.ts';

export type StandardsView = z.infer<typeof StandardDesk>;

export async function readStandards(api: Api): Promise<StandardsView | null> {
  const answer = await api('/api/staff/standards');
  return answer.ok ? ((await answer.json()) as StandardsView) : null;
}

export const KIND_OPTIONS = STANDARD_KINDS.map((kind) => ({
  value: `${kind.aidType}:${kind.areaType}`,
  label: nameStandard(kind),
}));

/** What a form about an amount holds. */
export function readTyped(form: FormData) {
  const [aidType = '', areaType = ''] = textOf(form, 'aidType').split(':');
  return {
    aidType,
    areaType,
    amount: textOf(form, 'amount'),
    effectiveFrom: textOf(form, 'effectiveFrom'),
    documentNumber: textOf(form, 'documentNumber'),
    isEarlier: textOf(form, 'isEarlier') === '1',
    reason: textOf(form, 'reason'),
  };
}
export type Typed = ReturnType<typeof readTyped>;

export const CHANGES = {
  add: '增加',
  edit: '更正',
  hide: '停用',
  show: '恢复',
  remove: '删除',
} as const;
