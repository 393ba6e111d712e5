import { LEAST } from './small-numbers.ts';

/** The open data on complaints: one line for each number, or for each that is too small to be told. */
export const STATISTICS_FILE = 'complaints';

export const STATISTICS_COLUMNS = [
  { key: 'period', heading: '期间', meaning: '年-月，或者年-Q季度，最近36个月' },
  { key: 'placeCode', heading: '乡镇代码', meaning: '12位区划代码；全县的为空' },
  { key: 'placeName', heading: '范围', meaning: '全县，或者乡镇（街道）的名称' },
  { key: 'measure', heading: '指标', meaning: '收到、办结、逾期未办结等，含义见统计数据页' },
  { key: 'item', heading: '分项', meaning: '问题、单位、评价的种类；没有分项的为空' },
  { key: 'count', heading: '件数', meaning: '件；不公布的为空' },
  {
    key: 'below',
    heading: '不足',
    meaning: `件数为空、小于这个数的，例如不足${LEAST}件；不单独公布的也为空`,
  },
] as const;

export type StatisticsRow = {
  period: string;
  placeCode: string;
  placeName: string;
  measure: string;
  item: string;
  count: number | null;
  below: number | null;
};
