import type { HotlineFile } from '#routes/staff-hotline-schemas.ts';
import { onlyFields, postJson, readRefusal, textOf } from '#site/lib/api.ts';
import type { Api } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';
import { CALL_FIELDS, toCallInput } from './_test-form.ts';
import type { TypedCall } from './_test-form.ts';

/** `next` is the verdict of a new record. */
type Sent = { next: string } | { status: number; errors: FieldError[] };

/**
 * Sends what the form of a test says: a new record, the correction of `corrects`, or that it is taken back.
 * Answers what was recorded, or what the API refuses.
 */
export async function sendCall(
  api: Api,
  form: FormData,
  typed: TypedCall,
  { corrects, known }: { corrects: string; known: readonly string[] },
): Promise<Sent> {
  const isCancelling = form.has('cancelReason');
  const [id = ''] = (typed['number'] ?? '').split(' ');
  if (!corrects && !known.includes(id)) {
    return { status: 422, errors: [{ field: 'number', message: '选择拨打的号码。' }] };
  }
  const call = toCallInput(typed);
  const path = `/api/staff/test-calls/${encodeURIComponent(corrects)}`;
  const sent = isCancelling
    ? await postJson(api, `${path}/cancellation`, { reason: textOf(form, 'cancelReason') })
    : corrects
      ? await postJson(api, `${path}/correction`, { reason: typed['reason'] ?? '', call })
      : await postJson(api, `/api/staff/hotlines/${encodeURIComponent(id)}/tests`, call);
  if (sent.ok) {
    const verdict = corrects ? '' : ((await sent.json()) as { verdict: string }).verdict;
    return { next: verdict };
  }
  const own = onlyFields(...CALL_FIELDS);
  const idOf = (field: string) =>
    field === 'phone' ? 'number' : own(field.replace(/^call\./, ''));
  const fallback = isCancelling ? 'cancelReason' : 'number';
  const { status, errors } = await readRefusal(
    sent,
    fallback,
    isCancelling ? () => fallback : idOf,
  );
  return { status, errors };
}

/** The record that is to be put right, where it may still be. */
export async function readCorrected(api: Api, id: string, corrects: string) {
  const answer = await api(`/api/staff/hotlines/${encodeURIComponent(id)}`);
  if (!answer.ok) return undefined;
  const { calls } = (await answer.json()) as HotlineFile;
  return calls.find((call) => call.id === corrects && call.status === 'valid');
}
