/** What the overview was asked for; it stays in the address. */
export type BoardFilters = { town: string; batch: string; state: string; page: string };

export function readFilters(query: URLSearchParams): BoardFilters {
  const value = (name: string) => query.get(name) ?? '';
  return {
    town: value('town'),
    batch: value('batch'),
    state: value('state') === 'open' ? 'open' : '',
    page: /^[1-9]\d{0,2}$/.test(value('page')) ? value('page') : '',
  };
}

/** The filters as a query, empty ones left out. */
export function writeFilters(filters: Partial<BoardFilters>): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  return query.size > 0 ? `?${query}` : '';
}

/** A board as a tick box sends it: the batch and the village. */
export function writeBoard({ batch, placeCode }: { batch: { id: string }; placeCode: string }) {
  return `${batch.id} ${placeCode}`;
}

export function readBoard(text: string): { batchId: string; placeCode: string } {
  const [batchId = '', placeCode = ''] = text.split(' ');
  return { batchId, placeCode };
}
