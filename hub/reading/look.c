/*
 * One look at the database: which view it is, once more where the connection
 * was lost, and the backstop of those who wait.  See inside.h.
 */
#include "hub/reading/inside.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

typedef enum rc run_view(struct view_run *run, struct err *err);

static run_view *const views[VIEW_KIND_COUNT] = {
	[VIEW_CASE] = view_case_run,
	[VIEW_CASES] = view_case_list_run,
	[VIEW_TARGET] = view_target_run,
	[VIEW_RESTITUTION] = view_restitution_run,
	[VIEW_TIMELINE] = view_timeline_run,
	[VIEW_ALERTS] = view_alerts_run,
	[VIEW_DEBTS] = view_debts_run,
	[VIEW_DEADLINES] = view_deadlines_run,
	[VIEW_LEGAL_DEBT] = view_legal_debt_run,
	[VIEW_DOCUMENT] = view_document_run,
	[VIEW_CONTENT] = view_content_run,
	[VIEW_NOTICE] = view_notice_run,
	[VIEW_STATUS] = view_status_run,
	[VIEW_TRAIL] = view_trail_run,
	[VIEW_INBOX] = view_inbox_run,
	[VIEW_RESPONSE_TIMES] = view_response_times_run,
	[VIEW_OUTCOMES] = view_outcomes_run,
	[VIEW_SIGNALS] = view_signals_run,
	[VIEW_WATCHES] = view_watches_run,
	[VIEW_WATCH] = view_watch_run,
	[VIEW_PAYMENT_HOLDS] = view_payment_holds_run,
	[VIEW_PAYMENT_HOLD] = view_payment_hold_run,
	[VIEW_ATTEMPTS] = view_attempts_run,
};

static void
reset_reply(struct view_reply *reply)
{
	struct strbuf body = reply->body;

	if (body.bytes == NULL)
		strbuf_init(&body, READER_BODY_LIMIT);
	else
		strbuf_reset(&body);
	body.limit = READER_BODY_LIMIT;
	memset(reply, 0, sizeof(*reply));
	reply->body = body;
}

static enum rc
run_once(struct reader_thread *thread, struct job *job,
    const struct registry *registry, struct err *err)
{
	struct view_run run = {
		.db = thread->db,
		.arena = thread->arena,
		.keyring = thread->reader->keyring,
		.registry = registry,
		.hub_keys = &thread->hub_keys,
		.at = clock_now(),
		.request = job->request,
		.sight = view_sight(&job->request->actor),
		.reply = &job->reply,
	};

	reset_reply(&job->reply);
	arena_reset(thread->arena);
	if (db_is_broken(thread->db))
		TRY(db_reopen(thread->db, err));
	TRY(views[job->request->kind](&run, err));
	if (job->reply.body.failed)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	job->has_news = run.has_news;
	job->row_version = run.row_version;
	return RC_OK;
}

void
look_run(struct reader_thread *thread, struct job *job)
{
	struct reader *reader = thread->reader;
	SCOPED(registry_cleanup)
	struct registry *registry = reader->registry(reader->context);
	struct err err = { .rc = RC_OK };
	enum rc rc = run_once(thread, job, registry, &err);

	/* A connection that broke while it was idle is found out here. */
	if (rc == RC_UNAVAILABLE && db_is_broken(thread->db))
		rc = run_once(thread, job, registry, &err);
	if (rc == RC_OK || rc == RC_UNAVAILABLE)
		atomic_store(&reader->is_ready, rc == RC_OK);
	atomic_fetch_add(&reader->views, 1);
	if (rc == RC_OK)
		return;
	atomic_fetch_add(&reader->failures, 1);
	job->has_news = true;
	job->reply.rc = rc;
	job->reply.err = err;
}

/* ---- the backstop */

struct check {
	struct view_known_case *cases;
	int32_t *endpoints;
	struct view_waiting waiting;
};

static void
collect_endpoints(const struct registry *registry, const struct id *institution,
    struct check *check, size_t limit)
{
	const struct endpoint *const *all;
	size_t count;

	all = registry_endpoints(registry, &count);
	for (size_t i = 0; i < count && check->waiting.endpoint_count < limit;
	     i++)
		if (id_equal(&all[i]->institution, institution))
			check->endpoints[check->waiting.endpoint_count++] =
			    all[i]->number;
}

/* What the parked wait for; false where there is no room for it. */
static bool
collect(struct reader_thread *thread, const struct registry *registry,
    struct check *check)
{
	struct waiting *waiting = &thread->reader->waiting;
	size_t limit = waiting->parked * 4 + 1;

	check->cases = arena_alloc(
	    thread->arena, limit * sizeof(*check->cases));
	check->endpoints = arena_alloc(
	    thread->arena, limit * sizeof(*check->endpoints));
	if (check->cases == NULL || check->endpoints == NULL)
		return false;
	for (struct waiter *w = waiting->first; w != NULL; w = w->next) {
		if (!w->is_parked)
			continue;
		if (w->is_inbox)
			collect_endpoints(
			    registry, &w->institution, check, limit);
		else
			check->cases[check->waiting.case_count++] =
			    (struct view_known_case){ w->case_id,
				    w->row_version };
	}
	check->waiting.cases = check->cases;
	check->waiting.endpoints = check->endpoints;
	return true;
}

static void
tell(struct reader *reader, const struct registry *registry,
    const struct id *cases, size_t case_count, const int32_t *endpoints,
    size_t endpoint_count)
{
	reader_ring(reader,
	    &(struct reader_news){ .cases = cases, .case_count = case_count });
	for (size_t i = 0; i < endpoint_count; i++) {
		const struct endpoint *endpoint = registry_endpoint_numbered(
		    registry, endpoints[i]);

		if (endpoint != NULL)
			reader_ring(reader,
			    &(struct reader_news){
				.institutions = &endpoint->institution,
				.institution_count = 1 });
	}
}

void
look_check(struct reader_thread *thread)
{
	struct reader *reader = thread->reader;
	SCOPED(registry_cleanup)
	struct registry *registry = reader->registry(reader->context);
	struct check check = { .cases = NULL };
	size_t case_count = 0, endpoint_count = 0;
	int32_t *endpoints;
	struct id *cases;
	struct err err;
	bool fits;

	arena_reset(thread->arena);
	pthread_mutex_lock(&reader->lock);
	fits = collect(thread, registry, &check);
	pthread_mutex_unlock(&reader->lock);
	if (!fits ||
	    check.waiting.case_count + check.waiting.endpoint_count == 0)
		return;
	/* Who waits longer than the database is away sees it at the end. */
	if (db_is_broken(thread->db) && db_reopen(thread->db, &err) != RC_OK)
		return;
	if (view_load_waiting(thread->db, &check.waiting, thread->arena, &cases,
		&case_count, &endpoints, &endpoint_count, &err) != RC_OK) {
		log_warn(
		    "backstop of waiting reads failed", "code", err.code, NULL);
		return;
	}
	tell(reader, registry, cases, case_count, endpoints, endpoint_count);
}
