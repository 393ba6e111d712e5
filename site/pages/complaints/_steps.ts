import { answerOf, type Answers } from '#rules/complaint-answers.ts';
import { answerStep } from '#rules/complaint-state.ts';
import {
  findOpenStep,
  isReachable,
  isStepCode,
  stepAfter,
  type FormState,
  type StepCode,
} from '#rules/complaint-steps.ts';
import type { Receipt } from '#rules/receipt-file.ts';
import type { PostedForm } from '#site/lib/evidence.ts';
import { postForm, postJson, readRefusal, textOf, type Api, type Refusal } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';
import { fieldOn, readAnswers, stepAsking } from './_fields.ts';

/**
 * The way of a complaint through its pages. Each page is posted with the sealed answers so far in a hidden
 * field and leads to the next one's address; where the browser keeps no cookie (or the answers are too long
 * for one) the next page is the answer itself.
 */
export type Form = FormState & { draft: string; kept: boolean };
type Shown = { form: Form; errors: FieldError[]; status: number; cookies: string[] };
export type View =
  | (Shown & { show: 'step'; code: StepCode; index: number; mending: boolean })
  | (Shown & { show: 'check' })
  | { show: 'receipt'; receipt: Receipt; cookies: string[] }
  | { show: 'lost'; byOther?: true; unread?: string }
  | { show: 'go'; to: string; cookies: string[] };

export const PATH = '/complaints/new';
const RECEIPT = '/complaints/receipt';

/** The page of an address: of the form that the browser keeps, else a new one with what is given. */
export async function openPage(api: Api, url: URL, given: Answers): Promise<View> {
  const asked = url.searchParams.get('step');
  if (!asked) {
    const { form, cookies } = await begin(api, given);
    return { show: 'go', to: addressOf(form, firstStep(form), 0, false, url), cookies };
  }
  const opened = await postJson(api, '/api/complaints/answers/open', {});
  if (!opened.ok) return openWithoutForm(api, asked, given);
  const { form, cookies } = await readForm(opened);
  // One browser, two windows, one cookie: what another window fills in is not shown as this one's.
  const wanted = url.searchParams.get('form');
  if (wanted && wanted !== answerOf(form.answers, 'formId')) return { show: 'lost', byOther: true };
  const open = findOpenStep(form);
  if (asked === 'check') {
    if (open) return { show: 'go', to: addressOf(form, open, 0, true), cookies };
    return { show: 'check', form, errors: [], status: 200, cookies };
  }
  if (!isStepCode(asked) || !isReachable(form, asked)) {
    return { show: 'go', to: addressOf(form, open ?? 'check', 0, false), cookies };
  }
  const mending = url.searchParams.get('from') === 'check';
  const index = Number(url.searchParams.get('index')) || 0;
  return { ...showStep(form, asked, { index, mending }), cookies };
}

async function openWithoutForm(api: Api, asked: string, given: Answers): Promise<View> {
  const sent = await api('/api/complaints/receipt');
  if (sent.ok) return { show: 'go', to: RECEIPT, cookies: [] };
  const { form, cookies } = await begin(api, given);
  // Nothing was typed before the first page; behind it there was, and it is gone.
  const isFirst = asked === firstStep(form);
  return isFirst ? { ...showStep(form, firstStep(form)), cookies } : { show: 'lost' };
}

/** Takes what was posted one page on, or back with the reasons. */
export async function takePage(
  api: Api,
  { form: posted, errors }: PostedForm,
  hasCookie: boolean,
): Promise<View> {
  // Of an upload that was cut off not even the draft arrived; the browser may have it.
  const draft = textOf(posted, 'draft') || undefined;
  const [go = '', target] = textOf(posted, 'go').split(':', 2);
  if (go === 'submit') return submit(api, draft ?? '', textOf(posted, 'altcha'), hasCookie);
  const code = textOf(posted, 'step');
  const mending = textOf(posted, 'from') === 'check';
  const onward = (answer: Taken, to: StepCode | 'check', index = 0, isMending = mending) =>
    moveOn(answer, { to, index, mending: isMending, hasCookie });

  if (!isStepCode(code)) {
    const opened = await postJson(api, '/api/complaints/answers/open', { draft });
    if (!opened.ok) return { show: 'lost', ...(errors[0] && { unread: errors[0].message }) };
    if (errors.length > 0) return refuseFiles(await readForm(opened), errors, mending);
    const to = isStepCode(go) ? go : 'check';
    return onward(await readForm(opened), to, Number(target) || 0, true);
  }
  const answers = readAnswers(posted);
  const removed = textOf(posted, 'remove');
  const unchecked = go !== '' || removed !== '' || errors.length > 0;
  const remove = removed === '' ? {} : { remove: Number(removed) };
  const input = { draft, step: code, answers, unchecked, ...remove };
  const taken = await postJson(api, '/api/complaints/answers', input);
  if (!taken.ok) {
    const index = Number(textOf(posted, 'index')) || 0;
    return showAgain(
      api,
      { draft: draft ?? '', code, index, answers, mending },
      await readRefusal(taken, code),
    );
  }
  const now = await readForm(taken);
  if (errors.length > 0) return refuseFiles(now, errors, mending);
  if (isStepCode(go)) return onward(now, go, Number(target) || 0);
  if (removed !== '') return onward(now, isReachable(now.form, code) ? code : 'accused');
  return onward(now, stepAfter(now.form, code, mending) ?? 'check');
}

/** The files that were taken stay; each that was not is told with its reason. */
function refuseFiles({ form, cookies }: Taken, errors: FieldError[], mending: boolean): View {
  return { ...showStep(form, 'evidence', { mending }), errors, status: 422, cookies };
}

type Page = { draft: string; code: StepCode; index: number; answers: Answers; mending: boolean };

/** The page as it was typed, with the reasons; also where what came before it is too old to be opened. */
async function showAgain(api: Api, page: Page, refusal: Refusal): Promise<View> {
  const { code, index, answers } = page;
  const opened = await postJson(api, '/api/complaints/answers/open', { draft: page.draft });
  const isLost = !opened.ok;
  const { form, cookies } = isLost ? await begin(api, {}) : await readForm(opened);
  const typed = { ...form, ...answerStep(form, code, answers) };
  const mending = page.mending || isLost;
  const errors = refusal.errors.map(({ field, message }) => ({
    field: fieldOn(code, index, field),
    message: isLost ? LOST : message,
  }));
  return { ...showStep(typed, code, { index, mending }), errors, status: refusal.status, cookies };
}

const LOST =
  '前面几步放置超过两小时，已经失效。这一页写的还在：按“继续”，再把前面几步填一次，不用重写这一页。';

async function submit(api: Api, draft: string, altcha: string, hasCookie: boolean): Promise<View> {
  const fields = { answers: draft, ...(altcha && { altcha }) };
  const answer = await postForm(api, '/api/complaints', fields);
  const cookies = answer.headers.getSetCookie();
  if (answer.ok) {
    // Without a cookie the page after a redirect would know of no receipt.
    const isKept = cookies.some((cookie) => /receipt=[^;]/.test(cookie));
    if (hasCookie && isKept) return { show: 'go', to: RECEIPT, cookies };
    return { show: 'receipt', receipt: (await answer.json()) as Receipt, cookies };
  }
  const refusal = await readRefusal(answer, 'submit');
  const opened = await postJson(api, '/api/complaints/answers/open', { draft });
  if (!opened.ok) return { show: 'lost' };
  const { form } = await readForm(opened);
  const { errors, status } = refusal;
  const step = stepAsking(errors[0]?.field ?? '');
  if (!step) return { show: 'check', form, errors, status, cookies: [] };
  const there = errors.map((error) => ({ ...error, field: fieldOn(step, 0, error.field) }));
  return { ...showStep(form, step, { mending: true }), errors: there, status };
}

type Taken = { form: Form; cookies: string[] };
type Target = { to: StepCode | 'check'; index: number; mending: boolean; hasCookie: boolean };

function moveOn({ form, cookies }: Taken, { to, index, mending, hasCookie }: Target): View {
  const open = to === 'check' ? findOpenStep(form) : null;
  const next = open ?? to;
  if (hasCookie && form.kept) {
    return { show: 'go', to: addressOf(form, next, index, mending || open !== null), cookies };
  }
  if (next === 'check') return { show: 'check', form, errors: [], status: 200, cookies };
  return { ...showStep(form, next, { index, mending }), cookies };
}

function showStep(form: Form, code: StepCode, at: { index?: number; mending?: boolean } = {}) {
  const { index = 0, mending = false } = at;
  const nothing = { errors: [] as FieldError[], status: 200, cookies: [] as string[] };
  return { show: 'step' as const, form, code, index, mending, ...nothing };
}

async function begin(api: Api, given: Answers): Promise<Taken> {
  return readForm(await postJson(api, '/api/complaints/answers/start', { given }));
}

async function readForm(answer: Response): Promise<Taken> {
  return { form: (await answer.json()) as Form, cookies: answer.headers.getSetCookie() };
}

function firstStep(form: FormState): StepCode {
  return answerOf(form.answers, 'noticeId') ? 'row' : 'class';
}

/** What the form was opened with stays in the address of its first page, for a browser without cookies. */
function addressOf(
  form: Form,
  code: StepCode | 'check',
  index: number,
  mending: boolean,
  from?: URL,
): string {
  const query = new URLSearchParams({ step: code });
  if (index > 0) query.set('index', String(index));
  if (mending && code !== 'check') query.set('from', 'check');
  for (const name of ['place', 'notice', 'row']) {
    const value = from?.searchParams.get(name);
    if (value) query.set(name, value);
  }
  query.set('form', answerOf(form.answers, 'formId'));
  return `${PATH}?${query}`;
}
