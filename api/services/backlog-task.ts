import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { ErrorCode } from '#api/errors.ts';

/**
 * An intake of old cases that goes on by itself. It lives in the process alone: all or none is stored, so that
 * after a stop there is nothing to go on with and the file is sent again.
 */
export type BacklogTask = {
  total: number;
  /** Cases that are sealed and ready to be stored. */
  done: number;
  state: 'running' | 'taken' | 'failed';
  /** Why it failed, where a person can act on it. */
  error: ErrorCode | null;
};

type OwnedTask = BacklogTask & { personId: string };

/** By the token of the file and its reader: sending it twice is one intake. */
const tasksOf = new WeakMap<Context['db'], Map<string, OwnedTask>>();

/** Starts the intake, or answers the one of this file that runs already. */
export function startBacklogTask(
  { db }: Context,
  { personId }: Actor,
  { token, total }: { token: string; total: number },
  take: (step: () => void) => Promise<void>,
): { task: BacklogTask; ended: Promise<void> } {
  const tasks = tasksOf.get(db) ?? new Map<string, OwnedTask>();
  tasksOf.set(db, tasks);
  const running = tasks.get(token);
  if (running?.state === 'running') return { task: running, ended: new Promise(() => undefined) };
  const task: OwnedTask = { personId, total, done: 0, state: 'running', error: null };
  tasks.set(token, task);
  const ended = take(() => void (task.done += 1)).then(
    () => void (task.state = 'taken'),
    (error: unknown) => {
      task.state = 'failed';
      task.error = error instanceof CodedError ? error.code : null;
      throw error;
    },
  );
  // Whoever waits is told; when nobody does any more, the task says it.
  ended.catch(() => undefined);
  return { task, ended };
}

/** Throws `not-found` for a task that this person did not start, or that ended with the process. */
export function readBacklogTask({ db }: Context, { personId }: Actor, token: string): BacklogTask {
  const task = tasksOf.get(db)?.get(token);
  if (task?.personId !== personId) throw new CodedError('not-found');
  const { total, done, state, error } = task;
  return { total, done, state, error };
}
