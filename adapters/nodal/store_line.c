/*
 * Lines of the append file: see store_line.h.
 */
#include "adapters/nodal/store_line.h"

#include <string.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/domain/words.h"
#include "hub/wire/json_writer.h"

enum { SUM_BYTES = 8, SUM_TEXT = 2 * SUM_BYTES };

static const char *const kinds[STORE_KIND_COUNT] = {
	[STORE_MESSAGE] = "message",
	[STORE_PLAN] = "plan",
	[STORE_STEP] = "step",
	[STORE_POSTED] = "posted",
	[STORE_DONE] = "done",
};

static const struct words kind_words = { "kind", kinds, COUNT(kinds) };

static void
checksum(const char *json, size_t length, char text[SUM_TEXT + 1])
{
	uint8_t digest[DIGEST_SIZE];

	digest_sha256(json, length, digest);
	(void)hex_encode(digest, SUM_BYTES, text);
}

void
store_line_write(struct strbuf *out, const struct store_record *record)
{
	SCOPED(strbuf_clear) struct strbuf json = { .bytes = NULL };
	char sum[SUM_TEXT + 1];

	strbuf_init(&json, STORE_LINE_LIMIT);
	json_write_object(&json, NULL);
	json_write_text(&json, "k", kinds[record->kind]);
	json_write_text(&json, "id", record->id);
	if (record->target != NULL)
		json_write_text(&json, "target", record->target);
	json_write_int(&json, "n", record->n);
	json_write_int(&json, "status", record->status);
	json_write_int(&json, "at", record->at);
	if (record->body != NULL)
		json_write_text(&json, "body", record->body);
	json_write_object_end(&json);
	checksum(json.bytes, json.length, sum);
	strbuf_printf(out, "%s ", sum);
	strbuf_append_bytes(out, json.bytes, json.length);
	strbuf_append_char(out, '\n');
	out->failed = out->failed || json.failed;
}

bool
store_line_parse(const char *line, size_t length, struct store_line *parsed)
{
	const char *json = line + SUM_TEXT + 1;
	char sum[SUM_TEXT + 1];
	int kind;

	if (length < SUM_TEXT + 4 || line[length - 1] != '\n' ||
	    line[SUM_TEXT] != ' ')
		return false;
	length -= SUM_TEXT + 2;
	checksum(json, length, sum);
	if (memcmp(sum, line, SUM_TEXT) != 0 ||
	    json_view_parse(json, length, &parsed->view, NULL) != RC_OK)
		return false;
	if (!words_find(
		&kind_words, json_view_text(parsed->view, "k", ""), &kind)) {
		json_view_free(parsed->view);
		return false;
	}
	parsed->record = (struct store_record){
		.kind = (enum store_kind)kind,
		.id = json_view_text(parsed->view, "id", ""),
		.target = json_view_text(parsed->view, "target", ""),
		.n = (int)json_view_int(parsed->view, "n", 0),
		.status = (int)json_view_int(parsed->view, "status", 0),
		.at = json_view_int(parsed->view, "at", 0),
		.body = json_view_text(parsed->view, "body", ""),
	};
	return true;
}

void
store_line_clear(struct store_line *parsed)
{
	json_view_free(parsed->view);
	parsed->view = NULL;
}
