import type { Actor } from '#api/context.ts';
import { listLeadDesks } from '#db/queries/audit-view.ts';
import type { Body } from '#rules/subjects.ts';
import { isDiscipline } from '#rules/subjects.ts';
import { postsWith } from './list-access.ts';
import { withoutExcluded } from './without-excluded.ts';
import type { Seeing } from './without-excluded.ts';

/**
 * `visibleTo`, for who audits: of these leads those whose entries the person may see, with their references.
 * No content goes with it. As for every reader exclusions come first; a lead is within reach where it is or was
 * on a desk of the auditor's scope, a sealed one of a discipline body's auditor alone.
 */
export async function listAuditableLeads(
  context: Seeing,
  actor: Actor,
  bodies: readonly Body[],
  ids: string[],
): Promise<Map<string, string>> {
  const posts = postsWith(actor, ['audit.read']);
  const ordinary = new Set(posts.flatMap((post) => post.scope));
  const sealed = new Set(
    posts.filter((post) => isDiscipline(post.bodyCode, bodies)).flatMap((post) => post.scope),
  );
  const within = (await listLeadDesks(context.db, ids)).filter(({ secrecy, bodyCodes }) => {
    const scope = secrecy === 'sealed' ? sealed : ordinary;
    return bodyCodes.some((code) => scope.has(code));
  });
  const visible = await withoutExcluded(context, actor, within);
  return new Map(visible.map(({ id, reference }) => [id, reference]));
}
