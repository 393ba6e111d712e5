import type { z } from 'zod';

/**
 * One message per field, keyed by its dotted name (`reporter.name`, `subjects.0.role`), the first where
 * several apply; the same words stand beside the field and in the summary.
 */
export function fieldMessages(error: z.ZodError): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String);
    const names =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...path, key].join('.'))
        : [path.join('.')];
    for (const name of names) messages[name] ??= issue.message;
  }
  return messages;
}
