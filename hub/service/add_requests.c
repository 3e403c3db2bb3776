/*
 * Add requests to a case that is open, with payments that were found since:
 * the rules are those of a submitted case, and what it asks for already
 * counts for the threshold.
 */
#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/lookup.h"
#include "hub/service/submit_case.h"
#include "hub/service/submit_rows.h"
#include "hub/service/use_cases.h"

/* A client's clock may be ahead of ours by this much. */
#define CLOCK_SLACK (5 * 60 * CLOCK_SECOND)

/* Of one case: its rows are loaded together by many commands. */
enum { CASE_REQUEST_LIMIT = 64, CASE_TXN_LIMIT = 256 };

static enum rc
check_open(const struct case_file *file, struct err *err)
{
	if (file->state == CASE_VALIDATED || file->state == CASE_DISPATCHED ||
	    file->state == CASE_IN_PROGRESS)
		return RC_OK;
	return err_set(err, RC_CONFLICT, "case_not_open", "the case is %s",
	    machine_state_name(&case_machine, (int)file->state));
}

static enum rc
check_room(const struct submit_case *submit, const struct snapshot *snapshot,
    struct err *err)
{
	size_t requests = submit->request_count, txns = submit->txn_count;

	for (size_t i = 0; i < snapshot->request_count; i++)
		requests += id_equal(
		    &snapshot->requests[i]->case_id, &submit->into);
	for (size_t i = 0; i < snapshot->txn_count; i++)
		txns += id_equal(&snapshot->txns[i]->case_id, &submit->into);
	if (requests > CASE_REQUEST_LIMIT || txns > CASE_TXN_LIMIT)
		return err_set(err, RC_CONFLICT, "case_full",
		    "a case has at most %d requests and %d transactions",
		    CASE_REQUEST_LIMIT, CASE_TXN_LIMIT);
	return RC_OK;
}

/* What was found since may have happened since. */
static enum rc
check_times(const struct command *command, struct err *err)
{
	for (size_t i = 0; i < command->submit.txn_count; i++)
		if (command->submit.txns[i].at > command->at + CLOCK_SLACK) {
			(void)err_at(err, RC_INVALID, "/at", "in_future",
			    "the transaction lies in the future");
			err_prefix(err, "/transactions/%zu", i);
			return RC_INVALID;
		}
	return RC_OK;
}

enum rc
add_requests_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct submit_case *submit = &command->submit;
	const struct profile *profile;
	struct case_file *file;

	TRY(access_check(&command->actor, RIGHT_ADD_REQUESTS, err));
	TRY(lookup_case(command, effects->snapshot, &submit->into, &file, err));
	TRY(check_open(file, err));
	TRY(check_room(submit, effects->snapshot, err));
	TRY(check_times(command, err));
	profile = profile_find(file->profile);
	if (profile == NULL)
		return err_set(err, RC_FAILED, "unknown_profile",
		    "the case's profile is of another release");
	/* The rules ask the complaint as a whole. */
	submit->loss = file->loss;
	submit->profile = file->profile;
	submit->occurred_at = file->occurred_at;
	submit->reported_at = file->reported_at;
	TRY(submit_case_check(command, profile, effects->snapshot, err));
	submit_rows_add(command, profile, effects, file, reply);
	return RC_OK;
}
