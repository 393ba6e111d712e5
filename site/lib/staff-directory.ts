import type { Directory } from '#site/pages/complaints/_choices.ts';
import type { Api } from './api.ts';

/** Places and bodies as they are now, published or not; empty for who handles no leads. */
export async function readDirectory(api: Api): Promise<Directory> {
  const answer = await api('/api/staff/directory-choices');
  return answer.ok ? ((await answer.json()) as Directory) : { places: [], bodies: [] };
}
