/*
 * Documents from the terminal: see cli_document.h.
 */
#include "hub/cli/cli_document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/base/encode.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/crypto/digest.h"
#include "hub/domain/document.h"
#include "hub/wire/json_writer.h"

enum {
	BODY_LIMIT = 64 * 1024,
	FILE_LIMIT = 100 * 1024 * 1024,
	HEADER_LIMIT = 20,
	HEADER_BYTES = 8192,
};

static void
print_outcome(const struct hub_call *call)
{
	const struct json_view *owed = json_view_at(call->view, "formalities");

	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s  %s\n", json_view_text(call->view, "id", ""),
	    json_view_text(call->view, "status", ""),
	    json_view_text(call->view, "type", ""));
	for (size_t i = 0; i < json_view_count(owed); i++) {
		const struct json_view *one = json_view_item(owed, i);

		(void)printf("  %s  %s  %s\n", json_view_text(one, "id", ""),
		    json_view_text(one, "status", ""),
		    json_view_text(one, "type", ""));
	}
}

/* ---- add */

/* Header lines of an upload, one behind the other in `text`. */
struct lines {
	struct strbuf text;
	size_t starts[HEADER_LIMIT], count;
	const char *list[HEADER_LIMIT + 1];
};

/* People's words, percent-encoded. */
static void
lines_add(struct lines *lines, const char *name, const char *value)
{
	if (value == NULL || lines->count == HEADER_LIMIT)
		return;
	lines->starts[lines->count++] = lines->text.length;
	strbuf_printf(&lines->text, "%s: ", name);
	hub_call_escape(&lines->text, value);
	strbuf_append_char(&lines->text, '\0');
}

/* Base64 and lists of ids go as they are. */
static void
lines_add_plain(struct lines *lines, const char *name, const char *value)
{
	if (value == NULL || lines->count == HEADER_LIMIT)
		return;
	lines->starts[lines->count++] = lines->text.length;
	strbuf_printf(&lines->text, "%s: %s", name, value);
	strbuf_append_char(&lines->text, '\0');
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static void
fill_content(struct lines *lines, const struct strbuf *bytes, const char *media)
{
	uint8_t sha256[DIGEST_SIZE];
	char base64[BASE64_SIZE(DIGEST_SIZE)], digest[BASE64_SIZE(64)];

	digest_sha256(bytes->bytes, bytes->length, sha256);
	(void)snprintf(digest, sizeof digest,
	    "sha-256=:%s:", base64_encode(sha256, sizeof sha256, base64));
	lines_add_plain(lines, "Content-Digest", digest);
	lines_add_plain(lines, "Content-Type", media);
}

static void
fill_lines(struct lines *lines, const struct args *args)
{
	static const char *const texts[][2] = {
		{ "Document-Issuer", "issuer" },
		{ "Document-Number", "number" },
	};
	static const char *const plain[][2] = {
		{ "Document-Type", "type" },
		{ "Document-Date", "date" },
		{ "Document-Language", "language" },
		{ "Document-Signature-Format", "signature-format" },
		{ "Document-Signature", "signature" },
		{ "Document-Signer-Key", "signer-key" },
		{ "Document-Formality", "formality" },
		{ "Document-Request", "request" },
		{ "Document-Supersedes", "supersedes" },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		lines_add(lines, texts[i][0], args_value(args, texts[i][1]));
	for (size_t i = 0; i < COUNT(plain); i++)
		lines_add_plain(
		    lines, plain[i][0], args_value(args, plain[i][1]));
	lines_add(lines, "Document-Name", base_name(args_operand(args, 1)));
	for (size_t i = 0; i < lines->count; i++)
		lines->list[i] = lines->text.bytes + lines->starts[i];
	lines->list[lines->count] = NULL;
}

static enum exit_code
upload(const struct args *args, const char *path, const struct strbuf *bytes,
    const char *media)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	struct lines lines = { .count = 0 };
	enum exit_code code = hub_call_open(args, &call);

	strbuf_init(&lines.text, HEADER_BYTES);
	fill_content(&lines, bytes, media);
	fill_lines(&lines, args);
	if (code == EXIT_CODE_OK)
		code = hub_call_upload(&call, path,
		    args_value(args, "idempotency-key"), lines.list,
		    bytes->bytes, bytes->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	strbuf_clear(&lines.text);
	return code;
}

int
cli_document_add(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf bytes = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];
	enum document_format format;
	struct err err;

	if (!args_has(args, "type")) {
		(void)fprintf(
		    stderr, "freezeline: %s needs --type\n", args->row->name);
		return EXIT_CODE_USAGE;
	}
	if (!hub_call_path(
		path, "/v1/cases/", args_operand(args, 0), "/documents"))
		return EXIT_CODE_USAGE;
	strbuf_init(&bytes, FILE_LIMIT);
	if (input_file_read(args_operand(args, 1), &bytes, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	if (!document_sniff(bytes.bytes, bytes.length, &format)) {
		(void)fprintf(stderr,
		    "freezeline: %s is none of the formats that are taken\n",
		    args_operand(args, 1));
		return EXIT_CODE_USAGE;
	}
	return upload(args, path, &bytes, document_media_of(format));
}

/* ---- get */

/* A new file of the person's own; one that is there is left alone. */
static enum exit_code
write_file(const char *path, const struct strbuf *bytes)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	const char *from = bytes->bytes;
	size_t left = bytes->length;

	while (file >= 0 && left > 0) {
		ssize_t written = write(file, from, left);

		if (written <= 0)
			break;
		from += written;
		left -= (size_t)written;
	}
	if (file >= 0 && close(file) == 0 && left == 0)
		return EXIT_CODE_OK;
	(void)fprintf(stderr, "freezeline: %s: %s\n", path, strerror(errno));
	return EXIT_CODE_FAILED;
}

static enum exit_code
get_content(const struct args *args, struct hub_call *call)
{
	const char *output = args_value(args, "output");
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/documents/", args_operand(args, 0), "/content"))
		return EXIT_CODE_USAGE;
	code = hub_call_get(call, path, NULL);
	return code == EXIT_CODE_OK ? write_file(output, &call->response.body)
				    : code;
}

int
cli_document_get(const struct args *args)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!args_has(args, "output")) {
		(void)fprintf(
		    stderr, "freezeline: %s needs --output\n", args->row->name);
		return EXIT_CODE_USAGE;
	}
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = get_content(args, &call);
	if (code != EXIT_CODE_OK || !call.as_json)
		return code;
	if (!hub_call_path(path, "/v1/documents/", args_operand(args, 0), ""))
		return EXIT_CODE_USAGE;
	code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK)
		hub_call_print_json(&call);
	return code;
}

/* ---- decide, waive */

static enum exit_code
post(const struct args *args, const char *path, const struct strbuf *body)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body->bytes,
		    body->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	return code;
}

static void
write_defects(struct strbuf *body, const char *list)
{
	json_write_array(body, "defects");
	while (*list != '\0') {
		size_t length = strcspn(list, ",");

		json_write_text_bytes(body, NULL, list, length);
		list += length + (list[length] == ',');
	}
	json_write_array_end(body);
}

int
cli_document_decide(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];

	if (!hub_call_path(
		path, "/v1/documents/", args_operand(args, 0), "/decisions"))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_text(&body, "decision", args_operand(args, 1));
	if (args_has(args, "defects"))
		write_defects(&body, args_value(args, "defects"));
	if (args_has(args, "note"))
		json_write_text(&body, "note", args_value(args, "note"));
	json_write_object_end(&body);
	return post(args, path, &body);
}

int
cli_document_waive(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];

	if (!args_has(args, "reason")) {
		(void)fprintf(
		    stderr, "freezeline: %s needs --reason\n", args->row->name);
		return EXIT_CODE_USAGE;
	}
	if (!hub_call_path(
		path, "/v1/formalities/", args_operand(args, 0), "/waivers"))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_text(&body, "reason", args_value(args, "reason"));
	json_write_object_end(&body);
	return post(args, path, &body);
}
