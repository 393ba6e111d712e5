import type { AccusedRole } from './subjects.ts';
import type { Matter, PetitionClass, ProblemCode } from './vocabulary.ts';

/**
 * Who a lead is destined for, by accused and matter. The first row that fits an accused counts; of
 * several accused the most severe destination wins. Exclusions come first and lift it upward.
 */
export type DestinationKind = 'superior' | 'discipline' | 'bureau' | 'township';

/** The most severe first. */
export const DESTINATIONS: readonly DestinationKind[] = [
  'superior',
  'discipline',
  'bureau',
  'township',
];

export type RoutingRow = {
  accused: readonly AccusedRole[] | 'any';
  matters: readonly Matter[] | 'any';
  classes?: readonly PetitionClass[] | undefined;
  /** Fits only where every problem type is among these. */
  problems?: readonly ProblemCode[] | undefined;
  /** Does not fit where the township decides on grants or has refused already. */
  unlessTownshipDecides?: true | undefined;
  to: DestinationKind;
  /** Who else checks, supervises or is told. */
  alongside?: string | undefined;
  basis: string;
};

export const ROUTING: readonly RoutingRow[] = [
  {
    accused: ['COUNTY_LEADER'],
    matters: 'any',
    to: 'superior',
    basis: '《纪检监察机关处理检举控告工作规则》第十五条',
  },
  { accused: ['CIVIL_STAFF'], matters: 'any', to: 'discipline', basis: '按干部管理权限查处' },
  { accused: ['TOWN_LEADER'], matters: 'any', to: 'discipline', basis: '按干部管理权限查处' },
  {
    accused: 'any',
    matters: ['phone'],
    to: 'bureau',
    alongside: '1个工作日内测试电话，测试后告知乡镇',
    basis: '投诉举报电话开而不通、开而不用',
  },
  {
    accused: 'any',
    matters: ['overpub'],
    to: 'bureau',
    alongside: '先撤下再评估；符合《个人信息保护法》第五十七条的报网信、公安',
    basis: '《个人信息保护法》第五十七条',
  },
  {
    accused: ['TOWN_HANDLER', 'VILLAGE_CADRE'],
    matters: ['discipline'],
    to: 'discipline',
    alongside: '县级民政部门同时核查救助部分',
    basis: '及时反映、移交，由当地纪检监察机关查处；《监察法》第十五条',
  },
  {
    accused: ['TOWN_HANDLER', 'VILLAGE_CADRE'],
    matters: 'any',
    classes: ['NOTICE_OBJ'],
    to: 'bureau',
    alongside: '由县级民政部门单独入户核查',
    basis: '《最低生活保障审核确认办法》第十九条、第二十条',
  },
  {
    accused: 'any',
    matters: 'any',
    classes: ['NOTICE_OBJ'],
    to: 'township',
    alongside: '乡镇重新调查或组织民主评议，县级民政部门入户核查',
    basis: '《最低生活保障审核确认办法》第十九条、第二十条',
  },
  {
    accused: ['TOWN_HANDLER'],
    matters: ['conduct'],
    to: 'bureau',
    basis: '《信访工作条例》第三十条（提级办理，不交同一乡镇）',
  },
  {
    accused: ['VILLAGE_CADRE'],
    matters: ['process'],
    to: 'township',
    alongside: '县级民政部门抽查',
    basis: '分级受理、查证',
  },
  {
    accused: ['FISCAL_STAFF'],
    matters: ['discipline'],
    to: 'bureau',
    alongside: '违纪部分告知其所在单位的纪检监察机关',
    basis: '财政供养人员享受低保的清理',
  },
  {
    accused: ['RECIPIENT'],
    matters: 'any',
    problems: ['CUOBAO', 'CHEAT', 'CHB'],
    to: 'township',
    alongside: '两人核查；涉嫌犯罪的移送公安',
    basis: '《社会救助法》第七十三条',
  },
  {
    accused: ['NOBODY', 'UNIT_ONLY'],
    matters: ['aid'],
    classes: ['APPEAL', 'HELP'],
    problems: ['LOUBAO', 'TUOBAO', 'STD'],
    unlessTownshipDecides: true,
    to: 'township',
    alongside: '告知行政复议、行政诉讼的权利',
    basis: '《信访工作条例》第三十一条、《社会救助法》第七十六条',
  },
  {
    accused: ['AGENCY_BANK'],
    matters: 'any',
    to: 'bureau',
    alongside: '会同财政部门',
    basis: '救助资金发放管理',
  },
  { accused: 'any', matters: 'any', to: 'bureau', basis: '县级民政部门社会救助科办理' },
];

/** Added where the lead is major, from the media or on a leader's instruction. */
export const MAJOR_ALONGSIDE = '建议由民政部门和纪检监察机关专案督办，写明报告日期';
