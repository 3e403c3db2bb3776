/*
 * Money on its way back, from the terminal: see cli_restitution.h.
 */
#include "hub/cli/cli_restitution.h"

#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 1024 * 1024 };

static void
print_plan(const struct json_view *view)
{
	static const char *const titles[] = { "FROM", "TO", ">AMOUNT",
		"CURRENCY", NULL };
	const struct json_view *payments = json_view_at(view, "payments");
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(payments); i++) {
		const struct json_view *one = json_view_item(payments, i);

		text_table_cell(&table, json_view_text(one, "from", ""));
		text_table_cell(&table, json_view_text(one, "to", ""));
		text_table_cell(
		    &table, json_view_text(one, "amount/amount", ""));
		text_table_cell(
		    &table, json_view_text(one, "amount/currency", ""));
	}
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

int
cli_restitution_plan(const struct args *args)
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
		code = hub_call_post_keyless(
		    &call, "/v1/restitution-plans", body.bytes, body.length);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_plan(call.view);
	hub_call_clear(&call);
	return code;
}

/* ---- acts */

static void
print_one(const struct json_view *view)
{
	(void)printf("%s  %s  %s %s  due %s  paid %s\n",
	    json_view_text(view, "id", ""), json_view_text(view, "status", ""),
	    json_view_text(view, "amount/amount", ""),
	    json_view_text(view, "amount/currency", ""),
	    json_view_text(view, "due_at", "-"),
	    json_view_text(view, "paid_at", "-"));
}

static void
print_outcome(const struct hub_call *call)
{
	const struct json_view *list = json_view_at(call->view, "restitutions");

	if (call->as_json)
		hub_call_print_json(call);
	else if (list == NULL)
		print_one(call->view);
	for (size_t i = 0; !call->as_json && i < json_view_count(list); i++)
		print_one(json_view_item(list, i));
}

/* POST prefix + operand + suffix. */
static int
act(const struct args *args, const char *prefix, const char *suffix,
    const struct strbuf *body)
{
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(path, prefix, args_operand(args, 0), suffix))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body->bytes,
		    body->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}

/* An option of the command line and the member that it becomes. */
struct told {
	const char *option, *member;
	bool is_needed;
};

static bool
write_told(struct strbuf *body, const struct args *args,
    const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (args_has(args, told[i].option))
			json_write_text(body, told[i].member,
			    args_value(args, told[i].option));
		else if (told[i].is_needed) {
			(void)fprintf(stderr, "freezeline: %s needs --%s\n",
			    args->row->name, told[i].option);
			return false;
		}
	}
	return true;
}

static const struct told order_told[] = {
	{ "basis", "basis", true }, { "issuer", "issuer", true },
	{ "number", "number", true }, { "date", "issued_on", true },
	{ "document", "document", false }, { "reason", "reason", false },
	{ "until", "expires_at", true }, /* the last: of an attachment */
};

static int
register_order(const struct args *args, const char *prefix, const char *suffix,
    size_t count)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	if (!write_told(&body, args, order_told, count))
		return EXIT_CODE_USAGE;
	json_write_object_end(&body);
	return act(args, prefix, suffix, &body);
}

int
cli_target_attach(const struct args *args)
{
	return register_order(
	    args, "/v1/targets/", "/attachments", COUNT(order_told));
}

int
cli_restitution_order(const struct args *args)
{
	return register_order(
	    args, "/v1/restitutions/", "/order", COUNT(order_told) - 1);
}

int
cli_restitution_refuse(const struct args *args)
{
	static const struct told told[] = { { "reason", "reason", true } };
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	if (!write_told(&body, args, told, COUNT(told)))
		return EXIT_CODE_USAGE;
	json_write_object_end(&body);
	return act(args, "/v1/restitutions/", "/refusal", &body);
}

int
cli_restitution_propose(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 1), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return act(args, "/v1/cases/", "/restitutions", &body);
}

int
cli_restitution_pay(const struct args *args)
{
	static const struct told told[] = {
		{ "reference", "reference", false },
		{ "paid-at", "paid_at", false },
		{ "reason", "reason", false },
		{ "note", "note", false },
	};
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_text(&body, "status", args_operand(args, 1));
	if (!write_told(&body, args, told, COUNT(told)))
		return EXIT_CODE_USAGE;
	if (args_has(args, "amount")) {
		json_write_object(&body, "amount");
		json_write_text(&body, "amount", args_value(args, "amount"));
		json_write_text(&body, "currency",
		    args_has(args, "currency") ? args_value(args, "currency")
					       : "");
		json_write_object_end(&body);
	}
	json_write_object_end(&body);
	return act(args, "/v1/restitutions/", "/payments", &body);
}

int
cli_restitution_show(const struct args *args)
{
	char path[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/restitutions/", args_operand(args, 0), ""))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}
