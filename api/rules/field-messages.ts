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
    for (const name of names) messages[name] ??= sentenceOf(issue);
  }
  return messages;
}

/** A rule without words of its own speaks English; nobody who fills in a form is to read that. */
function sentenceOf({ code, message }: z.core.$ZodIssue): string {
  if (/\p{Script=Han}/u.test(message)) return message;
  return code === 'too_big' ? '写得太长或者太多，缩短后再提交' : '填写有误，核对后再提交';
}
