import { textOf } from '#site/lib/api.ts';

/** What the form says of an imagined lead, as the API wants it. */
export function readImagined(form: FormData | null) {
  const text = (name: string) => (form ? textOf(form, name) : '');
  const all = (name: string) => (form?.getAll(name) ?? []).map(String);
  const subjects = ['1', '2'].flatMap((number) => {
    const role = text(`role${number}`);
    return role ? [{ role, bodyCode: text(`body${number}`) || null }] : [];
  });
  return {
    class: text('class'),
    problemTypes: all('problemTypes'),
    subjects,
    placeCode: text('placeCode'),
    major: all('more').includes('major'),
    townshipRefused: all('more').includes('refused'),
  };
}
