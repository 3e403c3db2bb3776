/*
 * Let a hold end later: never later than its laws' longest hold after the
 * request was issued, and only on a basis that allows it.
 */
#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/authority_list.h"
#include "hub/domain/profile.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/use_cases.h"

/* As one who asks for a hold: the law allows it, is law, and is for the
 * actor's rank. */
static enum rc
check_basis(const struct command *command, const struct profile *profile,
    const struct profile_basis *basis, const struct snapshot *snapshot,
    const struct id *request, struct err *err)
{
	if (basis == NULL)
		return err_at(err, RC_INVALID, "/basis", "unknown_basis",
		    "profile %s has no such basis", profile->name);
	if ((basis->actions & (UINT32_C(1) << ACTION_EXTEND)) == 0)
		return err_at(err, RC_INVALID, "/basis", "action_not_allowed",
		    "%s does not allow EXTEND", basis->code);
	if (!profile_is_in_force(basis, command->at))
		return err_at(err, RC_INVALID, "/basis", "basis_not_in_force",
		    "%s is not law at present", basis->code);
	if (!profile_rank_reaches(profile, basis, command->actor.rank))
		return err_at(err, RC_INVALID, "/basis", "rank_too_low",
		    "%s is for the rank %s and above", basis->code,
		    basis->minimum_rank);
	if (basis->needs_order &&
	    !snapshot_has_verified_order(snapshot, request))
		return err_at(err, RC_INVALID, "/basis", "order_missing",
		    "%s needs a verified order", basis->code);
	return RC_OK;
}

/* Of the law of the extension and of the request's further ones the strictest.
 * The clock of the longest hold runs from the issue: an answer that comes
 * late, or again, does not wind it back. */
static int64_t
longest_hold(const struct profile *profile, const struct profile_basis *basis,
    const struct freeze_request *request)
{
	int64_t limit = profile_hold_limit(profile, basis, request->issued_at);
	const char *more = request->more_authorities;
	struct authority_entry entry;

	while (more != NULL && authority_list_next(&more, &entry)) {
		const struct profile *other = authority_list_profile(
		    entry.profile);
		const struct profile_basis *its = other == NULL
		    ? NULL
		    : profile_basis(other, entry.basis);
		int64_t end = its == NULL
		    ? limit
		    : profile_hold_limit(other, its, request->issued_at);

		limit = end < limit ? end : limit;
	}
	return limit;
}

static enum rc
check_span(const struct command *command, const struct target *target,
    int64_t limit, const char *profile, struct err *err)
{
	int64_t expires_at = command->extend.expires_at;
	char text[CLOCK_TEXT_SIZE];

	if (expires_at <= target->expires_at)
		return err_at(err, RC_INVALID, "/expires_at", "not_later",
		    "the hold lasts as long already");
	if (expires_at > limit)
		return err_at(err, RC_INVALID, "/expires_at",
		    "expiry_out_of_range",
		    "profile %s allows holds until %s at most on this basis",
		    profile, clock_format(limit, 3, text));
	return RC_OK;
}

/* Without a basis in the call the request's own. */
static enum rc
check_law(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, const struct freeze_request *request,
    const struct case_file *case_file, struct err *err)
{
	const struct profile *profile = profile_find(case_file->profile);
	const char *code = command->extend.basis;
	const struct profile_basis *basis;

	if (profile == NULL)
		return err_set(err, RC_CONFLICT, "unknown_profile",
		    "this hub has no profile %s", case_file->profile);
	basis = profile_basis(profile, code[0] == '\0' ? request->basis : code);
	TRY(check_basis(command, profile, basis, snapshot, &request->id, err));
	return check_span(command, target,
	    longest_hold(profile, basis, request), profile->name, err);
}

static enum rc
check(const struct command *command, const struct snapshot *snapshot,
    const struct target *target, const struct freeze_request *request,
    const struct case_file *case_file, struct err *err)
{
	int next;

	TRY(machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_EXTENDED, &next, err));
	if (request->state != REQUEST_ISSUED)
		return err_set(err, RC_CONFLICT, "request_not_issued",
		    "its request is no longer in force");
	if (target->expires_at <= command->at)
		return err_set(
		    err, RC_CONFLICT, "hold_expired", "the hold is over");
	TRY(check_law(command, snapshot, target, request, case_file, err));
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
