import { hasCapability } from './roles.ts';
import type { Capability, RoleCode } from './roles.ts';
import type { BodyKind } from './vocabulary.ts';

/** What is decided for the whole county: of a role that has it, only a post at the bureau does it. */
const COUNTY_MATTERS = ['directory.edit', 'county.manage'] as const satisfies readonly Capability[];
export type CountyMatter = (typeof COUNTY_MATTERS)[number];

/** Whether a post with this role at a body of this kind may do it somewhere. */
export function mayAt(role: RoleCode, kind: BodyKind, capability: Capability): boolean {
  const isCountyMatter = COUNTY_MATTERS.some((each) => each === capability);
  return hasCapability([role], capability) && (kind === 'bureau' || !isCountyMatter);
}
