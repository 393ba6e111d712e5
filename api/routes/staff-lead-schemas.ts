import { z } from '@hono/zod-openapi';
import { ALL_STATES } from '#rules/lifecycle-states.ts';
import { REFERRAL_STATES } from '#rules/referral.ts';
import { codesOf } from '#rules/vocabulary.ts';

export const status = z.enum(ALL_STATES as [(typeof ALL_STATES)[number], ...typeof ALL_STATES]);
export const civilDate = z.string();

const words = z.array(z.strictObject({ label: z.string(), value: z.string() }));

const column = {
  name: z.string(),
  label: z.string(),
  hint: z.string().optional(),
  kind: z.string(),
  required: z.boolean(),
  options: z.record(z.string(), z.string()).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  classes: z.array(z.string()).readonly().optional(),
  public: z.boolean().optional(),
  sealed: z.boolean().optional(),
};
const Field = z.object({ ...column, of: z.array(z.object(column)).readonly().optional() });

const supervision = {
  kindLabel: z.string(),
  bodyName: z.string(),
  personName: z.string().nullable(),
  startedOn: civilDate,
  reportOn: civilDate,
  reportedOn: civilDate.nullable(),
  consentedOn: civilDate.nullable(),
};
const Supervision = z.strictObject(supervision);

export const SupervisedBody = z
  .strictObject({
    total: z.number(),
    items: z.array(
      z.strictObject({
        reference: z.string(),
        statusLabel: z.string(),
        placeName: z.string().nullable(),
        bodyName: z.string(),
        problemTypes: z.array(z.string()),
        receivedOn: civilDate,
        major: z.boolean(),
        sealed: z.boolean(),
        supervisions: z.array(z.strictObject({ ...supervision, late: z.boolean() })),
      }),
    ),
    next: z.string().optional(),
  })
  .openapi('SupervisedLeads');
export type SupervisedBody = z.infer<typeof SupervisedBody>;

export const LeadBody = z
  .strictObject({
    reference: z.string(),
    status,
    statusLabel: z.string(),
    publicStatus: z.string(),
    secrecy: z.string(),
    class: z.string(),
    classLabel: z.string(),
    mode: z.string(),
    modeLabel: z.string(),
    sourceLabel: z.string().nullable(),
    placeCode: z.string().nullable(),
    placeName: z.string().nullable(),
    problems: z.array(z.strictObject({ code: z.string(), label: z.string() })),
    text: z.string().nullable(),
    subjects: z.array(
      z.strictObject({
        role: z.string(),
        roleLabel: z.string(),
        bodyName: z.string().nullable(),
        name: z.string().nullable(),
      }),
    ),
    receivedOn: civilDate,
    dueOn: civilDate.nullable(),
    overdue: z.boolean(),
    bodyCode: z.string(),
    bodyName: z.string(),
    supervised: z.boolean(),
    extended: z.boolean(),
    major: z.boolean(),
    repeats: z.number(),
    workers: z.array(z.string()),
    unassigned: z.boolean(),
    asksRecusal: z.boolean(),
    children: z.array(z.strictObject({ reference: z.string(), statusLabel: z.string() })),
    proposal: z
      .strictObject({
        bodyName: z.string().nullable(),
        basis: z.array(z.string()),
        alongside: z.array(z.string()),
        lifted: z.boolean(),
        version: z.number(),
        rows: z.array(z.number()),
      })
      .nullable(),
    deadlines: z.array(
      z.strictObject({
        code: z.string(),
        label: z.string(),
        dueOn: civilDate,
        metOn: civilDate.nullable(),
        provisional: z.boolean(),
        overdue: z.boolean(),
      }),
    ),
    evidence: z.array(
      z.strictObject({
        number: z.number(),
        onDate: civilDate,
        origin: z.enum(['complaint', 'supplement']),
        /** Null: the reader's bodies hold no key of it. */
        file: z
          .strictObject({
            name: z.string(),
            typeLabel: z.string(),
            kind: z.enum(['image', 'audio', 'video', 'pdf', 'file']),
            bytes: z.number(),
            sha256: z.string(),
            viewable: z.boolean(),
          })
          .nullable(),
      }),
    ),
    messages: z.array(
      z.strictObject({
        seq: z.number(),
        kind: z.string(),
        kindLabel: z.string(),
        onDate: civilDate,
        text: z.string().nullable(),
      }),
    ),
    events: z.array(
      z.strictObject({
        seq: z.number(),
        event: z.string(),
        label: z.string(),
        toLabel: z.string().nullable(),
        onDate: civilDate,
        personName: z.string().nullable(),
        bodyName: z.string().nullable(),
        status: z.string(),
        statusLabel: z.string(),
        words,
      }),
    ),
    items: z.array(z.strictObject({ number: z.number(), verified: z.boolean(), words })),
    referrals: z.array(
      z.strictObject({
        id: z.string(),
        number: z.string(),
        sentOn: civilDate,
        state: z.enum(codesOf(REFERRAL_STATES)),
        remindOn: civilDate,
        reminders: z.number(),
        overdue: z.boolean(),
      }),
    ),
    mayOpenReporter: z.boolean(),
    /** Goes with what is typed, should the session end. */
    writer: z.string(),
    reporterRequests: z.strictObject({
      /** A second person has to agree before who complained is opened. */
      secondPerson: z.boolean(),
      own: z.enum(['waiting', 'granted']).nullable(),
      /** What the reader wrote when asking for it. */
      ownReason: z.string().nullable(),
      /** Requests the reader may decide. */
      asked: z.array(
        z.strictObject({
          id: z.string(),
          personName: z.string(),
          onDate: z.string(),
          reason: z.string().nullable(),
        }),
      ),
    }),
    transitions: z.array(
      z.strictObject({
        event: z.string(),
        label: z.string(),
        kind: z.enum(['do', 'propose', 'approve']),
        to: status,
        toLabel: z.string(),
        needsApproval: z.boolean(),
        fields: z.array(Field),
      }),
    ),
    supervisions: z.array(Supervision),
    /** Leads that may be about the same; a person says whether they are. */
    repeatOf: z.array(
      z.strictObject({
        reference: z.string(),
        receivedOn: civilDate,
        statusLabel: z.string(),
        because: z.array(z.string()),
      }),
    ),
    /** What the rules would have supervised, and why. */
    suggestion: z
      .strictObject({ kind: z.string(), kindLabel: z.string(), because: z.array(z.string()) })
      .nullable(),
    missing: z.array(z.strictObject({ label: z.string(), missing: z.array(z.string()) })),
  })
  .openapi('Lead');
export type LeadBody = z.infer<typeof LeadBody>;
