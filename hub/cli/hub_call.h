/*
 * What every client command shares: who I am, which hub, one call and its
 * answer.  Failures are printed here, once, and come back as exit codes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/cli/args.h"
#include "hub/cli/exit_code.h"
#include "hub/client/request.h"
#include "hub/config/client_config.h"
#include "hub/wire/json_view.h"

enum { HUB_CALL_PATH_SIZE = 512, HUB_CALL_KEY_SIZE = 256 };

struct hub_call {
	struct request_client *client;
	struct request_response response; /* of the last call */
	struct json_view *view;           /* of its body; NULL: no JSON */
	bool as_json;
};

/* The client's settings with the common options on top; RC_INVALID. */
NODISCARD enum rc hub_call_settings(
    const struct args *args, struct client_config *config, struct err *err);

/* Read the settings, prepare the line. */
NODISCARD enum exit_code
hub_call_open(const struct args *args, struct hub_call *call);
void hub_call_clear(struct hub_call *call);

/* GET.  `headers` as in request_perform; 304 is EXIT_CODE_OK with no view. */
NODISCARD enum exit_code hub_call_get(
    struct hub_call *call, const char *path, const char *const *headers);

/* POST a body (NULL: none) under an Idempotency-Key: `key`, or a fresh one
 * for NULL.  Without an answer it is tried again with the same key, because
 * the hub answers a key once; then the key is printed. */
NODISCARD enum exit_code hub_call_post(struct hub_call *call, const char *path,
    const char *key, const char *body, size_t length);

/* POST bytes with header lines of their own ("name: value", ends with NULL;
 * at most 30), under a key like the above. */
NODISCARD enum exit_code
hub_call_upload(struct hub_call *call, const char *path, const char *key,
    const char *const *headers, const char *body, size_t length);

/* POST that needs no key: dry runs, the inbox checkpoint. */
NODISCARD enum exit_code hub_call_post_keyless(
    struct hub_call *call, const char *path, const char *body, size_t length);

/* DELETE what a GET of the path shows just now, by its ETag. */
NODISCARD enum exit_code
hub_call_delete(struct hub_call *call, const char *path);

/* The same with PATCH and a body. */
NODISCARD enum exit_code hub_call_patch(
    struct hub_call *call, const char *path, const char *body, size_t length);

/* "prefix" + id + "suffix"; false and a sentence on standard error where the
 * id holds anything but letters, digits, '_' and '-'. */
NODISCARD bool hub_call_path(char path[HUB_CALL_PATH_SIZE], const char *prefix,
    const char *id, const char *suffix);

/* Print the last answer's JSON as it came, with a newline. */
void hub_call_print_json(const struct hub_call *call);

/* "freezeline: sentence" on standard error; returns `code`. */
enum exit_code hub_call_complain(enum exit_code code, const struct err *err);

/* A cursor is opaque: whatever it holds goes through a URL unharmed. */
void hub_call_escape(struct strbuf *out, const char *text);
