import { listBodies } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import type { Reader } from '#db/store.ts';
import { mayHoldAt } from '#rules/roles.ts';

/** Who may review what a body publishes: itself (another person), or a body above it that has reviewers. */
export async function listReviewBodies(db: Reader, bodyCode: string): Promise<Body[]> {
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  const found: Body[] = [];
  for (
    let body = bodies.get(bodyCode);
    body && !found.includes(body);
    body = bodies.get(body.superiorCode ?? '')
  ) {
    if (body.validTo === null && mayHoldAt('reviewer', body.kind)) found.push(body);
  }
  return found;
}
