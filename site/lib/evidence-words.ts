/** What a file tells of itself, said to the citizen before it is sent; empty where it tells nothing. */
export function tellFound(found: {
  position: string | null;
  takenAt: string | null;
  device: string | null;
}): string {
  const parts = [
    found.position && `拍摄地点（${found.position}）`,
    found.takenAt && `拍摄时间（${found.takenAt.replace(/^(\d{4}):(\d\d):(\d\d)/, '$1-$2-$3')}）`,
    found.device && `设备型号（${found.device}）`,
  ].filter(Boolean);
  if (parts.length === 0) return '';
  return `这个文件带有${parts.join('、')}。办理单位能看到原件。不想让人知道的，去掉它，换成截图再上传。`;
}
