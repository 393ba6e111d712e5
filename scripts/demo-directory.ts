import { expectStatus, postJson } from './portal-client.ts';
import type { Call } from './portal-client.ts';

/** An invented document of the county, as its editor would add it. */
const POLICY = {
  section: 'policy',
  title: '关于调整2026年社会救助标准的通知',
  issuer: '示范区民政局、示范区财政局',
  documentNumber: '示民发〔2026〕18号',
  issuedOn: '2026-06-18',
  effectiveFrom: '2026-07-01',
  markdown: `从2026年7月1日起调整城乡低保标准，数额见[救助标准](/standards/)。

- 正在享受低保的家庭，由乡镇（街道）按新标准重新核算，不用再申请。
- 以前因为收入略高没有批准、现在低于新标准的，可以重新申请，见[办事指南](/procedures/dibao/)。
- 对核算结果有疑问的，可以拨打[监督电话](/hotlines/)或者[在网上反映](/complaints/new)。
`,
  legalBasis: '《中华人民共和国社会救助法》第十九条、第六十七条',
  position: 205,
};

/** Adds it unless it is there. */
export async function ensurePolicy(call: Call, publisher: string): Promise<void> {
  const path = '/api/staff/texts';
  const answer = await call(path, { headers: { cookie: publisher } });
  await expectStatus(answer, 200);
  const { items } = (await answer.json()) as { items: { title: string }[] };
  if (items.some((item) => item.title === POLICY.title)) return;
  await expectStatus(await postJson(call, path, POLICY, publisher), 201);
}
