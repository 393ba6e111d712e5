import type { Context } from '#api/context.ts';
import { listJobRuns } from '#db/queries/job-runs.ts';
import { readLastReminders } from '#db/queries/reminders.ts';
import { countWaiting } from '#db/queries/site-health.ts';
import { publishingPaths } from '#publishing/paths.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { missingYears } from '#rules/calendar.ts';
import { addDays, civilDateOf, daysBetween, startOfDay } from '#rules/civil-date.ts';
import { dutyOf } from '#rules/publishing-duty.ts';
import { isLate, TIMED_JOBS } from '#rules/timed-jobs.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { loadCalendars } from './calendars.ts';
import { readLatestPublication } from './publication-view.ts';
import { readPortalMarker } from './setup.ts';

/**
 * How publishing fares: of each township what its public page says, with the days a list is late; what waits for a
 * second look; the last run of each timed job; the last publication.
 */
export async function readSiteHealth({ db, config, now }: Pick<Context, 'db' | 'config' | 'now'>) {
  const instant = now();
  const today = civilDateOf(instant);
  const read = createPublicReader(publishingPaths(config.dataDir).public);
  const calendars = await loadCalendars(db);
  const health = await read('health');
  const names = new Map((await read('places'))?.places.map((place) => [place.code, place.name]));
  // Of the day of the set-up only the date is known.
  const createdOn = readPortalMarker(config.dataDir)?.createdOn ?? today;
  const setUpAt = startOfDay(addDays(createdOn, 1));
  const runs = new Map((await listJobRuns(db)).map((run) => [run.name, run]));
  return {
    asOf: health?.onDate ?? null,
    towns: (health?.towns ?? []).map(({ overdue, ...town }) => ({
      ...town,
      name: names.get(town.code) ?? town.code,
      overdue: overdue.map((duty) => ({
        ...duty,
        days: daysBetween(duty.dueOn, today),
        provisional: dutyOf(duty.period, calendars).provisional,
      })),
    })),
    waiting: await countWaiting(db),
    missingCalendars: missingYears(today, calendars),
    reminders: config.mail ? { last: await readLastReminders(db) } : null,
    jobs: codesOf(TIMED_JOBS).map((name) => {
      const run = runs.get(name);
      return {
        name,
        label: TIMED_JOBS[name].label,
        startedAt: run?.startedAt ?? null,
        finishedAt: run?.finishedAt ?? null,
        outcome: run?.outcome ?? null,
        isLate: isLate(name, { startedAt: run?.startedAt ?? null, setUpAt }, instant),
      };
    }),
    publication: summarise(await readLatestPublication({ db })),
  };
}

function summarise(publication: Awaited<ReturnType<typeof readLatestPublication>>) {
  if (!publication) return null;
  const { status, startedAt, finishedAt, pagesChanged, steps, findings } = publication;
  return {
    status,
    startedAt,
    finishedAt,
    pagesChanged,
    steps: steps.map(({ label, ms }) => ({ label, ms })),
    findings: findings.map((finding) => finding.words),
  };
}
