import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { canonicalComplaint } from '#rules/complaint.ts';
import type { ComplaintInput } from '#rules/complaint.ts';
import { UNPROVED } from '#rules/intake-load.ts';
import { readFreeSpace } from './disk-space.ts';

const TOO_LONG = `这个浏览器没有完成安全验证，全部内容最多写${UNPROVED.characters}个字左右。您写的都还在：先留下要紧的提交，其余的提交后用查询码补充；也可以换一个浏览器再填。`;

/**
 * The screening lane: words only, few of them (files have been paid for when they were uploaded), while the
 * disk has room. Throws `invalid-input`, `screening-closed`.
 */
export async function admitUnproved({ config }: Context, input: ComplaintInput): Promise<void> {
  const { evidence: _evidence, ...written } = input;
  if (Buffer.byteLength(canonicalComplaint(written)) > UNPROVED.bytes) {
    throw new CodedError('invalid-input', { text: TOO_LONG });
  }
  if ((await readFreeSpace(config.dataDir)).share < UNPROVED.freeShare) {
    throw new CodedError('screening-closed');
  }
}
