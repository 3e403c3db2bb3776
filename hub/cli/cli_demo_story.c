/*
 * The six cases: see cli_demo_story.h.
 */
#include "hub/cli/cli_demo_story.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/cli/cli_demo_body.h"
#include "hub/cli/cli_demo_caller.h"
#include "hub/cli/cli_demo_expected.h"

enum {
	PATH_SIZE = 256,
	WAIT_SECONDS = 2,
	NAP_MS = 20,
	ETAG_SIZE = REQUEST_HEADER_SIZE
};

/* What the thread of a case works with. */
struct follower {
	struct cli_demo_story_case *one;
	const struct cli_demo_story_settings *settings;
	struct cli_demo_caller officer;
	char etag[ETAG_SIZE]; /* of the file as last seen */
	bool is_done[CLI_DEMO_STORY_ACTS];
};

/* ---- telling the main thread */

static void
ring(struct cli_demo_story *story)
{
	uint64_t one = 1;

	(void)!write(story->news, &one, sizeof(one));
}

static void
show(struct follower *follower)
{
	struct cli_demo_story_case *one = follower->one;
	struct json_view *before;

	(void)pthread_mutex_lock(&one->story->lock);
	before = one->file;
	one->file = follower->officer.view;
	one->is_settled = cli_demo_expected_compare(
			      one->expected, one->file, NULL) == 0;
	(void)pthread_mutex_unlock(&one->story->lock);
	follower->officer.view = NULL;
	json_view_free(before);
	ring(one->story);
}

static void
give_up(struct cli_demo_story_case *one, const struct err *err)
{
	(void)pthread_mutex_lock(&one->story->lock);
	one->has_failed = true;
	one->err = *err;
	(void)pthread_mutex_unlock(&one->story->lock);
	ring(one->story);
}

static bool
is_over(const struct follower *follower)
{
	return atomic_load(&follower->one->story->is_over);
}

/* Sleep, but not beyond the end of the story. */
static void
pause_ms(const struct follower *follower, int milliseconds)
{
	int64_t until = clock_monotonic() + milliseconds * INT64_C(1000);

	while (!is_over(follower) && clock_monotonic() < until)
		(void)poll(NULL, 0, NAP_MS);
}

/* ---- the officer's part */

static enum rc
submit(struct follower *follower, struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *example = NULL;
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct cli_demo_story_case *one = follower->one;
	char path[PATH_MAX], key[PATH_SIZE];

	strbuf_init(&body, CLI_DEMO_BODY_LIMIT);
	(void)snprintf(path, sizeof(path), "%s/%s",
	    follower->settings->examples,
	    json_view_text(one->expected, "file", "?"));
	TRY(cli_demo_body_load(path, &example, err));
	cli_demo_body_case(&body, example, clock_now());
	(void)snprintf(key, sizeof(key), "case-%s",
	    json_view_text(one->expected, "case", "?"));
	TRY(cli_demo_caller_post(&follower->officer, "/v1/cases", key,
	    body.bytes, body.length, err));
	(void)snprintf(one->id, sizeof(one->id), "%s",
	    json_view_text(follower->officer.view, "id", ""));
	return RC_OK;
}

/* `news`: the file has changed since the last look. */
static enum rc
look(struct follower *follower, bool *news, struct err *err)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path), "/v1/cases/%s", follower->one->id);
	TRY(cli_demo_caller_get(
	    &follower->officer, path, follower->etag, WAIT_SECONDS, err));
	*news = follower->officer.response.status == 200;
	if (*news)
		(void)snprintf(follower->etag, sizeof(follower->etag), "%s",
		    follower->officer.response.etag);
	return RC_OK;
}

/* ---- acts of people */

static void
act_path(const struct json_view *act, const struct json_view *target,
    char path[PATH_SIZE])
{
	const char *word = json_view_text(act, "act", "?");
	bool is_of_request = strcmp(word, "approval") == 0;

	(void)snprintf(path, PATH_SIZE, "/v1/%s/%s/%s",
	    is_of_request ? "requests" : "targets",
	    json_view_text(target, is_of_request ? "request_id" : "id", "?"),
	    word);
}

static enum rc
perform(struct follower *follower, const struct json_view *act,
    const struct json_view *target, struct err *err)
{
	SCOPED(cli_demo_caller_clear)
	struct cli_demo_caller person = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[PATH_SIZE], key[PATH_SIZE * 2];

	strbuf_init(&body, CLI_DEMO_BODY_LIMIT);
	json_view_write(&body, json_view_at(act, "body"));
	act_path(act, target, path);
	(void)snprintf(
	    key, sizeof(key), "act-%.200s", json_view_text(target, "id", "?"));
	pause_ms(follower, follower->settings->act_pause_ms);
	if (is_over(follower))
		return RC_OK;
	TRY(cli_demo_caller_open(follower->settings->place,
	    follower->settings->hub, json_view_text(act, "by", "?"), &person,
	    err));
	return cli_demo_caller_post(
	    &person, path, key, body.bytes, body.length, err);
}

/* In their order: one that is not due holds up those behind it. */
static enum rc
perform_due(struct follower *follower, struct err *err)
{
	const struct cli_demo_story_case *one = follower->one;
	const struct json_view *acts = json_view_at(one->expected, "acts");

	for (size_t i = 0; i < json_view_count(acts); i++) {
		const struct json_view *act = json_view_item(acts, i);
		const struct json_view *target;

		if (i >= CLI_DEMO_STORY_ACTS)
			return err_set(err, RC_FAILED, "demo_example",
			    "a case has more than %d acts",
			    CLI_DEMO_STORY_ACTS);
		if (follower->is_done[i])
			continue;
		/* Only this thread replaces the file. */
		target = cli_demo_expected_due(act, one->file);
		if (target == NULL)
			return RC_OK;
		follower->is_done[i] = true;
		TRY(perform(follower, act, target, err));
	}
	return RC_OK;
}

/* ---- threads */

static enum rc
follow(struct follower *follower, struct err *err)
{
	struct cli_demo_story_case *one = follower->one;
	size_t place = (size_t)(one - one->story->cases);
	bool news;

	TRY(cli_demo_caller_open(follower->settings->place,
	    follower->settings->hub,
	    json_view_text(one->expected, "submitted_by", "?"),
	    &follower->officer, err));
	pause_ms(follower, (int)place * follower->settings->submit_pause_ms);
	if (!is_over(follower))
		TRY(submit(follower, err));
	while (!is_over(follower)) {
		TRY(look(follower, &news, err));
		if (!news)
			continue;
		show(follower);
		TRY(perform_due(follower, err));
	}
	return RC_OK;
}

static void *
run(void *context)
{
	struct cli_demo_story_case *one = context;
	struct follower follower = { .one = one,
		.settings = &one->story->settings };
	struct err err;

	/* What goes wrong while the hub is being stopped is no news. */
	if (follow(&follower, &err) != RC_OK && !is_over(&follower))
		give_up(one, &err);
	cli_demo_caller_clear(&follower.officer);
	return NULL;
}

static void
prepare(const struct cli_demo_story_settings *settings,
    struct cli_demo_story *story)
{
	const struct json_view *all = json_view_at(settings->expected, "cases");

	memset(story, 0, sizeof(*story));
	story->settings = *settings;
	(void)pthread_mutex_init(&story->lock, NULL);
	atomic_init(&story->is_over, false);
	story->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	for (size_t i = 0; i < json_view_count(all) && i < CLI_DEMO_BOARD_CASES;
	     i++) {
		story->cases[i].story = story;
		story->cases[i].expected = json_view_item(all, i);
		story->case_count++;
	}
}

enum rc
cli_demo_story_start(const struct cli_demo_story_settings *settings,
    struct cli_demo_story *story, struct err *err)
{
	sigset_t all, before;
	bool has_failed = false;

	prepare(settings, story);
	/* Signals are the main thread's. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i < story->case_count && !has_failed; i++) {
		struct cli_demo_story_case *one = &story->cases[i];

		has_failed = pthread_create(&one->thread, NULL, run, one) != 0;
		one->is_started = !has_failed;
	}
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (has_failed || story->news < 0)
		return err_set(err, RC_FAILED, "demo_story",
		    "the system gives no more threads");
	return RC_OK;
}

void
cli_demo_story_stop(struct cli_demo_story *story)
{
	atomic_store(&story->is_over, true);
	for (size_t i = 0; i < story->case_count; i++)
		if (story->cases[i].is_started)
			(void)pthread_join(story->cases[i].thread, NULL);
	for (size_t i = 0; i < story->case_count; i++)
		story->cases[i].is_started = false;
}

void
cli_demo_story_clear(struct cli_demo_story *story)
{
	for (size_t i = 0; i < story->case_count; i++)
		json_view_free(story->cases[i].file);
	if (story->case_count > 0 && story->news >= 0)
		(void)close(story->news);
	story->case_count = 0;
}

bool
cli_demo_story_is_settled(const struct cli_demo_story *story,
    const struct cli_demo_story_case **failed)
{
	bool all = true;

	*failed = NULL;
	for (size_t i = 0; i < story->case_count; i++) {
		const struct cli_demo_story_case *one = &story->cases[i];

		if (one->has_failed && *failed == NULL)
			*failed = one;
		all = all && one->is_settled;
	}
	return all;
}
