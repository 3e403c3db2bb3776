/*
 * The six cases as they happen: each has a thread that submits it as its
 * officer, follows it, and does what the officers of expected.json do as
 * soon as its time has come.  The main thread looks on.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_board.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/wire/json_view.h"

enum { CLI_DEMO_STORY_ID_SIZE = 64, CLI_DEMO_STORY_ACTS = 16 };

struct cli_demo_story;

struct cli_demo_story_case {
	struct cli_demo_story *story;
	const struct json_view *expected; /* its part of expected.json */
	char id[CLI_DEMO_STORY_ID_SIZE];  /* "": not submitted yet */
	pthread_t thread;
	bool is_started;
	/* Under the lock. */
	struct json_view *file; /* as last seen, or NULL */
	bool is_settled, has_failed;
	struct err err; /* why it failed */
};

struct cli_demo_story_settings {
	const struct cli_demo_place *place;
	const char *hub, *examples;
	const struct json_view *expected; /* expected.json */
	/* For people who look on: time between two submissions, and before
	 * an officer acts. */
	int submit_pause_ms, act_pause_ms;
};

struct cli_demo_story {
	struct cli_demo_story_settings settings;
	struct cli_demo_story_case cases[CLI_DEMO_BOARD_CASES];
	size_t case_count;
	pthread_mutex_t lock;
	atomic_bool is_over;
	int news; /* an eventfd: written at every change */
};

/* RC_FAILED where a thread cannot be started; stop it in any case. */
NODISCARD enum rc
cli_demo_story_start(const struct cli_demo_story_settings *settings,
    struct cli_demo_story *story, struct err *err);

/* Ask the threads to end, and wait for them; the cases stay to be looked at
 * until the clear. */
void cli_demo_story_stop(struct cli_demo_story *story);
void cli_demo_story_clear(struct cli_demo_story *story);

/* Does every case stand as expected?  `failed` points at the first case that
 * cannot go on, or is NULL.  Under the lock. */
bool cli_demo_story_is_settled(const struct cli_demo_story *story,
    const struct cli_demo_story_case **failed);
