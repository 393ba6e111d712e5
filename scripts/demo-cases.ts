import { CASE_CHECKS } from '#rules/public-cases.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { DEMO_BODIES } from './demo-county.ts';
import type { Account, Call, Tell } from './portal-client.ts';
import { accountOf, expectStatus, postJson, signIn } from './portal-client.ts';

const PATH = '/api/staff/cases';

/** Invented cases of this month: two that go public, one that waits with names to look at, one draft. */
const CASES = [
  {
    login: 'township-qingshan',
    bodyCode: DEMO_BODIES.qingshan,
    until: 'approved',
    text: {
      title: '青山镇某村原村干部张某为亲属违规办理低保',
      happened:
        '2024年3月，张某在担任村干部期间，隐瞒亲属家庭收入和车辆情况，为其办理低保。\n镇社会事务办公室入户核查不细，没有发现。该户共领取低保金8,640.00元。',
      handling: '张某受到党内警告处分，违规领取的低保金已全部追回，经办人员受到批评教育。',
      placeCode: '990101100000',
      source: 'SUPERVISION',
      months: 6,
    },
  },
  {
    login: 'liaison',
    bodyCode: DEMO_BODIES.discipline,
    until: 'approved',
    text: {
      title: '经办人员李某多次推诿群众',
      happened: '2026年5月至7月，李某受理低保申请时没有一次性告知所需材料，群众往返五次。',
      handling: '对李某诫勉谈话，在全县通报批评，三户困难家庭已按规定纳入低保。',
      placeCode: null,
      source: 'DISCIPLINE',
      months: 12,
    },
  },
  {
    login: 'township-yunshui',
    bodyCode: DEMO_BODIES.yunshui,
    until: 'submitted',
    text: {
      title: '云水街道某社区低保户去世后未及时退出',
      happened: '社区干部赵演示没有按月上报，低保户周某去世后家属继续领取低保金四个月。',
      handling: '多发的低保金2,560.00元已追回，对社区干部赵演示批评教育。',
      placeCode: '990101001000',
      source: 'SELF',
      months: 6,
    },
  },
  {
    login: 'publisher',
    bodyCode: DEMO_BODIES.bureau,
    until: 'draft',
    text: {
      title: '部分乡镇监督电话无人接听',
      happened: '第三季度抽查监督电话，两个乡镇工作时间无人接听。',
      handling: '责令限期整改，纳入年度考核。',
      placeCode: '990101000000',
      source: 'SUPERVISION',
      months: 3,
    },
  },
] as const;

/** Hands the cases in and approves them, unless there are some; `publisher` and `reviewer` are cookies. */
export async function ensureCases(
  call: Call,
  accounts: Account[],
  { publisher, reviewer }: { publisher: string; reviewer: string },
  tell: Tell,
): Promise<void> {
  const known = await call(PATH, { headers: { cookie: reviewer } });
  await expectStatus(known, 200);
  if (((await known.json()) as { items: unknown[] }).items.length > 0) return;
  const today = civilDateOf(Date.now());
  const month = today.slice(0, 7);
  for (const { login, bodyCode, until, text } of CASES) {
    const cookie =
      login === 'publisher' ? publisher : await signIn(call, accountOf(accounts, login));
    const draft = { bodyCode, month, text: { ...text, caseOn: today, lead: null } };
    const answer = await postJson(call, PATH, { ...draft, handIn: until !== 'draft' }, cookie);
    await expectStatus(answer, 201);
    const { id } = (await answer.json()) as { id: string };
    if (until === 'approved') {
      const seen = { from: 'submitted', revision: 2 };
      const approval = { step: 'approve', seen, checks: codesOf(CASE_CHECKS) };
      const path = `${PATH}/${id}/steps`;
      await expectStatus(await postJson(call, path, approval, reviewer), 204);
    }
    tell(`案例《${text.title}》`);
  }
  const longwan = await signIn(call, accountOf(accounts, 'township-longwan'));
  const none = { bodyCode: DEMO_BODIES.longwan, month };
  await expectStatus(await postJson(call, `${PATH}/none`, none, longwan), 204);
}
