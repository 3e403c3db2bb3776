/*
 * Withdraw a case: every request of it is withdrawn, what is held is ordered
 * to be released, and everybody who got something of it is told.
 */
#include <stdio.h>
#include <string.h>

#include "hub/domain/access.h"
#include "hub/service/lookup.h"
#include "hub/service/restoring.h"
#include "hub/service/use_cases.h"
#include "hub/service/withdrawing.h"

/* What a court holds is not the police's to let go: first its order is
 * lifted. */
static enum rc
check_attached(
    const struct snapshot *snapshot, const struct id *case_id, struct err *err)
{
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		if (!id_equal(&target->case_id, case_id))
			continue;
		if (target->state == TARGET_ATTACHED)
			return err_set(err, RC_CONFLICT, "money_attached",
			    "a court has attached money of this case");
		TRY(restoring_check_not_owed(snapshot, target, err));
	}
	return RC_OK;
}

/* "complainant_withdrew: what was said", for the institutions. */
static const char *
reason_of(const struct command *command, struct effects *effects)
{
	const struct withdraw_case *withdraw = &command->withdraw_case;
	const char *word = words_name(
	    &withdrawal_reason_words, withdraw->reason);
	size_t size = strlen(word) + strlen(withdraw->note) + 3;
	char *text;

	if (withdraw->note[0] == '\0')
		return word;
	text = arena_alloc(effects->snapshot->arena, size);
	if (text == NULL) {
		effects->failed = true;
		return word;
	}
	(void)snprintf(text, size, "%s: %s", word, withdraw->note);
	return text;
}

static void
withdraw_requests(struct command *command, struct effects *effects,
    const struct id *case_id, const char *reason)
{
	struct snapshot *snapshot = effects->snapshot;
	int next;

	for (size_t i = 0; i < snapshot->request_count; i++) {
		struct freeze_request *request = snapshot->requests[i];

		if (!id_equal(&request->case_id, case_id) ||
		    machine_next(&request_machine, (int)request->state,
			REQUEST_EVENT_WITHDRAWN, &next, NULL) != RC_OK)
			continue;
		request->desired_state = REQUEST_WITHDRAWN;
		/* Earlier ones are withdrawn already: all or nothing. */
		if (withdrawing_all(command, effects, request,
			REQUEST_EVENT_WITHDRAWN, reason, NULL) != RC_OK)
			effects->failed = true;
	}
}

enum rc
withdraw_case_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct withdraw_case *withdraw = &command->withdraw_case;
	struct case_file *file;
	struct event *event;
	int next;

	TRY(access_check(&command->actor, RIGHT_WITHDRAW_CASE, err));
	TRY(lookup_case(
	    command, effects->snapshot, &withdraw->case_id, &file, err));
	if (file->state == CASE_WITHDRAWN)
		return err_set(err, RC_CONFLICT, "already_withdrawn",
		    "the case has been withdrawn already");
	TRY(machine_next(
	    &case_machine, (int)file->state, CASE_EVENT_WITHDRAWN, &next, err));
	TRY(check_attached(effects->snapshot, &file->id, err));
	event = effects_move_case(effects, command, file, CASE_EVENT_WITHDRAWN);
	event_text(event, "reason",
	    words_name(&withdrawal_reason_words, withdraw->reason));
	event_text(event, "note", withdraw->note);
	withdraw_requests(
	    command, effects, &file->id, reason_of(command, effects));
	reply->status = 200;
	reply->case_id = file->id;
	return RC_OK;
}
