/** What files a complaint may carry. The type is told by the content (rules/evidence-type), never by the name. */
export const EVIDENCE_TYPES = {
  JPEG: { label: 'JPEG图片', kind: 'image', mime: 'image/jpeg', ending: 'jpg' },
  PNG: { label: 'PNG图片', kind: 'image', mime: 'image/png', ending: 'png' },
  WEBP: { label: 'WebP图片', kind: 'image', mime: 'image/webp', ending: 'webp' },
  HEIC: { label: 'HEIC图片', kind: 'file', mime: 'image/heic', ending: 'heic' },
  PDF: { label: 'PDF文件', kind: 'pdf', mime: 'application/pdf', ending: 'pdf' },
  MP3: { label: 'MP3录音', kind: 'audio', mime: 'audio/mpeg', ending: 'mp3' },
  M4A: { label: 'M4A录音', kind: 'audio', mime: 'audio/mp4', ending: 'm4a' },
  AMR: { label: 'AMR录音', kind: 'audio', mime: 'audio/amr', ending: 'amr' },
  WAV: { label: 'WAV录音', kind: 'audio', mime: 'audio/wav', ending: 'wav' },
  OGG: { label: 'OGG录音', kind: 'audio', mime: 'audio/ogg', ending: 'ogg' },
  MP4: { label: 'MP4视频', kind: 'video', mime: 'video/mp4', ending: 'mp4' },
  '3GP': { label: '3GP视频', kind: 'video', mime: 'video/3gpp', ending: '3gp' },
  WEBM: { label: 'WebM视频', kind: 'video', mime: 'video/webm', ending: 'webm' },
  DOCX: {
    label: 'Word文档',
    kind: 'file',
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
  },
  XLSX: {
    label: 'Excel表格',
    kind: 'file',
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
  },
} as const;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

/** Files a complaint or a supplement may carry, bytes of one, and how long one may wait for its complaint. */
export const EVIDENCE_LIMITS = {
  files: 10,
  bytes: 50 * 1024 * 1024,
  hours: 24,
  /** Where no proof paid for it. The answers of a page without JavaScript are lost after two hours. */
  unprovedHours: 4,
  /** Bytes of one request: so many files, and the other fields of their page. */
  request: 520 * 1024 * 1024,
  /** Of a file's name, in characters. */
  name: 200,
} as const;

/** In the words of the form; also what a refused file is answered. */
export const EVIDENCE_WORDS = {
  types: '图片（JPEG、PNG、WebP、HEIC）、PDF、录音、视频、Word（DOCX）、Excel（XLSX）',
  refusedType: '不是可以上传的文件类型。可以上传图片、PDF、录音、视频、DOCX、XLSX。',
  tooLarge: '文件超过50MB。可以截短录音、录像，或者压缩图片后再传。',
  empty: '文件是空的，没有收下。',
  tooMany: `最多上传${EVIDENCE_LIMITS.files}个文件，其余的可以提交后凭查询码补充。`,
  cutOff: '上传中断，没有收完。',
  /** Of all files of one request. */
  tooMuch: '一次发送的文件合计超过520MB，都没有收下。返回上一页，分几次上传，单个文件不超过50MB。',
  /** Of a page whose ticket was used or was too new: the next page has another. */
  again: '没有收下。重新选择这个文件，再按一次。',
  full: '现在收不下文件，写的内容照样可以提交。文件过几个小时凭查询码补交，着急的拨打政务服务便民热线12345或纪检监察举报电话12388。',
} as const;

/** Whether somebody can tell what happened by it alone: recordings of phones lie in containers of either kind. */
export function isRecording(type: EvidenceType): boolean {
  const { kind } = EVIDENCE_TYPES[type];
  return kind === 'audio' || kind === 'video';
}

/** What staff may look at without taking the original: a copy without what the photo carries. */
export function hasViewCopy(type: EvidenceType): boolean {
  return ['image', 'pdf', 'audio'].includes(EVIDENCE_TYPES[type].kind) && type !== 'AMR';
}

/** When a slot that is made now dies: rounded up to the hour, so that it does not tell when it was made. */
export function slotEnd(now: number, proved: boolean): number {
  const hour = 3_600_000;
  const hours = proved ? EVIDENCE_LIMITS.hours : EVIDENCE_LIMITS.unprovedHours;
  return Math.ceil((now + hours * hour) / hour) * hour;
}
