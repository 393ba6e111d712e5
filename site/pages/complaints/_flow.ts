import { complaintOfForm } from '#rules/complaint-form.ts';
import type { Receipt } from '#rules/receipt-file.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { postForm, postJson, readRefusal, textOf, type Api, type Refusal } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';

/**
 * The way of a correction request through its pages: form, check, receipt. Each page posts to the same address;
 * between form and check page the answers travel in a hidden field that only the server opens.
 */
export type Answers = Record<string, unknown>;
export type Stage =
  | { show: 'form'; answers: Answers; errors: FieldError[]; status: number }
  | { show: 'check'; answers: Answers; errors: FieldError[]; status: number; draft: string }
  | { show: 'receipt'; receipt: Receipt; cookies: string[] };

/** Fields of the pages that are no part of the complaint. */
const PAGE_FIELDS = ['step', 'draft', 'altcha'];

/**
 * An empty form. Its query code is made now and stays through all pages, so that however often the form
 * is sent (a reload, the back button, a double click) it is one complaint.
 */
export function startForm(answers: Answers): Stage {
  const queryCode = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  return { show: 'form', answers: { ...answers, queryCode }, errors: [], status: 200 };
}

/** Takes what was posted one page on, or back with the reasons. */
export async function takeStep(api: Api, form: FormData, fixed: Answers = {}): Promise<Stage> {
  const draft = textOf(form, 'draft');
  const step = textOf(form, 'step');
  if (step === 'submit') return submit(api, draft, textOf(form, 'altcha'));
  if (step === 'edit') return edit(api, draft);
  const entries = [...form].filter(([name]) => !PAGE_FIELDS.includes(name));
  const texts = entries.flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return check(api, { ...complaintOfForm(texts), ...fixed });
}

async function check(api: Api, answers: Answers): Promise<Stage> {
  const answer = await postJson(api, '/api/complaints/drafts', answers);
  if (!answer.ok) return backToForm(answers, await readRefusal(answer, 'class', idOf));
  const { draft } = (await answer.json()) as { draft: string };
  return { show: 'check', answers, errors: [], status: 200, draft };
}

async function edit(api: Api, draft: string): Promise<Stage> {
  const opened = await postJson(api, '/api/complaints/drafts/open', { draft });
  if (!opened.ok) return startAgain(await readRefusal(opened, 'class', idOf));
  const { input } = (await opened.json()) as { input: Answers };
  return { show: 'form', answers: input, errors: [], status: 200 };
}

async function submit(api: Api, draft: string, altcha: string): Promise<Stage> {
  const fields = { draft, ...(altcha && { altcha }) };
  const answer = await postForm(api, '/api/complaints', fields);
  if (answer.ok) {
    const receipt = (await answer.json()) as Receipt;
    return { show: 'receipt', receipt, cookies: answer.headers.getSetCookie() };
  }
  const refusal = await readRefusal(answer, 'submit', idOf);
  const opened = await postJson(api, '/api/complaints/drafts/open', { draft });
  if (!opened.ok) return startAgain(refusal);
  const { input } = (await opened.json()) as { input: Answers };
  if (refusal.code === 'invalid-input') return backToForm(input, refusal);
  const { errors, status } = refusal;
  return { show: 'check', answers: input, errors, status, draft };
}

function backToForm(answers: Answers, { errors, status }: Refusal): Stage {
  return { show: 'form', answers, errors, status };
}

function startAgain(refusal: Refusal): Stage {
  const errors = refusal.errors.map(({ message }) => ({ field: 'class', message }));
  return { ...startForm({}), errors, status: refusal.status } as Stage;
}

/** `problemTypes.0` stands at its question; what has no field of its own at the first one. */
function idOf(field: string): string {
  if (['', 'queryCode', 'altcha', 'noticeId'].includes(field)) return 'class';
  return field.startsWith('problemTypes') ? 'problemTypes' : field;
}

/** One answer as text; `reporter.name` looks inside. */
export function answerOf(answers: Answers, name: string): string {
  const [outer = name, inner] = name.split('.', 2);
  const value = answers[outer];
  const found = inner ? (value as Answers | undefined)?.[inner] : value;
  return typeof found === 'string' ? found : '';
}

export function listOf(answers: Answers, name: string): string[] {
  const value = answers[name];
  return Array.isArray(value) ? value.map(String) : [];
}
