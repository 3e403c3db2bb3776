/*
 * Send a test.ping to an endpoint: signed, queued, recorded and retried like
 * any message, so that its receiver is tried by what it will get.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

enum { PRIORITY_BULK = 2 };

/* An institution's own; an admin's are all. */
static bool
is_theirs(const struct actor *actor, const struct endpoint *endpoint)
{
	return actor->role == ROLE_ADMIN ||
	    id_equal(&endpoint->institution, &actor->institution);
}

static enum rc
find(const struct command *command, const struct snapshot *snapshot,
    const struct endpoint **endpoint, struct err *err)
{
	*endpoint = registry_endpoint(
	    snapshot->registry, &command->test_endpoint.endpoint);
	if (*endpoint == NULL || !is_theirs(&command->actor, *endpoint))
		return err_set(err, RC_MISSING, "not_found",
		    "no endpoint of yours has this id");
	if (!registry_is_active(
		(*endpoint)->status, (*endpoint)->active_from, command->at))
		return err_set(err, RC_CONFLICT, "endpoint_not_active",
		    "the endpoint is not active: another person must confirm "
		    "it, and its delay be over");
	return RC_OK;
}

enum rc
test_endpoint_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct endpoint *endpoint;
	struct message_row *message;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_TEST_ENDPOINT, err));
	TRY(find(command, effects->snapshot, &endpoint, err));
	message = effects_enqueue_to(
	    effects, command, MESSAGE_TEST_PING, PRIORITY_BULK, endpoint);
	event = effects_note(effects, command, "endpoint.tested", NULL,
	    ID_ENDPOINT, &endpoint->id);
	effects_event_id(
	    effects, event, "message", ID_MESSAGE, &message->envelope.id);
	reply->status = 202;
	reply->thing = message->envelope.id;
	return RC_OK;
}
