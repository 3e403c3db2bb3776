/*
 * Bodies of the examples: see cli_demo_body.h.
 */
#include "hub/cli/cli_demo_body.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/cli/input_file.h"
#include "hub/wire/json_writer.h"

#define PAYMENT_AGE (600 * CLOCK_SECOND)
#define REPORT_AGE (60 * CLOCK_SECOND)

static const char port_mark[] = "{port}";

/* How the strings of a body change on the way. */
struct filling {
	/* An institution. */
	const char *pki;
	int port;
	/* A case: times later than `latest` become `latest`. */
	int64_t span, latest;
	enum rc rc;
	struct err *err;
};

enum rc
cli_demo_body_load(
    const char *path, struct json_view **document, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

	strbuf_init(&text, CLI_DEMO_BODY_LIMIT);
	TRY(input_file_read(path, &text, err));
	if (json_view_parse(text.bytes, text.length, document, err) == RC_OK)
		return RC_OK;
	return err_set(
	    err, RC_FAILED, "demo_example", "%s holds no JSON", path);
}

/* ---- strings */

static void
write_certificate(struct strbuf *out, const char *key, const char *name,
    struct filling *filling)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	char path[PATH_MAX];

	strbuf_init(&pem, CLI_DEMO_BODY_LIMIT);
	(void)snprintf(path, sizeof(path), "%s/%s", filling->pki, name);
	if (filling->rc == RC_OK)
		filling->rc = input_file_read(path, &pem, filling->err);
	json_write_text(out, key, pem.bytes);
}

static void
write_with_port(struct strbuf *out, const char *key, const char *text,
    const char *mark, int port)
{
	char whole[512];

	(void)snprintf(whole, sizeof(whole), "%.*s%d%s", (int)(mark - text),
	    text, port, mark + strlen(port_mark));
	json_write_text(out, key, whole);
}

static void
write_string(struct strbuf *out, const char *key, const char *text,
    struct filling *filling)
{
	const char *mark = strstr(text, port_mark);
	int64_t at;

	if (filling->pki != NULL && text[0] == '@') {
		write_certificate(out, key, text + 1, filling);
	} else if (filling->pki != NULL && mark != NULL) {
		write_with_port(out, key, text, mark, filling->port);
	} else if (filling->pki == NULL && clock_parse(text, &at)) {
		at += filling->span;
		json_write_time(
		    out, key, at < filling->latest ? at : filling->latest);
	} else {
		json_write_text(out, key, text);
	}
}

/* ---- the walk */

static void
write_value(struct strbuf *out, const char *key, const struct json_view *value,
    struct filling *filling)
{
	const struct json_view *part;
	const char *name;

	if (json_view_is_object(value)) {
		json_write_object(out, key);
		for (size_t i = 0;
		     (part = json_view_member(value, i, &name)) != NULL; i++)
			write_value(out, name, part, filling);
		json_write_object_end(out);
	} else if (json_view_is_array(value)) {
		json_write_array(out, key);
		for (size_t i = 0; (part = json_view_item(value, i)) != NULL;
		     i++)
			write_value(out, NULL, part, filling);
		json_write_array_end(out);
	} else if (json_view_is_text(value)) {
		write_string(out, key, json_view_text(value, "", ""), filling);
	} else {
		json_write_raw(out, key, "");
		json_view_write(out, value);
	}
}

enum rc
cli_demo_body_institution(struct strbuf *out,
    const struct json_view *institution, const char *pki, int port,
    struct err *err)
{
	struct filling filling = { .pki = pki, .port = port, .err = err };

	write_value(out, NULL, institution, &filling);
	return filling.rc;
}

static int64_t
newest_payment(const struct json_view *example)
{
	const struct json_view *txns = json_view_at(example, "transactions");
	int64_t newest = 0, at;

	for (size_t i = 0; i < json_view_count(txns); i++)
		if (clock_parse(
			json_view_text(json_view_item(txns, i), "at", ""),
			&at) &&
		    at > newest)
			newest = at;
	return newest;
}

void
cli_demo_body_case(
    struct strbuf *out, const struct json_view *example, int64_t now)
{
	struct filling filling = { .pki = NULL, .latest = now - REPORT_AGE };

	filling.span = now - PAYMENT_AGE - newest_payment(example);
	write_value(out, NULL, example, &filling);
}
