/** What keeps an accepted household off the web: the words that lists use for it. */

/** True where a remark asks for confidence. */
export function asksForConfidence(remark: string): boolean {
  return CONFIDENCE.test(remark.replaceAll(NO_CONFIDENCE, ''));
}

/** 无需保密 asks for nothing, and a signed 隐私授权书 is about the household's own data at the office. */
const NO_CONFIDENCE =
  /(无需|无须|不需要?|不用|不必|不要求|未要求|没有要求|没要求|非)(保密|涉密|匿名|特殊保护)|隐私(授权|承诺|告知|政策|条款|声明|协议)/g;
const CONFIDENCE = new RegExp(
  [
    '保密|涉密|隐私|非公开|匿名|化名|隐名|隐去姓名|人身安全保护|(特殊|受|重点)保护|保护(对象|家庭|户)',
    '(不|勿|别|暂缓|免于?|拒绝|谢绝|禁止|严禁|回避|避免|限制)(予|宜|得|要|能|可|愿|同意|对外|便|应|作|再|进行|予以|在网上|上网)*' +
      '(公开|公示|公布|发布|上网|挂网|张榜|上墙|透露|泄露|披露|外传|外泄)',
  ].join('|'),
);

/** True where a column 是否公开 says no, or a column 是否保密 yes. */
export function isMarkedProtected(mayPublish: string, mustProtect: string): boolean {
  return (
    /^(否|N|NO|0|FALSE|×|X|不|不可|不可以|不同意|不能)$/i.test(mayPublish) ||
    /^(是|Y|YES|1|TRUE|√|✓|✔|有|需要?|保护)$/i.test(mustProtect)
  );
}

/** True where a cause or an illness obliges to silence about the whole family (艾滋病防治条例 art. 39). */
export function namesProtectedIllness(text: string): boolean {
  return /艾滋|爱滋|HIV|AIDS|免疫缺陷|感染者/i.test(text);
}
