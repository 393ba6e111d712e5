import { formatDate } from './civil-date.ts';
import { deadlineRow } from './deadlines.ts';

/** What a 移交函 is written from. */
export type LetterFacts = {
  number: string;
  reference: string;
  from: string;
  to: string;
  /** Only a discipline organ is told who complained, or reads what they wrote. */
  toDiscipline: boolean;
  sentOn: string;
  remindOn: string;
  /** As written for the receiver. */
  summary: string;
  /** One material a line. */
  materials: string;
  cadres: number;
  anonymous: boolean;
  contactName: string;
  contactPhone: string;
  /** The complaint itself; left out for all but a discipline organ. */
  text: string | null;
  /** Opened for this copy, with a reason. */
  reporter: { name: string | null; contact: string | null } | null;
};

/** A letter as page and file show it: headings are numbered, lines are paragraphs. */
export type Letter = {
  from: string;
  to: string;
  number: string;
  date: string;
  opening: string;
  sections: { heading: string; lines: string[]; list?: true }[];
  contact: string[];
  slip: string;
  attachment: { heading: string; lines: string[] } | null;
};

export function writeLetter(facts: LetterFacts): Letter {
  const { number, reference, from, to } = facts;
  const materials = linesOf(facts.materials);
  const count = materials.length;
  return {
    from,
    to,
    number,
    date: formatDate(facts.sentOn),
    opening: `现将我单位收到的线索（编号${reference}）及有关材料移交你单位，请依规依纪依法办理。`,
    sections: [
      {
        heading: '移交内容',
        lines: [...linesOf(facts.summary), `涉及干部人数：${facts.cadres}人。`],
      },
      { heading: '材料清单', lines: materials, list: true },
      { heading: '反映人身份', lines: [aboutReporter(facts)] },
      { heading: '请你单位办理的事项', lines: requestsOf(facts), list: true },
    ],
    contact: [
      `联系人：${facts.contactName}`,
      ...(facts.contactPhone ? [`电话：${facts.contactPhone}`] : []),
    ],
    slip: `${from}：你单位移交函（${number}，线索编号${reference}）和材料清单所列材料共${count}项已收到。`,
    attachment: attachmentOf(facts),
  };
}

function requestsOf({ remindOn }: LetterFacts): string[] {
  const objection = deadlineRow('OBJECT_TR');
  const feedback = deadlineRow('FOLLOW30');
  return [
    '收到后填写下面的回执，寄回或者交回我单位。',
    `不属于你单位职责的，自收到之日起${objection.limit}个工作日内说明理由，连同材料退回（${objection.source}）。`,
    `${formatDate(remindOn)}前把办理情况书面告知我单位，写明核查结论、处置、立案件数和问责人数。期限是移交之日起${feedback.limit}日，是我单位催问移交结果的工作期限；到期没有办结的，告知进展。`,
    '控制知悉范围，不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条）。',
  ];
}

function aboutReporter({ toDiscipline, anonymous, reporter }: LetterFacts): string {
  if (!toDiscipline) return '按照规定，本函和所附材料不含反映人身份。';
  if (anonymous) return '匿名反映。';
  if (!reporter) return '反映人留有身份，不写在本函上，由我单位专人另行密送。';
  return `姓名：${reporter.name ?? '没有留下'}；联系方式：${reporter.contact ?? '没有留下'}。本页限办理人员知悉。`;
}

function attachmentOf({ toDiscipline, text, reference }: LetterFacts): Letter['attachment'] {
  if (!toDiscipline || !text) return null;
  return { heading: `附件：反映的内容（线索编号${reference}）`, lines: linesOf(text) };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The number of a section: 一、 */
export function sectionNumber(index: number): string {
  return `${NUMERALS[index] ?? index + 1}、`;
}

/** The letter as plain text, line by line: what an authority outside reads in any editor. */
export function letterLines(letter: Letter): string[] {
  return [
    letter.from,
    '移交函',
    letter.number,
    '',
    `${letter.to}：`,
    letter.opening,
    ...letter.sections.flatMap(({ heading, lines, list }, index) => [
      '',
      `${sectionNumber(index)}${heading}`,
      ...lines.map((line, at) => (list ? `${at + 1}. ${line}` : line)),
    ]),
    '',
    letter.contact.join('　'),
    letter.from,
    letter.date,
    '',
    '--------------------',
    '回执',
    letter.slip,
    '签收人：　　　　　　签收日期：　　　　年　　月　　日',
    ...(letter.attachment
      ? ['', '--------------------', letter.attachment.heading, ...letter.attachment.lines]
      : []),
  ];
}
