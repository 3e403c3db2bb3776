/*
 * One person's or machine's line to the demo's hub: certificate, calls,
 * answers as JSON.  One thread at a time.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/client/request.h"
#include "hub/wire/json_view.h"

struct cli_demo_caller {
	struct request_client *client;
	struct request_response response; /* of the last call */
	struct json_view *view;           /* of its body, or NULL */
	char name[64];
};

/* Prepare the line of the certificate `name`; clear it in any case. */
NODISCARD enum rc
cli_demo_caller_open(const struct cli_demo_place *place, const char *hub,
    const char *name, struct cli_demo_caller *caller, struct err *err);
void cli_demo_caller_clear(struct cli_demo_caller *caller);

/* GET.  Where `etag` is not "" only news is wanted: the hub may wait for it
 * `wait_seconds` and then say 304, which is RC_OK and no view.  RC_FAILED
 * `demo_call` for a refusal, RC_UNAVAILABLE without an answer. */
NODISCARD enum rc cli_demo_caller_get(struct cli_demo_caller *caller,
    const char *path, const char *etag, int wait_seconds, struct err *err);

/* POST under an Idempotency-Key. */
NODISCARD enum rc
cli_demo_caller_post(struct cli_demo_caller *caller, const char *path,
    const char *key, const char *body, size_t length, struct err *err);
