/*
 * Record a reading: every look at a case is itself an event, coalesced by
 * who brings it (docs/trust.md, "Evidence").
 */
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

enum rc
record_access_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct record_access *access = &command->access;
	bool is_list = id_is_zero(&access->case_id);
	struct event *event;

	(void)err;
	if (!id_is_zero(&access->document)) {
		event = effects_note(effects, command, "document.read",
		    &access->case_id, ID_DOCUMENT, &access->document);
		event_text(event, "role",
		    words_name(&role_words, (int)command->actor.role));
		reply->status = 200;
		return RC_OK;
	}
	event = effects_note(effects, command,
	    is_list ? "list.read" : "case.read", &access->case_id,
	    is_list ? ID_PRINCIPAL : ID_CASE,
	    is_list ? &command->actor.principal : &access->case_id);
	event_text(event, "view", access->view);
	event_text(
	    event, "role", words_name(&role_words, (int)command->actor.role));
	if (is_list)
		event_number(event, "count", access->count);
	reply->status = 200;
	return RC_OK;
}
