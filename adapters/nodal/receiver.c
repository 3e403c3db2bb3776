/*
 * The webhook: see receiver.h.
 */
#include "adapters/nodal/receiver.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/nodal/late.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/crypto/digest.h"

struct receiver {
	struct receiver_settings settings;
	struct server *server;
	struct late *late; /* NULL: nothing is held back */
	int64_t started_at;
	atomic_int deliveries; /* since the start */
};

/* A deferred exchange that waits for the disk. */
struct pending {
	struct receiver *receiver;
	struct exchange *exchange;
	char id[STORE_FILE_ID_SIZE];
};

/* ---- refusing */

static void
refuse(
    struct exchange *exchange, int status, const char *code, const char *detail)
{
	log_warn("delivery refused", "code", code, "detail", detail, "remote",
	    exchange_remote(exchange), NULL);
	exchange_refuse(exchange, status, code, detail);
}

static bool
is_the_hub(const struct receiver *receiver, const struct exchange *exchange)
{
	const uint8_t *key = exchange_peer_key(exchange);

	if (!receiver->settings.has_hub_key)
		return true;
	return key != NULL &&
	    digest_equal(key, receiver->settings.hub_key, DIGEST_SIZE);
}

/* "Broken until healed", as the rule file wants it. */
static bool
is_broken(struct receiver *receiver)
{
	const struct rules_receiver *manner = &receiver->settings.manner;
	int nth = atomic_fetch_add(&receiver->deliveries, 1);

	if (nth < manner->fail_first)
		return true;
	if (clock_monotonic() - receiver->started_at <
	    manner->fail_seconds * CLOCK_SECOND)
		return true;
	return manner->fail_until_file[0] != '\0' &&
	    access(manner->fail_until_file, F_OK) != 0;
}

static int
status_of(enum rc rc)
{
	if (rc == RC_FORBIDDEN)
		return 401;
	return rc == RC_TOO_LARGE ? 413 : 400;
}

/* ---- taking */

static void
finish(void *context, enum journal_outcome outcome)
{
	struct pending *pending = context;
	struct receiver *receiver = pending->receiver;
	struct exchange_answer answer = { .status = 200 };

	if (outcome == JOURNAL_FAILED) {
		exchange_refuse(pending->exchange, 503, "store_failed",
		    "the message could not be stored");
	} else {
		log_info(outcome == JOURNAL_STORED ? "message stored"
						   : "message known already",
		    "message", pending->id, NULL);
		if (receiver->late != NULL && outcome == JOURNAL_STORED)
			late_reply(receiver->late, pending->exchange, 200);
		else
			exchange_reply(pending->exchange, &answer);
	}
	free(pending);
}

static void
take(struct receiver *receiver, struct exchange *exchange, const char *id,
    const char *body)
{
	struct pending *pending = calloc(1, sizeof(*pending));

	if (pending == NULL)
		abort();
	pending->receiver = receiver;
	pending->exchange = exchange;
	(void)snprintf(pending->id, sizeof(pending->id), "%s", id);
	exchange_defer(exchange);
	intake_store(
	    receiver->settings.intake, pending->id, body, finish, pending);
}

static void
handle(struct exchange *exchange, void *context)
{
	struct receiver *receiver = context;
	struct verifier_message message = {
		.id = exchange_header(exchange, "webhook-id"),
		.timestamp = exchange_header(exchange, "webhook-timestamp"),
		.signature = exchange_header(exchange, "webhook-signature"),
	};
	struct err err;
	enum rc rc;

	message.body = exchange_body(exchange, &message.length);
	if (!is_the_hub(receiver, exchange)) {
		refuse(exchange, 403, "not_the_hub",
		    "the peer's key is not the hub's");
		return;
	}
	if (strcmp(exchange_method(exchange), "POST") != 0) {
		refuse(exchange, 405, "method_not_allowed",
		    "deliveries are posted");
		return;
	}
	if (is_broken(receiver)) {
		refuse(exchange, receiver->settings.manner.fail_status,
		    "broken", "this receiver is broken on purpose");
		return;
	}
	rc = intake_check(
	    receiver->settings.intake, &message, clock_now(), &err);
	if (rc != RC_OK)
		refuse(exchange, status_of(rc), err.code, err.text);
	else
		take(receiver, exchange, message.id, message.body);
}

/* ---- start and stop */

enum rc
receiver_start(const struct receiver_settings *settings,
    struct receiver **receiver, struct err *err)
{
	struct receiver *started = calloc(1, sizeof(*started));
	enum rc rc = RC_OK;

	if (started == NULL)
		abort();
	started->settings = *settings;
	started->settings.server.handler = handle;
	started->settings.server.context = started;
	started->started_at = clock_monotonic();
	atomic_init(&started->deliveries, 0);
	if (settings->manner.delay_ms > 0)
		rc = late_start(settings->manner.delay_ms, &started->late, err);
	if (rc == RC_OK)
		rc = server_start(
		    &started->settings.server, &started->server, err);
	if (rc != RC_OK) {
		late_stop(started->late);
		free(started);
		return rc;
	}
	*receiver = started;
	return RC_OK;
}

uint16_t
receiver_port(const struct receiver *receiver)
{
	return server_port(receiver->server);
}

enum rc
receiver_reload(struct receiver *receiver, struct err *err)
{
	return server_reload(receiver->server, err);
}

void
receiver_stop(struct receiver *receiver, int drain_ms)
{
	if (receiver == NULL)
		return;
	server_stop(receiver->server, drain_ms);
	receiver->server = NULL;
}

void
receiver_free(struct receiver *receiver)
{
	if (receiver == NULL)
		return;
	late_stop(receiver->late);
	free(receiver);
}
