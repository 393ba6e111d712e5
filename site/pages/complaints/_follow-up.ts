import { postJson, readRefusal, textOf, type Api } from '#site/lib/api.ts';
import { readFormWithFiles } from '#site/lib/evidence.ts';
import type { FieldError } from '#site/lib/fields.ts';
import type { FollowUp } from '#services/follow-up.ts';

/** What the page shows: the matter where a code opened it, and what became of what was sent with it. */
export type Shown = {
  found: FollowUp | null;
  errors: FieldError[];
  status: number;
  queryCode: string;
  /** What was typed and not taken. */
  text: string;
  wished: string;
  uploadIds: string[];
  /** What was taken, in a sentence. */
  sent: string;
  changedCode: string;
};

/** Where an error is shown that belongs to no field of the page: beside how the matter stands. */
export const STANDING = 'standing';

const DONE: Record<string, string> = {
  remind: '已经催办。承办人会看到。',
  rate: '已记下您的评价。谢谢。',
};
const OLD_CODE = '原来的查询码不能再发送内容，这次的没有发出。是您自己换的，请用新的查询码。';

export const NOTHING: Shown = {
  found: null,
  errors: [],
  status: 200,
  queryCode: '',
  text: '',
  wished: '',
  uploadIds: [],
  sent: '',
  changedCode: '',
};

/** Does what was posted, and looks up how the matter stands then. */
export async function takeFollowUp(api: Api, request: Request): Promise<Shown> {
  const { form, errors } = await readFormWithFiles(api, request);
  const queryCode = textOf(form, 'queryCode');
  const uploadIds = form.getAll('evidence').filter((value) => typeof value === 'string');
  // Of an upload that was cut off not even the code arrived.
  const told =
    queryCode === '' ? errors.map((error) => ({ ...error, field: 'queryCode' })) : errors;
  const status = errors.length > 0 ? 422 : 200;
  const posted: Shown = { ...NOTHING, errors: told, status, queryCode, uploadIds };
  return look(api, await act(api, form, posted));
}

async function act(api: Api, form: FormData, posted: Shown): Promise<Shown> {
  const { queryCode } = posted;
  const newCode = textOf(form, 'newCode');
  if (form.has('dispute')) return dispute(api, textOf(form, 'dispute'), posted);
  if (newCode) {
    const answer = await postJson(api, '/api/follow-up/code', { queryCode, newCode });
    if (!answer.ok) return { ...posted, ...(await refusalOf(answer, STANDING)) };
    const { queryCode: changedCode } = (await answer.json()) as { queryCode: string };
    return { ...posted, queryCode: changedCode, changedCode };
  }
  const typed = { ...posted, text: textOf(form, 'text'), wished: textOf(form, 'wish') };
  // Files were taken, refused or dropped; nothing is sent until it is said so.
  if (posted.errors.length > 0 || form.has('go')) return typed;
  return form.has('text') || form.has('wish') ? write(api, form, typed) : posted;
}

async function dispute(api: Api, text: string, posted: Shown): Promise<Shown> {
  const said = { queryCode: posted.queryCode, text };
  const answer = await postJson(api, '/api/follow-up/code/dispute', said);
  if (answer.ok) {
    return { ...posted, sent: '已收到您的说明。工作人员核对以后，停用其中一个查询码。' };
  }
  const { errors, status } = await refusalOf(answer, 'dispute');
  const there = errors.map((error) =>
    error.field === 'text' ? { ...error, field: 'dispute' } : error,
  );
  return { ...posted, text, errors: there, status };
}

async function write(api: Api, form: FormData, typed: Shown): Promise<Shown> {
  const { queryCode, text, wished: wish, uploadIds } = typed;
  const message = {
    queryCode,
    text,
    ...(wish && { wish }),
    ...(uploadIds.length > 0 && { evidence: uploadIds }),
    ...(wish === 'rate' && { rating: textOf(form, 'rating') }),
  };
  const answer = await postJson(api, '/api/follow-up/messages', message);
  if (!answer.ok) {
    const refusal = await refusalOf(answer, wish in DONE ? STANDING : 'text');
    return { ...typed, ...(wish in DONE && { text: '', wished: '' }), ...refusal };
  }
  const files = uploadIds.length > 0 ? `，附件${uploadIds.length}个` : '';
  const sent = DONE[wish] ?? `已收到${files}。工作人员会看到。`;
  return { ...typed, sent, text: '', wished: '', uploadIds: [] };
}

async function refusalOf(answer: Response, fallback: string) {
  const { errors, status } = await readRefusal(answer, fallback);
  return { errors, status };
}

async function look(api: Api, shown: Shown): Promise<Shown> {
  const { queryCode } = shown;
  const answer = await postJson(api, '/api/follow-up', { queryCode });
  if (!answer.ok) {
    return shown.errors.length > 0
      ? { ...shown, errors: shown.errors.map(atCode) }
      : { ...shown, ...(await refusalOf(answer, 'queryCode')) };
  }
  const found = (await answer.json()) as FollowUp;
  return { ...shown, found, errors: shown.errors.map((error) => atStanding(error, found)) };
}

/** Where nothing was found the page has the one field. */
function atCode(error: FieldError): FieldError {
  return { ...error, field: 'queryCode' };
}

/** What the page of this code does not ask is told beside how the matter stands. */
function atStanding(error: FieldError, { mayWrite, wishes, codes }: FollowUp): FieldError {
  const isOld = codes?.mine === 'old';
  if (isOld && error.field !== 'dispute') return { field: STANDING, message: OLD_CODE };
  const asked: Record<string, boolean> = {
    text: mayWrite,
    wish: mayWrite,
    evidence: mayWrite,
    rating: wishes.includes('rate'),
    dispute: isOld && !codes.disputed,
  };
  return asked[error.field] ? error : { ...error, field: STANDING };
}
