/** What stands with every list of a village, on its page and on the sheet for its board. */
export const MASKED_NOTE =
  '公布名单是为了接受监督，姓名中的部分字用“*”代替是为了保护个人信息，所以名单上可能有几个相同的姓名。';
export const LIST_NOTE =
  '依法需要保密的家庭不列入名单，户数和人数计入乡镇（街道）合计。住址、身份证号、银行账号、困难原因一律不公布。';
