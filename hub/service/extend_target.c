/*
 * Let a hold end later: never later than the profile's longest hold after the
 * request was issued, and only on a basis that allows it.
 */
#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/profile.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

/* Without a basis in the call the request's own. */
static enum rc
check_basis(const struct profile *profile, const char *code,
    const struct snapshot *snapshot, const struct id *request, struct err *err)
{
	const struct profile_basis *basis = profile_basis(profile, code);

	if (basis == NULL)
		return err_at(err, RC_INVALID, "/basis", "unknown_basis",
		    "profile %s has no such basis", profile->name);
	if ((basis->actions & (UINT32_C(1) << ACTION_EXTEND)) == 0)
		return err_at(err, RC_INVALID, "/basis", "action_not_allowed",
		    "%s does not allow EXTEND", basis->code);
	if (basis->needs_order &&
	    !snapshot_has_verified_order(snapshot, request))
		return err_at(err, RC_INVALID, "/basis", "order_missing",
		    "%s needs a verified order", basis->code);
	return RC_OK;
}

/* The clock of the longest hold runs from the issue: an answer that comes
 * late, or again, does not wind it back. */
static enum rc
check_span(const struct command *command, const struct target *target,
    const struct freeze_request *request, const struct profile *profile,
    struct err *err)
{
	int64_t expires_at = command->extend.expires_at;
	int64_t limit = calendar_after(
	    &profile->calendar, request->issued_at, &profile->hold_limit);
	char text[CLOCK_TEXT_SIZE];

	if (expires_at <= target->expires_at)
		return err_at(err, RC_INVALID, "/expires_at", "not_later",
		    "the hold lasts as long already");
	if (expires_at > limit)
		return err_at(err, RC_INVALID, "/expires_at",
		    "expiry_out_of_range",
		    "profile %s allows holds until %s at most", profile->name,
		    clock_format(limit, 3, text));
	return RC_OK;
}

static enum rc
check(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, const struct freeze_request *request,
    const struct case_file *case_file, struct err *err)
{
	const struct profile *profile = profile_find(case_file->profile);
	const char *basis = command->extend.basis;
	int next;

	TRY(machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_EXTENDED, &next, err));
	if (request->state != REQUEST_ISSUED)
		return err_set(err, RC_CONFLICT, "request_not_issued",
		    "its request is no longer in force");
	if (target->expires_at <= command->at)
		return err_set(
		    err, RC_CONFLICT, "hold_expired", "the hold is over");
	if (profile == NULL)
		return err_set(err, RC_CONFLICT, "unknown_profile",
		    "this hub has no profile %s", case_file->profile);
	TRY(check_basis(profile, basis[0] == '\0' ? request->basis : basis,
	    snapshot, &request->id, err));
	TRY(check_span(command, target, request, profile, err));
	return issuing_check_reach(snapshot, target, command->at, err);
}

static void
extend(struct command *command, struct effects *effects, struct target *target,
    struct freeze_request *request)
{
	const struct extend_target *wanted = &command->extend;
	char text[CLOCK_TEXT_SIZE];
	struct event *event;

	target->expires_at = wanted->expires_at;
	/* Nothing is held for longer than what asks for it. */
	if (request->expires_at < wanted->expires_at) {
		request->expires_at = wanted->expires_at;
		effects_touch_request(effects, command, request);
	}
	event = effects_move_target(
	    effects, command, target, TARGET_EVENT_EXTENDED);
	issuing_describe(effects, event, target);
	event_text(event, "expires_at",
	    arena_strdup(effects->snapshot->arena,
		clock_format(wanted->expires_at, 3, text)));
	event_text(event, "basis",
	    wanted->basis[0] == '\0' ? request->basis : wanted->basis);
	event_text(event, "reason", wanted->reason);
	issuing_tell(effects, command, MESSAGE_HOLD_EXTEND, 0, &target, 1,
	    wanted->reason);
}

enum rc
extend_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;

	TRY(access_check(&command->actor, RIGHT_EXTEND_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->extend.target,
	    &target, &request, &case_file, err));
	TRY(check(command, effects->snapshot, target, request, case_file, err));
	extend(command, effects, target, request);
	holding_reply(reply, target);
	return RC_OK;
}
