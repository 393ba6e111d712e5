import { formatCount, formatDate } from '#site/lib/format.ts';

// Characters that turn the direction of text, join or hide it, or are not characters at all.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** Text of others as it is: what would turn or hide it is shown as its number instead of obeyed. */
export function showUnseen(text: string): string {
  return text.replaceAll(UNSEEN, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `〔U+${code}〕`;
  });
}

/** 16件, or 1,000件以上 where counting stopped. */
export function countWords(total: number, isMore: boolean): string {
  return isMore ? `${formatCount(total)}件以上` : `${formatCount(total)}件`;
}

/** 今天到期、还有3天、已逾期2天: never told by colour alone. */
export function dueWords(dueOn: string | null, today: string, status?: string): string {
  if (!dueOn) return status === 'ACCEPTED' ? '交办时定期限' : '无期限';
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000);
  if (days < 0) return `已逾期${-days}天`;
  return days === 0 ? '今天到期' : `还有${days}天`;
}

/** 专案督办，某某（某单位），2026年12月1日前报告 */
export function supervisionWords(each: {
  kindLabel: string;
  bodyName: string;
  personName: string | null;
  reportOn: string;
  reportedOn: string | null;
  consentedOn: string | null;
}): string {
  const who = each.personName ? `${each.personName}（${each.bodyName}）` : each.bodyName;
  const reported = each.reportedOn
    ? `${formatDate(each.reportedOn)}已报告`
    : `${formatDate(each.reportOn)}前报告`;
  const consent = each.consentedOn ? '，已同意销号' : '';
  return `${each.kindLabel}，${who}，${reported}${consent}`;
}
