/** One problem with one field; the same words stand in the summary and beside the field. */
export type FieldError = { field: string; message: string };

export type Option = { value: string; label: string; hint?: string | undefined };

/** The message for a field, or undefined. */
export function errorOf(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

/** Ids for `aria-describedby`: the hint and the error of a field, where they exist. */
export function listDescriptions(
  name: string,
  hint: string | undefined,
  error: string | undefined,
): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Id of one option: the first carries the field's own name, so that an error link lands on it. */
export function optionId(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
