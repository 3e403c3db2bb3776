/*
 * What people outside are told: the notice to an account holder, the status
 * for the victim; see cli_case.h.
 */
#include "hub/cli/cli_case.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/cli/hub_call.h"

int
cli_case_notice(const struct args *args)
{
	static const char *const as_text[] = { "Accept: text/plain", NULL };
	char path[HUB_CALL_PATH_SIZE], query[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;

	if (!hub_call_path(
		query, "/notice?target=", args_operand(args, 1), "") ||
	    !hub_call_path(path, "/v1/cases/", args_operand(args, 0), query))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, call.as_json ? NULL : as_text);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		(void)fputs(call.response.body.bytes, stdout);
	hub_call_clear(&call);
	return code;
}

static void
print_money(const char *label, const struct json_view *money)
{
	(void)printf("%-10s %s %s\n", label,
	    json_view_text(money, "amount", ""),
	    json_view_text(money, "currency", ""));
}

static void
print_status(const struct json_view *view)
{
	static const char *const steps[] = { "waiting", "held", "not_held",
		"refused", "released", "returned", "dropped" };
	const struct json_view *held = json_view_at(view, "held");
	const struct json_view *counts = json_view_at(view, "steps");

	(void)printf("%s  %s\n", json_view_text(view, "ref", ""),
	    json_view_text(view, "status", ""));
	print_money("loss", json_view_at(view, "loss"));
	for (size_t i = 0; i < json_view_count(held); i++)
		print_money("held", json_view_item(held, i));
	for (size_t i = 0; i < COUNT(steps); i++)
		(void)printf("%-10s %" PRId64 "\n", steps[i],
		    json_view_int(counts, steps[i], 0));
}

int
cli_case_status(const struct args *args)
{
	char path[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/cases/", args_operand(args, 0), "/status"))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_status(call.view);
	hub_call_clear(&call);
	return code;
}
