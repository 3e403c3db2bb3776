/*
 * Register a court's order of attachment: what is held stays held until the
 * order's end, whatever the hold's own was.  A further order takes the place
 * of the one before.  The order counts at once; the institution is told.
 */
#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"

/* No trial lasts longer; a year with a digit too many does. */
enum { LONGEST_DAYS = 3660 };

static enum rc
check_basis(const struct command *command, const struct case_file *file,
    struct err *err)
{
	const struct profile *profile = profile_find(file->profile);
	const struct profile_basis *basis;

	if (profile == NULL)
		return err_set(err, RC_CONFLICT, "unknown_profile",
		    "this hub has no profile %s", file->profile);
	basis = profile_basis(profile, command->attach.basis);
	if (basis == NULL || !profile_is_in_force(basis, command->at))
		return err_at(err, RC_INVALID, "/basis", "unknown_basis",
		    "profile %s has no such basis in force", profile->name);
	if (!basis->needs_order)
		return err_at(err, RC_INVALID, "/basis", "not_an_order",
		    "%s is no order of a court", basis->code);
	return RC_OK;
}

static enum rc
check_end(const struct command *command, struct err *err)
{
	int64_t end = command->attach.expires_at;
	int64_t limit = command->at +
	    LONGEST_DAYS * INT64_C(86400) * CLOCK_SECOND;

	if (end <= command->at || end > limit)
		return err_at(err, RC_INVALID, "/expires_at",
		    "expiry_out_of_range",
		    "an attachment ends in the future, within %d days",
		    LONGEST_DAYS);
	return RC_OK;
}

static void
record(struct command *command, struct effects *effects,
    const struct target *target, struct id *id)
{
	struct attachment_row *row = effects_add_attachment(effects);

	*id = command_next_id(command);
	row->id = *id;
	row->case_id = target->case_id;
	row->target = target->id;
	row->registered_by = command->actor.principal;
	row->basis = command->attach.basis;
	row->expires_at = command->attach.expires_at;
	row->registered_at = command->at;
	row->order = command->attach.order;
}

static void
tell(struct command *command, struct effects *effects, struct target *target)
{
	struct message_row *messages;
	size_t count = 0;

	/* Who cannot be reached at present is bound by the order all the
	 * same. */
	if (registry_endpoint_of(effects->snapshot->registry,
		&target->institution, command->at) == NULL)
		return;
	messages = effects_enqueue(effects, command, MESSAGE_HOLD_ATTACHED, 0,
	    &target->institution, &target, 1, &count);
	for (size_t i = 0; i < count; i++)
		messages[i].envelope.attachment = &command->attach;
}

static void
attach(struct command *command, struct effects *effects, struct target *target,
    struct reply *reply)
{
	char text[CLOCK_TEXT_SIZE];
	struct event *event;

	record(command, effects, target, &reply->thing);
	/* The court takes all that is held: a smaller order is overtaken. */
	target->reduce_to_minor = 0;
	target->expires_at = command->attach.expires_at;
	event = effects_move_target(
	    effects, command, target, TARGET_EVENT_ATTACHED);
	issuing_describe(effects, event, target);
	effects_event_id(
	    effects, event, "attachment", ID_ATTACHMENT, &reply->thing);
	event_text(event, "basis", command->attach.basis);
	event_text(event, "expires_at",
	    arena_strdup(effects->snapshot->arena,
		clock_format(target->expires_at, 3, text)));
	event_text(event, "order", command->attach.order);
	tell(command, effects, target);
}

enum rc
attach_target_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct freeze_request *request;
	struct case_file *case_file;
	struct target *target;
	int next;

	TRY(access_check(&command->actor, RIGHT_ATTACH_TARGET, err));
	TRY(lookup_target(command, effects->snapshot, &command->attach.target,
	    &target, &request, &case_file, err));
	TRY(machine_next(&target_machine, (int)target->state,
	    TARGET_EVENT_ATTACHED, &next, err));
	TRY(check_basis(command, case_file, err));
	TRY(check_end(command, err));
	TRY(restoring_check_paper(
	    effects->snapshot, &command->attach.document, target, err));
	attach(command, effects, target, reply);
	holding_reply(reply, target);
	return RC_OK;
}
