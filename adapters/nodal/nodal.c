/*
 * Composition of the institution's program: see nodal.h.
 */
#include "adapters/nodal/nodal.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "adapters/nodal/answers.h"
#include "adapters/nodal/inbox.h"
#include "adapters/nodal/intake.h"
#include "adapters/nodal/journal.h"
#include "adapters/nodal/receiver.h"
#include "adapters/nodal/rules.h"
#include "adapters/nodal/work.h"
#include "hub/base/encode.h"
#include "hub/base/log.h"

enum { DRAIN_MS = 5000, POST_MS = 10000, POLL_MS = 20000 };

struct nodal {
	struct rules *rules;
	struct work work;
	struct intake intake;
	struct receiver *receiver;
	struct inbox *inbox;
};

/* A client of its own for each thread. */
static enum rc
new_client(const struct nodal_settings *settings, long milliseconds,
    struct request_client **client, struct err *err)
{
	struct request_settings hub = settings->hub;

	hub.total_milliseconds = milliseconds;
	return request_new(&hub, client, err);
}

static enum rc
start_worker(
    struct nodal *nodal, const struct nodal_settings *settings, struct err *err)
{
	struct answers_settings answers = { .work = &nodal->work,
		.journal = nodal->intake.journal,
		.program = settings->program };

	TRY(new_client(settings, POST_MS, &answers.client, err));
	return answers_start(&answers, &nodal->intake.answers, err);
}

static enum rc
start_receiver(
    struct nodal *nodal, const struct nodal_settings *settings, struct err *err)
{
	struct receiver_settings receiver = { .server = settings->server,
		.intake = &nodal->intake };

	if (nodal->rules != NULL)
		receiver.manner = *rules_receiver(nodal->rules);
	receiver.has_hub_key = settings->hub_spki != NULL;
	if (receiver.has_hub_key &&
	    !hex_decode(
		settings->hub_spki, receiver.hub_key, sizeof(receiver.hub_key)))
		return err_set(err, RC_INVALID, "bad_spki",
		    "the hub's SPKI must be 64 hex digits");
	return receiver_start(&receiver, &nodal->receiver, err);
}

static enum rc
start_inbox(
    struct nodal *nodal, const struct nodal_settings *settings, struct err *err)
{
	struct request_client *client = NULL;

	TRY(new_client(settings, POLL_MS, &client, err));
	return inbox_start(&nodal->intake, client, &nodal->inbox, err);
}

/* From the disk outwards: nothing is taken before it can be kept. */
static enum rc
start(
    struct nodal *nodal, const struct nodal_settings *settings, struct err *err)
{
	if (settings->rule_file != NULL)
		TRY(rules_load(settings->rule_file, &nodal->rules, err));
	work_init(&nodal->work, nodal->rules);
	TRY(intake_read_keys(&nodal->intake, settings->key_file, err));
	TRY(journal_open(settings->store_file, work_replay, &nodal->work,
	    &nodal->intake.journal, err));
	TRY(start_worker(nodal, settings, err));
	if (settings->from_inbox)
		return start_inbox(nodal, settings, err);
	return start_receiver(nodal, settings, err);
}

/* From the line inwards; the journal calls back until it is closed. */
static void
stop(struct nodal *nodal)
{
	receiver_stop(nodal->receiver, DRAIN_MS);
	inbox_stop(nodal->inbox);
	answers_stop(nodal->intake.answers);
	journal_close(nodal->intake.journal);
	receiver_free(nodal->receiver);
	answers_free(nodal->intake.answers);
	work_clear(&nodal->work);
	rules_free(nodal->rules);
	for (size_t i = 0; i < nodal->intake.key_count; i++)
		signing_key_clear(&nodal->intake.keys[i]);
}

static void
announce(const struct nodal *nodal, const struct nodal_settings *settings)
{
	char port[8] = "";

	if (nodal->receiver != NULL)
		(void)snprintf(port, sizeof(port), "%u",
		    (unsigned)receiver_port(nodal->receiver));
	log_info("nodal program ready", "port", port, "store",
	    settings->store_file, NULL);
	if (settings->announce == NULL)
		return;
	if (nodal->receiver != NULL)
		(void)fprintf(
		    settings->announce, "listening on port %s\n", port);
	else
		(void)fputs("reading the inbox\n", settings->announce);
	(void)fflush(settings->announce);
}

static void
await_stop(struct nodal *nodal, const sigset_t *signals)
{
	struct err err;
	int got = 0;

	while (sigwait(signals, &got) == 0 && got == SIGHUP) {
		if (nodal->receiver == NULL)
			continue;
		if (receiver_reload(nodal->receiver, &err) == RC_OK)
			log_info("certificates read again", NULL);
		else
			log_error(err.text, "code", err.code, NULL);
	}
}

enum rc
nodal_run(const struct nodal_settings *settings, struct err *err)
{
	struct nodal nodal = { .rules = NULL };
	sigset_t signals;
	enum rc rc;

	/* Blocked before the first thread, so that no thread gets them. */
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigaddset(&signals, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
	work_init(&nodal.work, NULL);
	rc = start(&nodal, settings, err);
	if (rc == RC_OK) {
		announce(&nodal, settings);
		await_stop(&nodal, &signals);
	}
	stop(&nodal);
	return rc;
}
