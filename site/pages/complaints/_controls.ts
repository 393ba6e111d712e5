import type { HTMLAttributes } from 'astro/types';
import { answerOf, listAccused, type Answers } from '#rules/complaint-answers.ts';
import {
  BEHALF_CHOICES,
  CLASS_CHOICES,
  MODE_CHOICES,
  PROBLEM_GROUPS,
  SUBJECT_CHOICES,
} from '#rules/complaint-choices.ts';
import type { PublicReader } from '#rules/publication.ts';
import { cleanLine } from '#rules/text.ts';
import type { Option } from '#site/lib/fields.ts';
import { listBodyChoices, nameOfPlace as nameOfChoice } from './_choices.ts';

/** How each question of the complaint form is asked; a line of text where nothing is said. */
export type Control =
  | { kind: 'radios'; options: Option[]; columns?: boolean }
  | { kind: 'problems' }
  | { kind: 'text'; rows: number }
  | {
      kind: 'line';
      width?: 4 | 16 | 24;
      inputmode?: 'numeric';
      autocomplete?: HTMLAttributes<'input'>['autocomplete'];
    };

export async function controlOf(
  read: PublicReader,
  name: string,
  answers: Answers,
): Promise<Control> {
  const { NOTICE_OBJ: _objection, ...classes } = CLASS_CHOICES;
  switch (name) {
    case 'class':
      return { kind: 'radios', options: optionsOf(classes) };
    case 'mode':
      return { kind: 'radios', options: optionsOf(MODE_CHOICES) };
    case 'behalf':
      return { kind: 'radios', options: optionsOf(BEHALF_CHOICES) };
    case 'placeHere':
    case 'town':
    case 'village':
      return { kind: 'radios', ...(await listPlaces(read, name, answers)) };
    case 'problemTypes':
      return { kind: 'problems' };
    case 'text':
      return { kind: 'text', rows: 10 };
    case 'noticeRow':
      return { kind: 'line', width: 4, inputmode: 'numeric', autocomplete: 'off' };
    case 'reporter.name':
      return { kind: 'line', width: 16, autocomplete: 'name' };
    case 'reporter.contact':
      return { kind: 'line', width: 24, autocomplete: 'tel' };
    default:
      return { kind: 'line', autocomplete: 'off' };
  }
}

async function listPlaces(read: PublicReader, name: string, answers: Answers) {
  const places = (await read('places'))?.places ?? [];
  const nameOf = (code: string) => places.find((place) => place.code === code)?.name ?? code;
  const toOption = (place: { code: string; name: string }) => {
    return { value: place.code, label: place.name };
  };
  if (name === 'placeHere') {
    const here = await nameOfPlace(read, answerOf(answers, 'fromPlace'));
    return {
      options: [
        { value: 'yes', label: `是，在${here}` },
        { value: 'no', label: '不是，在别的地方' },
      ],
    };
  }
  if (name === 'town') {
    const county = answerOf(answers, 'county');
    const towns = places.filter((place) => place.level === 'town').map(toOption);
    const all = { value: county, label: `不限于一个乡镇（街道），或者不清楚` };
    return { options: [...towns, all], columns: towns.length > 8 };
  }
  const town = answerOf(answers, 'town');
  const villages = places.filter((place) => place.parentCode === town).map(toOption);
  const unknown = { value: town, label: `不清楚是${nameOf(town)}的哪个村（社区）` };
  return { options: [...villages, unknown], columns: villages.length > 8 };
}

/** With its township: villages of two townships may share a name. */
export async function nameOfPlace(read: PublicReader, code: string): Promise<string> {
  const places = (await read('places'))?.places ?? [];
  const place = places.find((each) => each.code === code);
  const above = places.find((each) => each.code === place?.parentCode);
  return place?.level === 'village' ? `${above?.name ?? ''}${place.name}` : (place?.name ?? '');
}

/** The answer in words, as the check page shows it. */
export function wordsOf(name: string, answers: Answers, control: Control): string | string[] {
  const value = answerOf(answers, name);
  if (control.kind === 'radios') {
    return control.options.find((option) => option.value === value)?.label ?? '';
  }
  if (control.kind !== 'problems') return value.trim();
  const chosen = answers[name] ?? [];
  const problems = PROBLEM_GROUPS.flatMap((group) => group.problems);
  return problems.filter(({ code }) => chosen.includes(code)).map(({ label }) => label);
}

export function optionsOf(choices: Record<string, string | { label: string; hint: string }>) {
  return Object.entries(choices).map(([value, choice]): Option => {
    if (typeof choice === 'string') return { value, label: choice };
    return { value, label: choice.label, hint: choice.hint || undefined };
  });
}

/** Each accused in a line: role, body (with its township: villages of two may share a name), name. */
export async function describeAccused(read: PublicReader, answers: Answers): Promise<string[]> {
  const bodies = await listBodyChoices(read);
  const roles: Readonly<Record<string, string>> = SUBJECT_CHOICES;
  return listAccused(answers).map(({ role, bodyCode, name }) => {
    const body = bodyCode && nameOfChoice(bodies, bodyCode);
    return [roles[role] ?? '', body, cleanLine(name)].filter(Boolean).join('，');
  });
}
