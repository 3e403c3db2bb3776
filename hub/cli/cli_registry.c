/*
 * The registry from the terminal: see cli_registry.h.
 */
#include "hub/cli/cli_registry.h"

#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 1024 * 1024, INTEGER_SIZE = 32 };

/* What differs between the two kinds of rows. */
struct listing {
	const char *collection;
	const char *const *titles;
	const char *const *paths;
};

static const char *const institution_titles[] = { "INSTITUTION", "SLUG", "NAME",
	"KIND", "COUNTRY", "STATUS", "ACTIVE FROM", NULL };
static const char *const institution_paths[] = { "id", "slug", "name", "kind",
	"country", "status", "active_from", NULL };
static const char *const endpoint_titles[] = { "ENDPOINT", "INSTITUTION",
	"KIND", "URL", "STATUS", "ACTIVE FROM", NULL };
static const char *const endpoint_paths[] = { "id", "institution/slug", "kind",
	"url", "status", "active_from", NULL };

static const struct listing institutions = { "/v1/institutions",
	institution_titles, institution_paths };
static const struct listing endpoints = { "/v1/endpoints", endpoint_titles,
	endpoint_paths };

static void
print_rows(const struct hub_call *call, const struct listing *listing)
{
	const struct json_view *rows = json_view_at(call->view, "items");
	struct text_table table;

	text_table_init(&table, listing->titles);
	for (size_t i = 0; i < json_view_count(rows); i++)
		for (size_t n = 0; listing->paths[n] != NULL; n++)
			text_table_cell(&table,
			    json_view_text(json_view_item(rows, i),
				listing->paths[n], ""));
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

static int
list(const struct args *args, const struct listing *listing)
{
	struct hub_call call;
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, listing->collection, NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_rows(&call, listing);
	hub_call_clear(&call);
	return code;
}

static void
print_proposal(const struct hub_call *call)
{
	const char *secret = json_view_text(call->view, "secret",
	    json_view_text(call->view, "endpoint/secret", NULL));

	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s\n", json_view_text(call->view, "id", "done"),
	    json_view_text(call->view, "status", ""));
	if (secret != NULL)
		(void)printf("signing secret, told once: %s\n", secret);
}

static int
add(const struct args *args, const char *collection)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct hub_call call;
	enum exit_code code;
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 0), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, collection,
		    args_value(args, "idempotency-key"), body.bytes,
		    body.length);
	if (code == EXIT_CODE_OK)
		print_proposal(&call);
	hub_call_clear(&call);
	return code;
}

static void
print_confirmed(const struct hub_call *call)
{
	(void)printf("%s  %s  from %s\n",
	    json_view_text(call->view, "id", "done"),
	    json_view_text(call->view, "status", ""),
	    json_view_text(call->view, "active_from", "?"));
}

static void
print_queued(const struct hub_call *call)
{
	(void)printf(
	    "%s  queued\n", json_view_text(call->view, "message", "done"));
}

/* A POST that says no more than its path. */
static int
act(const struct args *args, const char *prefix, const char *suffix,
    void (*print)(const struct hub_call *call))
{
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(path, prefix, args_operand(args, 0), suffix))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(
		    &call, path, args_value(args, "idempotency-key"), "{}", 2);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print(&call);
	hub_call_clear(&call);
	return code;
}

int
cli_registry_institution_list(const struct args *args)
{
	return list(args, &institutions);
}

int
cli_registry_institution_add(const struct args *args)
{
	return add(args, institutions.collection);
}

int
cli_registry_institution_confirm(const struct args *args)
{
	return act(args, "/v1/institutions/", "/confirmation", print_confirmed);
}

int
cli_registry_institution_confirm_place(const struct args *args)
{
	return act(
	    args, "/v1/institutions/", "/place/confirmation", print_confirmed);
}

static void
write_place(struct strbuf *body, const struct args *args)
{
	static const char *const names[] = { "parent", "district" };

	json_write_object(body, NULL);
	for (size_t i = 0; i < COUNT(names); i++)
		if (args_value(args, names[i]) != NULL)
			json_write_text(
			    body, names[i], args_value(args, names[i]));
	json_write_object_end(body);
}

int
cli_registry_institution_place(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/institutions/", args_operand(args, 0), "/place"))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	write_place(&body, args);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body.bytes,
		    body.length);
	if (code == EXIT_CODE_OK)
		print_proposal(&call);
	hub_call_clear(&call);
	return code;
}

int
cli_registry_endpoint_list(const struct args *args)
{
	return list(args, &endpoints);
}

int
cli_registry_endpoint_add(const struct args *args)
{
	return add(args, endpoints.collection);
}

int
cli_registry_endpoint_confirm(const struct args *args)
{
	return act(args, "/v1/endpoints/", "/confirmation", print_confirmed);
}

int
cli_registry_endpoint_test(const struct args *args)
{
	return act(args, "/v1/endpoints/", "/test", print_queued);
}

/* "204" or, without a whole response, what went wrong. */
static void
print_outcome(struct text_table *table, const struct json_view *attempt)
{
	const char *error = json_view_text(attempt, "error", NULL);
	char number[INTEGER_SIZE];

	(void)snprintf(number, sizeof number, "%lld",
	    (long long)json_view_int(attempt, "status", 0));
	text_table_cell(table, error == NULL ? number : error);
	(void)snprintf(number, sizeof number, "%lld ms",
	    (long long)json_view_int(attempt, "milliseconds", 0));
	text_table_cell(table, number);
}

static void
print_attempts(const struct hub_call *call)
{
	static const char *const titles[] = { "AT", "MESSAGE", "TYPE", "TRY",
		"OUTCOME", "TOOK", NULL };
	const struct json_view *rows = json_view_at(call->view, "items");
	struct text_table table;
	char number[INTEGER_SIZE];

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(rows); i++) {
		const struct json_view *attempt = json_view_item(rows, i);

		text_table_cell(&table, json_view_text(attempt, "at", ""));
		text_table_cell(&table, json_view_text(attempt, "message", ""));
		text_table_cell(&table, json_view_text(attempt, "type", ""));
		(void)snprintf(number, sizeof number, "%lld",
		    (long long)json_view_int(attempt, "n", 0));
		text_table_cell(&table, number);
		print_outcome(&table, attempt);
	}
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

int
cli_registry_endpoint_attempts(const struct args *args)
{
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/endpoints/", args_operand(args, 0), "/attempts"))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_attempts(&call);
	hub_call_clear(&call);
	return code;
}

int
cli_registry_me(const struct args *args)
{
	struct hub_call call;
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, "/v1/me", NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		(void)printf("%s (%s %s) at %s, %s\n%s\nkey %s\n",
		    json_view_text(call.view, "principal/name", "?"),
		    json_view_text(call.view, "principal/rank", ""),
		    json_view_text(call.view, "principal/role", "?"),
		    json_view_text(call.view, "institution/name", "?"),
		    json_view_text(call.view, "institution/kind", "?"),
		    json_view_text(call.view, "principal/id", "?"),
		    json_view_text(call.view, "spki_sha256", "?"));
	hub_call_clear(&call);
	return code;
}
