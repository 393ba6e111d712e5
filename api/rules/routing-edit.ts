import type { RoutingRow } from './routing-table.ts';

/** One change of a routing table; rows are counted from 0. */
export type RoutingEdit =
  | { kind: 'up' | 'down' | 'delete'; at: number }
  | { kind: 'set'; at: number; row: RoutingRow }
  | { kind: 'insert'; at: number; row: RoutingRow };

/** The table after a change; one that does not fit leaves it as it was. */
export function editRouting(rows: readonly RoutingRow[], edit: RoutingEdit): RoutingRow[] {
  const next = [...rows];
  const { at } = edit;
  const row = next[at];
  if (edit.kind === 'insert') {
    next.splice(Math.max(0, Math.min(at, next.length)), 0, edit.row);
    return next;
  }
  if (!row) return next;
  if (edit.kind === 'set') next[at] = edit.row;
  if (edit.kind === 'delete') next.splice(at, 1);
  const other = edit.kind === 'up' ? at - 1 : edit.kind === 'down' ? at + 1 : at;
  const neighbour = next[other];
  if (other !== at && neighbour) {
    next[other] = row;
    next[at] = neighbour;
  }
  return next;
}
