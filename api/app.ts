import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import type { PublicReader } from '#rules/publication.ts';
import { answerError } from './answer-error.ts';
import type { Context } from './context.ts';
import { CodedError } from './errors.ts';
import { limitBody } from '#routes/body-limits.ts';
import { buildAssetRoutes } from '#routes/build-assets.ts';
import { challengeRoutes } from '#routes/challenge.ts';
import { complaintAnswerRoutes } from '#routes/complaint-answers.ts';
import { complaintRoutes } from '#routes/complaints.ts';
import { followUpRoutes } from '#routes/follow-up.ts';
import { healthRoutes } from '#routes/health.ts';
import { openapiRoutes } from '#routes/openapi.ts';
import { createErrorPage, servePage } from '#routes/pages.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { preferenceRoutes } from '#routes/preferences.ts';
import { createRouter } from '#routes/router.ts';
import { forbidStoring, refuseCrossSite, securityHeaders } from '#routes/security.ts';
import { shortAddressRoutes } from '#routes/short-address.ts';
import { staffAccountRoutes } from '#routes/staff-accounts.ts';
import { staffAuditRoutes } from '#routes/staff-audit.ts';
import { staffBacklogRoutes } from '#routes/staff-backlog.ts';
import { staffBatchRoutes } from '#routes/staff-batches.ts';
import { staffBoardRoutes } from '#routes/staff-boards.ts';
import { staffCalendarRoutes } from '#routes/staff-calendar.ts';
import { staffCarryOverRoutes } from '#routes/staff-carry-over.ts';
import { staffCaseRoutes } from '#routes/staff-cases.ts';
import { staffChangeRoutes } from '#routes/staff-changes.ts';
import { staffDueRoutes } from '#routes/staff-due.ts';
import { staffEvidenceRoutes } from '#routes/staff-evidence.ts';
import { staffHealthRoutes } from '#routes/staff-health.ts';
import { staffHotlineRoutes } from '#routes/staff-hotlines.ts';
import { staffKeptFormRoutes } from '#routes/staff-kept-forms.ts';
import { staffKeyRoutes } from '#routes/staff-keys.ts';
import { staffLeadDeskRoutes } from '#routes/staff-lead-desk.ts';
import { staffDirectoryChoicesRoutes } from '#routes/staff-directory-choices.ts';
import { staffSuccessionRoutes } from '#routes/staff-succession.ts';
import { staffLeadRoutes } from '#routes/staff-leads.ts';
import { staffRegistrationRoutes } from '#routes/staff-registrations.ts';
import { staffLedgerRoutes } from '#routes/staff-ledgers.ts';
import { staffSupervisionRoutes } from '#routes/staff-supervision.ts';
import { staffListFileRoutes } from '#routes/staff-list-files.ts';
import { staffListExitRoutes } from '#routes/staff-list-exits.ts';
import { staffOwnAccountRoutes } from '#routes/staff-own-account.ts';
import { staffPhoneStatusRoutes } from '#routes/staff-phone-status.ts';
import { staffPeopleRoutes } from '#routes/staff-people.ts';
import { staffProtectionRoutes } from '#routes/staff-protection.ts';
import { staffPlaceRoutes } from '#routes/staff-places.ts';
import { staffPublicationRoutes } from '#routes/staff-publications.ts';
import { staffRelativeRoutes } from '#routes/staff-relatives.ts';
import { staffRoutingRoutes } from '#routes/staff-routing.ts';
import { staffReferralRoutes } from '#routes/staff-referrals.ts';
import { staffReporterRoutes } from '#routes/staff-reporter.ts';
import { staffSessionRoutes } from '#routes/staff-session.ts';
import { staffSiteRoutes } from '#routes/staff-site.ts';
import { staffSmallVillageRoutes } from '#routes/staff-small-villages.ts';
import { staffStandardRoutes } from '#routes/staff-standards.ts';
import { staffShippedTextRoutes } from '#routes/staff-shipped-texts.ts';
import { staffTextRoutes } from '#routes/staff-texts.ts';
import { staffUploadRoutes } from '#routes/staff-uploads.ts';
import { uploadRoutes } from '#routes/uploads.ts';

/** What stands around the API; each may be absent (a test of the API alone has neither). */
export type Surroundings = {
  pages: PageRenderer | null;
  read: PublicReader;
  /** Files of the build by their paths. */
  assets?: ReadonlyMap<string, Buffer>;
  /** Serves the live tree. */
  files: MiddlewareHandler | null;
};

/** The whole portal, in the order a request passes through it. */
export function createApp(context: Context, { pages, read, assets, files }: Surroundings) {
  const app = new Hono();
  const errorPage = pages && createErrorPage(pages, read, context.now);
  app.onError((error, c) => answerError(error, c, errorPage));
  app.use(securityHeaders(context.config));
  app.use(refuseCrossSite(context.config));
  app.use('/api/*', forbidStoring);
  app.use(limitBody);
  app.route('/', preferenceRoutes(context));
  app.route('/', shortAddressRoutes(read));
  app.route('/', createApi(context, read));

  if (pages) {
    const page = servePage(pages, read, context.now, app.request);
    app.on(['GET', 'POST'], ['/complaints', '/complaints/*', '/staff', '/staff/*'], page);
  }
  if (assets) app.route('/', buildAssetRoutes(assets));
  if (files) app.use(files);
  app.notFound(() => {
    throw new CodedError('not-found');
  });
  return app;
}

function createApi(context: Context, read: PublicReader) {
  const api = createRouter();
  api.route('/', healthRoutes(context));
  api.route('/', challengeRoutes(context));
  api.route('/', complaintRoutes(context));
  api.route('/', complaintAnswerRoutes(context));
  api.route('/', uploadRoutes(context));
  api.route('/', followUpRoutes(context));
  api.route('/', staffSessionRoutes(context));
  api.route('/', staffLeadRoutes(context));
  api.route('/', staffEvidenceRoutes(context));
  api.route('/', staffRegistrationRoutes(context));
  api.route('/', staffBacklogRoutes(context));
  api.route('/', staffReporterRoutes(context));
  api.route('/', staffLeadDeskRoutes(context));
  api.route('/', staffSuccessionRoutes(context));
  api.route('/', staffDirectoryChoicesRoutes(context));
  api.route('/', staffPhoneStatusRoutes(context));
  api.route('/', staffLedgerRoutes(context));
  api.route('/', staffReferralRoutes(context));
  api.route('/', staffSupervisionRoutes(context));
  api.route('/', staffKeptFormRoutes(context));
  api.route('/', staffUploadRoutes(context));
  api.route('/', staffBatchRoutes(context));
  api.route('/', staffListFileRoutes(context));
  api.route('/', staffListExitRoutes(context));
  api.route('/', staffCarryOverRoutes(context));
  api.route('/', staffCalendarRoutes(context));
  api.route('/', staffAuditRoutes(context));
  api.route('/', staffDueRoutes(context));
  api.route('/', staffBoardRoutes(context, read));
  api.route('/', staffPublicationRoutes(context));
  api.route('/', staffSmallVillageRoutes(context));
  api.route('/', staffCaseRoutes(context));
  api.route('/', staffChangeRoutes(context));
  api.route('/', staffProtectionRoutes(context));
  api.route('/', staffHealthRoutes(context));
  api.route('/', staffPeopleRoutes(context));
  api.route('/', staffAccountRoutes(context));
  api.route('/', staffOwnAccountRoutes(context));
  api.route('/', staffKeyRoutes(context));
  api.route('/', staffPlaceRoutes(context));
  api.route('/', staffStandardRoutes(context));
  api.route('/', staffHotlineRoutes(context));
  api.route('/', staffTextRoutes(context));
  api.route('/', staffShippedTextRoutes(context));
  api.route('/', staffSiteRoutes(context));
  api.route('/', staffRoutingRoutes(context));
  api.route('/', staffRelativeRoutes(context));
  api.route('/', openapiRoutes(api));
  return api;
}
