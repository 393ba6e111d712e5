/**
 * Limits that are not counted in days from an event: fixed days of a month, hours, seconds and shares. Those that
 * are, with what is computed from them, stand in ./deadlines.
 */

type OtherLimit = {
  label: string;
  limit: number;
  /** `day-of-month`: of the month after the one reported on; no day off moves it. */
  unit: 'day-of-month' | 'hours' | 'seconds' | 'percent' | 'working-days';
  trigger: string;
  source: string;
};

const CALLS = 'GB/T 33358-2016（推荐性标准）';

export const OTHER_LIMITS = {
  REP15: {
    label: '月度工作情况报告',
    limit: 15,
    unit: 'day-of-month',
    trigger: '每月终了',
    source: '专项治理方案（每月15日前报告）',
  },
  REP25: {
    label: '典型问题办理台账',
    limit: 25,
    unit: 'day-of-month',
    trigger: '每月终了',
    source: '专项治理方案（每月25日前报送）',
  },
  ZERO25: {
    label: '死亡人员月“零报告”和增减名单',
    limit: 25,
    unit: 'day-of-month',
    trigger: '每月终了',
    source: '专项治理方案（每月25日前报送）',
  },
  QTR: {
    label: '工作台账按季度更新',
    limit: 15,
    unit: 'day-of-month',
    trigger: '每季度终了',
    source: '专项治理方案（日期由本县规定）',
  },
  HOT_RING: {
    label: '监督电话接听',
    limit: 15,
    unit: 'seconds',
    trigger: '响铃',
    source: CALLS,
  },
  HOT_ANSWERED: {
    label: '监督电话接通率',
    limit: 95,
    unit: 'percent',
    trigger: '24小时内的来电',
    source: CALLS,
  },
  HOT_MAIL: {
    label: '语音信箱和邮箱回应',
    limit: 24,
    unit: 'hours',
    trigger: '留言',
    source: CALLS,
  },
  ESC24: {
    label: '报能作决定的负责人',
    limit: 24,
    unit: 'hours',
    trigger: '媒体曝光、领导批示、过度公开或打击报复',
    source: '本系统默认',
  },
  ALL45: {
    label: '情况复杂的，办结全部审核确认',
    limit: 45,
    unit: 'working-days',
    trigger: '受理',
    source: '《最低生活保障审核确认办法》第二十一条',
  },
} as const satisfies Record<string, OtherLimit>;
