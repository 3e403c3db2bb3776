/*
 * `freezeline demo`: see cli_demo.h.  Coordinates; the parts are in the
 * files cli_demo_*.
 */
#include "hub/cli/cli_demo.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/cli/cli_demo_hint.h"
#include "hub/cli/cli_demo_latency.h"
#include "hub/cli/cli_demo_screen.h"
#include "hub/cli/cli_demo_stage.h"
#include "hub/cli/cli_demo_story.h"
#include "hub/cli/cli_demo_verdict.h"
#include "hub/cli/hub_call.h"

enum {
	PORT = 8443,
	TEXT_LIMIT = 1024 * 1024,
	TICK_MS = 1000,
	SUBMIT_PAUSE_MS = 900,
	ACT_PAUSE_MS = 1500,
	CHECK_SECONDS = 25,
	SETTLE_MS = 150,
};

struct demo {
	bool is_check, is_stopped;
	int signals; /* a signalfd */
	int64_t started;
	struct cli_demo_stage stage;
	struct cli_demo_story story;
	struct cli_demo_screen screen;
	struct cli_demo_verdict verdict;
	/* What the lines have told of each case. */
	struct json_view *told[CLI_DEMO_BOARD_CASES];
};

/* ---- signals */

static int
open_signals(void)
{
	static const int taken[] = { SIGINT, SIGTERM, SIGHUP, SIGWINCH };
	sigset_t set;

	(void)sigemptyset(&set);
	for (size_t i = 0; i < COUNT(taken); i++)
		(void)sigaddset(&set, taken[i]);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
take_signals(struct demo *demo)
{
	struct signalfd_siginfo info;

	while (
	    read(demo->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGWINCH)
			cli_demo_screen_resized(&demo->screen);
		else
			demo->is_stopped = true;
	}
}

/* The settings of a hub that this person works with otherwise are none of
 * the demo's. */
static void
drop_settings(void)
{
	static const char prefix[] = "FREEZELINE_", kept[] = "FREEZELINE_PG_";

	for (char **at = environ; *at != NULL;) {
		char name[256];

		(void)snprintf(
		    name, sizeof(name), "%.*s", (int)strcspn(*at, "="), *at);
		if (strncmp(name, prefix, strlen(prefix)) != 0 ||
		    strncmp(name, kept, strlen(kept)) == 0 ||
		    unsetenv(name) != 0)
			at++;
		else
			at = environ;
	}
}

/* ---- telling */

static bool
say_step(void *context, const char *step)
{
	struct demo *demo = context;

	(void)printf("%6.2f s  %s\n",
	    (double)(clock_monotonic() - demo->started) / CLOCK_SECOND, step);
	(void)fflush(stdout);
	take_signals(demo);
	return demo->is_stopped;
}

static const char *
letter_of(const struct cli_demo_story_case *one)
{
	return json_view_text(one->expected, "case", "?");
}

static struct json_view *
copy_of(const struct json_view *view)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	struct json_view *copy = NULL;
	struct err err;

	strbuf_init(&text, TEXT_LIMIT);
	json_view_write(&text, view);
	(void)!json_view_parse(text.bytes, text.length, &copy, &err);
	return copy;
}

/* Under the story's lock. */
static void
tell_changes(struct demo *demo)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

	strbuf_init(&text, TEXT_LIMIT);
	for (size_t i = 0; i < demo->story.case_count; i++) {
		const struct cli_demo_story_case *one = &demo->story.cases[i];

		if (one->file == NULL)
			continue;
		cli_demo_board_write_changes(
		    &text, letter_of(one), demo->told[i], one->file);
		json_view_free(demo->told[i]);
		demo->told[i] = copy_of(one->file);
	}
	(void)fputs(text.bytes, stdout);
	(void)fflush(stdout);
}

/* Under the story's lock. */
static void
draw(struct demo *demo)
{
	struct cli_demo_board board = { .hub = demo->stage.hub,
		.case_count = demo->story.case_count };

	for (size_t i = 0; i < board.case_count; i++) {
		board.cases[i].letter = letter_of(&demo->story.cases[i]);
		board.cases[i].file = demo->story.cases[i].file;
	}
	cli_demo_screen_draw(&demo->screen, &board);
}

/* ---- watching */

/* Show the story as it is; true once there is nothing to wait for. */
static bool
look(struct demo *demo, struct err *err)
{
	const struct cli_demo_story_case *failed;
	const char *lost = cli_demo_stage_lost(&demo->stage);
	bool is_settled;

	(void)pthread_mutex_lock(&demo->story.lock);
	is_settled = cli_demo_story_is_settled(&demo->story, &failed);
	if (demo->screen.is_terminal)
		draw(demo);
	else
		tell_changes(demo);
	if (failed != NULL)
		*err = failed->err;
	(void)pthread_mutex_unlock(&demo->story.lock);
	if (lost != NULL)
		(void)err_set(err, RC_FAILED, "demo_child",
		    "%s has ended by itself; its log is in %s/log", lost,
		    demo->stage.place.dir);
	return failed != NULL || lost != NULL || (demo->is_check && is_settled);
}

/* Until Ctrl-C; for the check until all is settled or its time is over. */
static enum rc
watch(struct demo *demo, struct err *err)
{
	int64_t deadline = clock_monotonic() + CHECK_SECONDS * CLOCK_SECOND;

	err->rc = RC_OK;
	while (!demo->is_stopped && !look(demo, err)) {
		struct pollfd fds[] = { { demo->signals, POLLIN, 0 },
			{ demo->story.news, POLLIN, 0 } };
		uint64_t news;

		(void)poll(fds, COUNT(fds), TICK_MS);
		(void)!read(demo->story.news, &news, sizeof(news));
		take_signals(demo);
		if (demo->is_check && clock_monotonic() > deadline)
			break;
	}
	return err->rc;
}

static enum rc
start_story(struct demo *demo, struct err *err)
{
	const struct cli_demo_story_settings settings = {
		.place = &demo->stage.place,
		.hub = demo->stage.hub,
		.examples = CLI_DEMO_STAGE_EXAMPLES,
		.expected = demo->stage.expected,
		.submit_pause_ms = demo->is_check ? 0 : SUBMIT_PAUSE_MS,
		.act_pause_ms = demo->is_check ? 0 : ACT_PAUSE_MS,
	};

	return cli_demo_story_start(&settings, &demo->story, err);
}

static enum rc
show(struct demo *demo, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf hint = { .bytes = NULL };
	enum rc rc;

	strbuf_init(&hint, TEXT_LIMIT);
	cli_demo_hint_write(&hint, &demo->stage);
	cli_demo_screen_init(&demo->screen, demo->is_check);
	cli_demo_screen_above(&demo->screen, hint.bytes);
	rc = start_story(demo, err);
	if (rc == RC_OK)
		rc = watch(demo, err);
	cli_demo_screen_close(&demo->screen);
	return rc;
}

/* ---- judging */

static enum rc
judge(struct demo *demo, struct err *err)
{
	TRY(start_story(demo, err));
	/* What went wrong with a case is told with the case. */
	(void)!watch(demo, err);
	if (demo->is_stopped)
		return err_set(
		    err, RC_UNAVAILABLE, "interrupted", "stopped by a signal");
	cli_demo_story_stop(&demo->story);
	(void)poll(NULL, 0, SETTLE_MS);
	TRY(cli_demo_verdict_find(
	    &demo->stage, &demo->story, &demo->verdict, err));
	return cli_demo_latency_print(&demo->stage, err);
}

/* The stop is judged too: a sanitizer speaks at the end of a program. */
static enum rc
conclude(struct demo *demo, enum rc stopped, struct err *err)
{
	if (stopped == RC_OK)
		demo->verdict.passed++;
	else
		demo->verdict.failed++;
	(void)printf("demo: %d passed, %d failed\n", demo->verdict.passed,
	    demo->verdict.failed);
	if (stopped == RC_OK && demo->verdict.failed > 0)
		return err_set(err, RC_FAILED, "demo_differs",
		    "the run differs from docs/examples/expected.json");
	return stopped;
}

/* ---- the whole */

static enum rc
clear(struct demo *demo, struct err *err)
{
	enum rc rc;

	atomic_store(&demo->story.is_over, true);
	if (!demo->is_check && demo->stage.has_database)
		(void)puts("stopping");
	(void)fflush(stdout);
	cli_demo_stage_stop_hub(&demo->stage);
	cli_demo_story_stop(&demo->story);
	cli_demo_story_clear(&demo->story);
	for (size_t i = 0; i < COUNT(demo->told); i++)
		json_view_free(demo->told[i]);
	rc = cli_demo_stage_stop(&demo->stage, err);
	(void)close(demo->signals);
	return rc;
}

static enum rc
run(struct demo *demo, const char *dir, int port, struct err *err)
{
	struct err stop_err;
	enum rc rc, stopped;

	demo->signals = open_signals();
	rc = cli_demo_stage_start(dir, port, say_step, demo, &demo->stage, err);
	if (rc == RC_OK)
		rc = demo->is_check ? judge(demo, err) : show(demo, err);
	stopped = clear(demo, &stop_err);
	if (rc == RC_OK && stopped != RC_OK)
		*err = stop_err;
	if (rc == RC_OK)
		rc = demo->is_check ? conclude(demo, stopped, err) : stopped;
	/* A stop that was asked for is the usual end. */
	if (rc == RC_UNAVAILABLE && demo->is_stopped && !demo->is_check)
		rc = RC_OK;
	return rc;
}

int
cli_demo(const struct args *args)
{
	struct demo demo = { .is_check = args_has(args, "check"),
		.started = clock_monotonic() };
	const char *dir = args_value(args, "dir");
	struct err err = { .rc = RC_OK };
	long port;

	if (args_int(args, "port", 0, 65535, demo.is_check ? 0 : PORT, &port,
		&err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	if (dir == NULL)
		dir = demo.is_check ? ".demo-check" : ".demo";
	drop_settings();
	if (run(&demo, dir, (int)port, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return EXIT_CODE_OK;
}
