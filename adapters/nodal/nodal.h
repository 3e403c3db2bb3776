/*
 * `freezeline nodal`: the institution's side as one program.  Composes the
 * append file, the worker and a webhook or the inbox; runs until SIGTERM or
 * SIGINT, reads certificates again at SIGHUP.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/client/request.h"
#include "hub/listener/server.h"

/* NULL where it is not wanted. */
struct nodal_settings {
	const char *store_file;
	const char *key_file;  /* whsec_ and whpk_ keys of the hub's messages */
	const char *rule_file; /* one of these two */
	const char *program;
	bool from_inbox; /* else the webhook */
	struct server_settings server;
	const char *hub_spki;        /* 64 hex digits, or NULL */
	struct request_settings hub; /* how the answers go */
	FILE *announce; /* gets "listening on port N" once ready; or NULL */
};

/* RC_INVALID for a wrong setting, file or key; RC_OK after a stop. */
NODISCARD enum rc
nodal_run(const struct nodal_settings *settings, struct err *err);
