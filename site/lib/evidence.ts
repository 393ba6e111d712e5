import type { UploadBody, UploadForm } from '#routes/uploads.ts';
import { postJson, type Api } from '#site/lib/api.ts';
import { tellFound } from '#site/lib/evidence-words.ts';
import type { FieldError } from '#site/lib/fields.ts';

export { tellFound };

/** A posted form whose files have been taken: their ids stand in it as `evidence`, and what was refused and why. */
export type PostedForm = { form: FormData; errors: FieldError[] };

/**
 * Reads the form of a page that asks for files. The request is passed on as it arrives, so that nothing of a
 * file is gathered here; a form without files is read as usual.
 */
export async function readFormWithFiles(api: Api, request: Request): Promise<PostedForm> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { form: await request.formData(), errors: [] };
  }
  const answer = await api('/api/uploads/form', {
    method: 'POST',
    headers: { 'content-type': type },
    body: request.body,
    duplex: 'half',
  } as RequestInit);
  const form = new FormData();
  if (!answer.ok) {
    const { error } = (await answer.json()) as { error: { message: string } };
    return { form, errors: [{ field: 'evidence', message: error.message }] };
  }
  const { fields, uploaded, refused } = (await answer.json()) as UploadForm;
  const dropped = fields.find(([name]) => name === 'drop')?.[1];
  for (const [name, value] of fields) {
    if (name === 'ticket' || name === 'drop' || (name === 'evidence' && value === dropped))
      continue;
    form.append(name, value);
  }
  if (dropped) {
    await postJson(api, '/api/uploads/removal', { uploadId: dropped });
    form.set('go', 'evidence');
  }
  for (const { uploadId } of uploaded) form.append('evidence', uploadId);
  const errors = refused.map(({ name, message }) => ({
    field: 'evidence',
    message: `${name}：${message}`,
  }));
  return { form, errors };
}

/** What the question shows: the files that wait, and what pays for more. */
export async function openEvidenceQuestion(
  api: Api,
  uploadIds: readonly string[],
): Promise<{ uploads: UploadBody[]; ticket: string }> {
  const details = await postJson(api, '/api/uploads/details', { uploadIds });
  const { uploads } = details.ok
    ? ((await details.json()) as { uploads: UploadBody[] })
    : { uploads: [] };
  const made = await postJson(api, '/api/uploads/tickets', {});
  const { ticket } = (await made.json()) as { ticket: string };
  return { uploads, ticket };
}
