/** A complaint of the demo county, as a citizen would file it. */
export const COMPLAINT = {
  class: 'REPORT',
  problemTypes: ['STALL'],
  placeCode: '990101100203',
  text: '我家申请低保三个月了，每次都说材料不全，又不说缺什么。',
  subjectRole: 'TOWN_HANDLER',
};
