import type { AstroGlobal } from 'astro';
import { onlyFields, postJson, readRefusal, textOf } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';
import { readBoard } from './_filters.ts';

/** What came back from the form of the overview: where to go, or what is wrong with what was typed. */
export type Posted =
  | { to: string }
  | { status: number; errors: FieldError[]; ticked: string[]; postedOn: string };

/** Prints or confirms the boards that were ticked, or all of the page where that was asked for. */
export async function handlePost(
  { locals, request }: Pick<AstroGlobal, 'locals' | 'request'>,
  back: string,
): Promise<Posted> {
  const form = await request.formData();
  const postedOn = textOf(form, 'postedOn');
  const all = form.has('all') ? form.getAll('shown') : form.getAll('boards');
  const ticked = all.filter((value) => typeof value === 'string');
  const boards = ticked.map(readBoard);
  if (form.get('action') === 'print') {
    const batches = new Set(boards.map((board) => board.batchId));
    const [batch] = batches;
    const message =
      boards.length === 0
        ? '勾选要打印的村（社区）。'
        : batches.size > 1
          ? '一次只能打印同一份名单，先按名单筛选再勾选。'
          : '一次最多打印50个村（社区）。';
    if (batch && batches.size === 1 && boards.length <= 50) {
      const query = new URLSearchParams(boards.map(({ placeCode }) => ['place', placeCode]));
      return { to: `/staff/boards/${batch}/print/?${query}` };
    }
    return { status: 422, errors: [{ field: 'boards', message }], ticked, postedOn };
  }
  const answer = await postJson(locals.api, '/api/staff/boards/postings', { postedOn, boards });
  if (answer.ok) return { to: `${back}${back.includes('?') ? '&' : '?'}done=${boards.length}` };
  const { errors } = await readRefusal(answer, 'boards', onlyFields('postedOn', 'boards'));
  return { status: answer.status, errors, ticked, postedOn };
}
