import type { SpreadsheetErrorCode } from './errors.ts';
import { type Header, findHeader } from './find-header.ts';
import type { Sheet } from './sheet.ts';

export type FoundList = { sheet: Sheet; header: Header };

/** Tells lists of households from sheets of persons and from sheets that hold neither. */
export function sortSheets(sheets: Sheet[]) {
  const lists: FoundList[] = [];
  const personSheets: Sheet[] = [];
  const others: Sheet[] = [];
  for (const sheet of sheets) {
    const header = sheet.hidden ? null : findHeader(sheet);
    const columns = header?.columns;
    const named = columns?.has('headName') || columns?.has('name');
    const numbered = columns?.has('headId') || columns?.has('idNumber');
    const ofPersons = columns?.has('headId') && columns.has('relation') && !columns.has('amount');
    if (header && ofPersons) personSheets.push(sheet);
    else if (header && named && numbered) lists.push({ sheet, header });
    else if (sheet.hidden || sheet.rows.length > 0) others.push(sheet);
  }
  return { lists, personSheets, others };
}

/** Which column stands in the way, where a sheet has a header but not what a list needs. */
export function findMissingColumn(sheets: Sheet[]): SpreadsheetErrorCode {
  for (const sheet of sheets) {
    const columns = sheet.hidden ? undefined : findHeader(sheet)?.columns;
    const named = columns?.has('headName') || columns?.has('name');
    const numbered = columns?.has('headId') || columns?.has('idNumber');
    if (numbered && !named) return 'name-column-missing';
    if (named && !numbered) return 'id-column-missing';
  }
  return 'header-missing';
}
