import type { Field } from './transition-fields.ts';
import { RECEIVER_KINDS } from './vocabulary-handling.ts';

/** What goes with a lead to another authority; the letter (移交函) is made of it. */
export const TRANSFER: readonly Field[] = [
  {
    name: 'destination',
    label: '移交到',
    hint: '接收机关不在本系统的，这一项不选，在下面写全称。',
    kind: 'body',
    required: false,
    bodyKinds: ['discipline'],
  },
  { name: 'outside', label: '系统外的接收机关', kind: 'text', required: false, maxLength: 60 },
  {
    name: 'outsideKind',
    label: '系统外的接收机关是',
    hint: '不是纪检监察机关的，移交函和材料不附反映人身份。',
    kind: 'choice',
    required: false,
    options: RECEIVER_KINDS,
  },
  {
    name: 'summary',
    label: '移交内容摘要',
    hint: '印在移交函上，写给接收机关看，不写反映人的姓名、住址和联系方式。',
    kind: 'longtext',
    required: true,
    maxLength: 3000,
    noNumbers: true,
  },
  {
    name: 'materials',
    label: '材料清单',
    hint: '一行写一项，注明份数。',
    kind: 'longtext',
    required: true,
    maxLength: 3000,
    noNumbers: true,
  },
  {
    name: 'cadres',
    label: '涉及干部人数',
    kind: 'number',
    required: true,
    min: 0,
    max: 1000,
  },
];

/** The slip of a letter (回执): when it was taken in, and by whom. */
export const RECEIPT_SLIP: readonly Field[] = [
  { name: 'acceptedOn', label: '签收日期', kind: 'date', required: true },
  { name: 'receivedBy', label: '签收人', kind: 'text', required: true, maxLength: 40 },
];
