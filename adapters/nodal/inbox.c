/*
 * The poller: see inbox.h.
 */
#include "adapters/nodal/inbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/wire/json_view.h"
#include "hub/wire/json_writer.h"

enum {
	PAGE = 50,
	FIRST_PAUSE_MS = 250,
	LONGEST_PAUSE_MS = 15000,
	CHECKPOINT_LIMIT = 16 * 1024,
};

struct inbox {
	struct intake *intake;
	struct request_client *client;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ring;
	bool is_stopping;
	size_t awaited, stored; /* of the page under way */
};

static bool
is_stopping(struct inbox *inbox)
{
	bool answer;

	pthread_mutex_lock(&inbox->lock);
	answer = inbox->is_stopping;
	pthread_mutex_unlock(&inbox->lock);
	return answer;
}

/* Sleep, unless the stop comes first. */
static void
pause_for(struct inbox *inbox, int milliseconds)
{
	int64_t due_at = clock_now() + milliseconds * INT64_C(1000);
	struct timespec at = { .tv_sec = due_at / CLOCK_SECOND,
		.tv_nsec = due_at % CLOCK_SECOND * 1000 };

	pthread_mutex_lock(&inbox->lock);
	while (!inbox->is_stopping && clock_now() < due_at)
		pthread_cond_timedwait(&inbox->ring, &inbox->lock, &at);
	pthread_mutex_unlock(&inbox->lock);
}

/* ---- one page */

static void
count_stored(void *context, enum journal_outcome outcome)
{
	struct inbox *inbox = context;

	pthread_mutex_lock(&inbox->lock);
	inbox->awaited--;
	inbox->stored += outcome != JOURNAL_FAILED ? 1 : 0;
	pthread_cond_signal(&inbox->ring);
	pthread_mutex_unlock(&inbox->lock);
}

/* A signed time is that of the reading, so the window holds here too. */
static bool
take_entry(struct inbox *inbox, const struct json_view *entry)
{
	struct verifier_message message = {
		.id = json_view_text(entry, "headers/webhook-id", NULL),
		.timestamp = json_view_text(
		    entry, "headers/webhook-timestamp", NULL),
		.signature = json_view_text(
		    entry, "headers/webhook-signature", NULL),
		.body = json_view_text(entry, "body", ""),
	};
	struct err err;

	message.length = strlen(message.body);
	if (intake_check(inbox->intake, &message, clock_now(), &err) != RC_OK) {
		log_error("inbox entry refused", "message",
		    message.id != NULL ? message.id : "", "code", err.code,
		    "detail", err.text, NULL);
		return false;
	}
	pthread_mutex_lock(&inbox->lock);
	inbox->awaited++;
	pthread_mutex_unlock(&inbox->lock);
	log_info("message read from the inbox", "message", message.id, NULL);
	intake_store(
	    inbox->intake, message.id, message.body, count_stored, inbox);
	return true;
}

/* Until the disk has said its word on all that was taken. */
static bool
await_stored(struct inbox *inbox, size_t taken)
{
	bool is_whole;

	pthread_mutex_lock(&inbox->lock);
	while (inbox->awaited > 0)
		pthread_cond_wait(&inbox->ring, &inbox->lock);
	is_whole = inbox->stored == taken;
	pthread_mutex_unlock(&inbox->lock);
	return is_whole;
}

static bool
set_checkpoint(struct inbox *inbox, const struct strbuf *body)
{
	struct request_response response;
	struct err err = { .text = "the hub refused it" };
	bool is_set;

	request_response_init(&response);
	is_set = request_perform(inbox->client, "POST", "/v1/inbox/checkpoint",
		     NULL, body->bytes, body->length, &response,
		     &err) == RC_OK &&
	    response.status >= 200 && response.status < 300;
	if (!is_set)
		log_warn("checkpoint not set", "detail", err.text, NULL);
	request_response_clear(&response);
	return is_set;
}

/* Store a page and set the checkpoint behind it.  False: pause before the
 * next, something was wrong. */
static bool
take_page(struct inbox *inbox, const struct json_view *page)
{
	const struct json_view *entries = json_view_at(page, "items");
	SCOPED(strbuf_clear) struct strbuf ids = { .bytes = NULL };
	size_t taken = 0;

	strbuf_init(&ids, CHECKPOINT_LIMIT);
	json_write_object(&ids, NULL);
	json_write_array(&ids, "ids");
	inbox->stored = 0;
	for (size_t i = 0; i < json_view_count(entries); i++) {
		const struct json_view *entry = json_view_item(entries, i);

		if (!take_entry(inbox, entry))
			continue;
		json_write_text(&ids, NULL,
		    json_view_text(entry, "headers/webhook-id", ""));
		taken++;
	}
	json_write_array_end(&ids);
	json_write_object_end(&ids);
	if (!await_stored(inbox, taken))
		return false;
	if (taken > 0 && !set_checkpoint(inbox, &ids))
		return false;
	return taken == json_view_count(entries);
}

/* ---- the loop */

static bool
poll_once(struct inbox *inbox)
{
	static const char *const headers[] = { "Prefer: wait=5", NULL };
	SCOPED(json_view_cleanup) struct json_view *page = NULL;
	struct request_response response;
	char path[64];
	struct err err = { .text = "" };
	bool is_good = false;
	enum rc rc;

	(void)snprintf(path, sizeof(path), "/v1/inbox?limit=%d", PAGE);
	request_response_init(&response);
	rc = request_perform(
	    inbox->client, "GET", path, headers, NULL, 0, &response, &err);
	if (rc == RC_OK && response.status == 200)
		rc = json_view_parse(
		    response.body.bytes, response.body.length, &page, &err);
	else if (rc == RC_OK)
		rc = err_set(&err, RC_UNAVAILABLE, "refused",
		    "the hub answered %d", response.status);
	if (rc == RC_OK)
		is_good = take_page(inbox, page);
	else
		log_warn("inbox not read", "detail", err.text, NULL);
	request_response_clear(&response);
	return is_good;
}

static void *
run(void *context)
{
	struct inbox *inbox = context;
	int pause = FIRST_PAUSE_MS;

	while (!is_stopping(inbox)) {
		if (poll_once(inbox)) {
			pause = FIRST_PAUSE_MS;
			continue;
		}
		pause_for(inbox, pause);
		if (pause * 2 <= LONGEST_PAUSE_MS)
			pause *= 2;
	}
	return NULL;
}

enum rc
inbox_start(struct intake *intake, struct request_client *client,
    struct inbox **inbox, struct err *err)
{
	struct inbox *started = calloc(1, sizeof(*started));

	if (started == NULL)
		abort();
	started->intake = intake;
	started->client = client;
	(void)pthread_mutex_init(&started->lock, NULL);
	(void)pthread_cond_init(&started->ring, NULL);
	if (pthread_create(&started->thread, NULL, run, started) != 0) {
		free(started);
		return err_set(
		    err, RC_FAILED, "no_thread", "cannot start a thread");
	}
	*inbox = started;
	return RC_OK;
}

void
inbox_stop(struct inbox *inbox)
{
	if (inbox == NULL)
		return;
	pthread_mutex_lock(&inbox->lock);
	inbox->is_stopping = true;
	pthread_cond_signal(&inbox->ring);
	pthread_mutex_unlock(&inbox->lock);
	(void)pthread_join(inbox->thread, NULL);
	(void)pthread_mutex_destroy(&inbox->lock);
	(void)pthread_cond_destroy(&inbox->ring);
	request_free(inbox->client);
	free(inbox);
}
