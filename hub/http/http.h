/*
 * The HTTP API: who calls, which route, may they; then a command for the
 * desk or a look for the reader, and their answer as a response.  Nothing
 * here waits: a request is deferred before another thread knows it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/strbuf.h"
#include "hub/desk/desk.h"
#include "hub/domain/registry.h"
#include "hub/listener/exchange.h"
#include "hub/reading/reader.h"

struct http;
struct intake;
struct keyring;

/* A condition of readiness: GET /readyz is 200 while all hold, and nobody is
 * let in while one does not. */
struct http_probe {
	const char *name; /* "registry" */
	bool (*is_good)(void *context);
	void *context;
};

struct http_settings {
	struct desk *desk;
	struct reader *reader;
	const struct keyring *keyring;
	const char *version; /* of the program */
	/* A reference to the present view of the registry. */
	struct registry *(*registry)(void *context);
	void *context;
	struct intake *intake;        /* of uploads */
	const char *spool_directory;  /* where they wait, sealed */
	size_t document_limit;        /* bytes of one */
	unsigned requests_per_second; /* of one principal; 0 is 200 */
	unsigned lookups_per_minute;  /* the same; 0 is 60 */
	/* Beside "database", which is the desk's and the reader's. */
	const struct http_probe *probes; /* must outlive the http */
	size_t probe_count;
	/* Append more metrics (hub/http/metrics.h); or NULL. */
	void (*metrics)(void *context, struct strbuf *out);
	void *metrics_context;
};

/* Never NULL.  What the settings point to must outlive it. */
struct http *http_new(const struct http_settings *settings);

/* Only when no request is open any more. */
void http_free(struct http *http);

/* server_settings.handler of the API; `context` is the http. */
void http_handle(struct exchange *exchange, void *context);

/* The same of the loopback listener: /healthz, /readyz, /metrics. */
void http_admin_handle(struct exchange *exchange, void *context);
