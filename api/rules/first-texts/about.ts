import type { FirstText, TextNames } from './first-text.ts';

export function aboutText({ countyName, bureauName }: TextNames): FirstText {
  return {
    slug: 'about',
    section: 'site',
    title: '关于本站',
    legalBasis: [
      '《中华人民共和国社会救助法》第四十五条、第六十条、第六十三条、第六十七条',
      '《中华人民共和国政府信息公开条例》',
    ],
    markdown: `本站由${bureauName}主办，公开${countyName}的社会救助信息，受理对社会救助工作的举报投诉。

## 在这里可以做什么

- 按乡镇（街道）、村（社区）查看低保、特困供养、临时救助[公示名单](/#places)；
- 查看[救助标准](/standards/)和[办事指南](/procedures/)；
- 查找县（区）、乡镇（街道）两级[监督电话](/hotlines/)；
- [举报投诉](/complaints/new)，凭查询码[查询办理进度](/complaints/follow-up)。

## 名单上有什么，没有什么

名单公布部分隐去的姓名、保障人数、月保障金额和享受起始月。身份证号、住址、电话、银行账号、困难原因一律不公布。未成年人等依法需要保密的家庭不列入名单。

名单每月更新。不再享受救助的家庭，从下一次更新起不再显示。本站不提供按姓名查找。

## 信息有误怎么办

每个页面下方都有“信息有误或不应公开”。提交后由工作人员核对，应当撤下的先撤下、再核查。

## 字太小看不清

点页面上方的“长辈版”，文字和按钮会变大；“高对比”让颜色更分明。选择会保存在这台设备的浏览器里。

## 打印

每个页面都可以用浏览器的打印功能打印，或者另存为 PDF。
`,
  };
}
