/** How far somebody has come with an account of their own. */
export const ACCOUNT_STATES = {
  none: '没有账号，待邀请',
  invited: '已邀请',
  active: '在用',
  disabled: '已停用',
} as const;

/** How a post stands on the day asked about. */
export const POST_STANDINGS = { coming: '未到任', held: '在任', ended: '已结束' } as const;
