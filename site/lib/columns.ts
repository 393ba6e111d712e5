import { isNotice } from '#rules/list-kinds.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import type { AidType } from '#rules/vocabulary.ts';

/**
 * What the columns of a list are called: what a notice names is only proposed (拟), and temporary aid is
 * not paid by the month. The starts are where a narrow heading may break.
 */
export function columnsOf({ aidType, kind }: { aidType: AidType; kind: ListKind }) {
  const proposed = isNotice(kind) ? '拟' : '';
  const [membersStart, moneyStart] =
    aidType === 'TEMP'
      ? [`${proposed}救助`, `${proposed}救助`]
      : [`${proposed}保障`, `${proposed}月保障`];
  return {
    membersStart,
    moneyStart,
    members: `${membersStart}人数`,
    money: `${moneyStart}金额（元）`,
    /** Before the sum of the money of a list: 每月3,250.50元. */
    sum: `${proposed}${aidType === 'TEMP' ? '救助' : proposed ? '每月保障' : '每月'}`,
  };
}
