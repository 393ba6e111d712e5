/**
 * What this tab keeps of a complaint while it is written: the sealed answers so far, and what is typed on the
 * page that is open. It goes with the tab. Storage may be refused; then nothing is kept.
 */
const DRAFT = 'complaint-draft';
const LEFT = 'complaint-left';

export type Kept = {
  form: string;
  step: string;
  draft: string;
  fields: [name: string, value: string][];
};

export function keepDraft(kept: Kept): void {
  attempt(() => sessionStorage.setItem(DRAFT, JSON.stringify(kept)));
}

export function readDraft(): Kept | null {
  return attempt(() => JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null') as Kept | null);
}

export function forgetDraft(): void {
  attempt(() => sessionStorage.removeItem(DRAFT));
}

export function markLeft(): void {
  attempt(() => sessionStorage.setItem(LEFT, '1'));
}

export function hasLeft(): boolean {
  return attempt(() => sessionStorage.getItem(LEFT)) === '1';
}

export function unmarkLeft(): void {
  attempt(() => sessionStorage.removeItem(LEFT));
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
