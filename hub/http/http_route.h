/*
 * The routes as a table: method, path, who may, and how a request becomes a
 * command, a look, or an answer at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/access.h"
#include "hub/domain/command.h"
#include "hub/reading/reader.h"

struct call;
struct response;

/* Body and path to a command; `call` has id, arena and the parsed query. */
typedef enum rc
http_read(const struct call *call, struct command *command, struct err *err);

/* Query and path to a look. */
typedef enum rc http_look(
    const struct call *call, struct view_request *request, struct err *err);

/* An answer that needs neither. */
typedef enum rc http_answer(
    const struct call *call, struct response *response, struct err *err);

struct http_route {
	const char *method;
	/* A segment "{tgt}" is an id with that prefix; one at most. */
	const char *path;
	enum right right;
	bool needs_key;      /* an Idempotency-Key (not of a dry run) */
	const char *queries; /* parameters that it knows, or "" */
	/* One of these. */
	http_read *read;
	http_look *look;
	http_answer *answer;
	bool is_upload; /* its body is a document, not JSON */
	bool is_scarce; /* its own, lower limit for a principal */
};

enum { HTTP_ROUTE_LIMIT = 96, HTTP_PARAM_SIZE = 64 };

/* Where a path leads. */
struct http_way {
	const struct http_route *route; /* NULL: nowhere */
	char param[HTTP_PARAM_SIZE];    /* the segment of the id, or "" */
	char prefix[8];                 /* that it must have */
	bool is_known;                  /* another method has this path */
	char allow[64];                 /* those methods, for a 405 */
};

/* HEAD goes where GET goes. */
void
http_route_find(const char *method, const char *path, struct http_way *way);

/* All of them, for metrics and tests. */
const struct http_route *http_route_list(size_t *count);
