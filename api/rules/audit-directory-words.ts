/** Words of the audit log for what the county says of itself, and for its settings. */
export const DIRECTORY_ACTION_LABELS = {
  'text.add': '增加网站内容',
  'text.add-shipped': '放入随软件带来的网站内容',
  'text.edit': '修改网站内容',
  'text.hide': '停用网站内容',
  'text.show': '把网站内容放到网站上',
  'standard.add': '增加救助标准',
  'standard.correct': '更正救助标准',
  'standard.remove': '删除救助标准',
  'setting.board-names-masked': '公示栏改为脱敏姓名',
  'setting.board-names-full': '公示栏改为全名',
  'setting.letter-word': '更改移交函发文字号',
  'setting.site': '更改网站名称和页脚',
  'setting.terms': '更改公示和办理设置',
  'setting.small-villages': '更改小村公示方式',
} as const;
