/*
 * `$` words: see rule_body.h.
 */
#include "adapters/nodal/rule_body.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/money.h"
#include "hub/wire/json_writer.h"

enum { LARGEST_SPAN = 20 * 366 * 24 * 3600, REF_TAIL = 10 };

/* What the words are made of. */
struct making {
	struct strbuf *out;
	const struct json_view *target;
	int64_t now;
	struct err *err;
};

static enum rc
bad_word(struct err *err, const char *word)
{
	return err_set(
	    err, RC_INVALID, "bad_word", "%.40s is no word of a rule", word);
}

/* The number that follows a word; false for anything else. */
static bool
number_behind(const char *text, long low, long high, long *number)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	*number = strtol(text, &end, 10);
	return *end == '\0' && *number >= low && *number <= high;
}

static enum rc
requested(const struct making *making, struct money *money)
{
	const struct json_view *amount = json_view_at(
	    making->target, "amount_requested");

	if (amount == NULL)
		return err_set(making->err, RC_INVALID, "no_amount",
		    "the target has no amount_requested");
	return money_parse(json_view_text(amount, "amount", ""),
	    json_view_text(amount, "currency", ""), money, making->err);
}

static void
write_money(struct strbuf *out, const char *key, const struct money *money)
{
	char text[MONEY_TEXT_SIZE];

	json_write_object(out, key);
	json_write_text(out, "amount", money_format(money, text));
	json_write_text(out, "currency", money->currency);
	json_write_object_end(out);
}

/* ---- one function for each word; `rest` is what stands behind it */

static enum rc
write_requested(const struct making *making, const char *key, const char *rest)
{
	struct money money;

	if (*rest != '\0')
		return bad_word(making->err, rest);
	TRY(requested(making, &money));
	write_money(making->out, key, &money);
	return RC_OK;
}

/* N per cent, rounded down, without an overflow on the way. */
static int64_t
part_of(int64_t minor, long percent)
{
	return minor / 100 * percent + minor % 100 * percent / 100;
}

static enum rc
write_part(const struct making *making, const char *key, const char *rest)
{
	struct money money;
	long percent;

	if (!number_behind(rest, 1, 99, &percent))
		return bad_word(making->err, rest);
	TRY(requested(making, &money));
	money.minor = part_of(money.minor, percent);
	write_money(making->out, key, &money);
	return RC_OK;
}

static enum rc
write_rest(const struct making *making, const char *key, const char *rest)
{
	struct money money;
	long percent;

	if (!number_behind(rest, 1, 99, &percent))
		return bad_word(making->err, rest);
	TRY(requested(making, &money));
	money.minor -= part_of(money.minor, percent);
	write_money(making->out, key, &money);
	return RC_OK;
}

static enum rc
write_now(const struct making *making, const char *key, const char *rest)
{
	long seconds = 0;

	if (*rest != '\0' &&
	    ((*rest != '+' && *rest != '-') ||
		!number_behind(rest + 1, 0, LARGEST_SPAN, &seconds)))
		return bad_word(making->err, rest);
	if (*rest == '-')
		seconds = -seconds;
	json_write_time(making->out, key, making->now + seconds * CLOCK_SECOND);
	return RC_OK;
}

static enum rc
write_ref(const struct making *making, const char *key, const char *rest)
{
	const char *id = json_view_text(making->target, "id", "");
	size_t length = strlen(id);
	char text[REF_TAIL + 3] = "H-";

	if (*rest != '\0')
		return bad_word(making->err, rest);
	if (length > REF_TAIL)
		id += length - REF_TAIL;
	for (size_t i = 0; id[i] != '\0'; i++)
		text[2 + i] = (char)toupper((unsigned char)id[i]);
	json_write_text(making->out, key, text);
	return RC_OK;
}

static const struct {
	const char *word;
	enum rc (*write)(const struct making *, const char *, const char *);
} words[] = {
	{ "$requested", write_requested },
	{ "$part ", write_part },
	{ "$rest ", write_rest },
	{ "$now", write_now },
	{ "$ref", write_ref },
};

static enum rc
write_word(const struct making *making, const char *key, const char *text)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		size_t length = strlen(words[i].word);

		if (strncmp(text, words[i].word, length) == 0)
			return words[i].write(making, key, text + length);
	}
	return bad_word(making->err, text);
}

/* ---- the tree; the reader has bounded its depth */

static enum rc write_value(const struct making *making, const char *key,
    const struct json_view *value);

static enum rc
write_items(
    const struct making *making, const char *key, const struct json_view *value)
{
	json_write_array(making->out, key);
	for (size_t i = 0; i < json_view_count(value); i++)
		TRY(write_value(making, NULL, json_view_item(value, i)));
	json_write_array_end(making->out);
	return RC_OK;
}

static enum rc
write_members(
    const struct making *making, const char *key, const struct json_view *value)
{
	const struct json_view *member;
	const char *name = NULL;

	json_write_object(making->out, key);
	for (size_t i = 0; (member = json_view_member(value, i, &name)) != NULL;
	     i++)
		TRY(write_value(making, name, member));
	json_write_object_end(making->out);
	return RC_OK;
}

static enum rc
write_plain(
    const struct making *making, const char *key, const struct json_view *value)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

	strbuf_init(&text, 64 * 1024);
	json_view_write(&text, value);
	json_write_raw(making->out, key, text.bytes);
	return RC_OK;
}

static enum rc
write_value(
    const struct making *making, const char *key, const struct json_view *value)
{
	const char *text = json_view_text(value, "", "");

	if (json_view_is_object(value))
		return write_members(making, key, value);
	if (json_view_is_array(value))
		return write_items(making, key, value);
	if (text[0] == '$')
		return write_word(making, key, text);
	return write_plain(making, key, value);
}

enum rc
rule_body_write(struct strbuf *out, const struct json_view *body,
    const struct json_view *target, int64_t now, struct err *err)
{
	const struct making making = { out, target, now, err };

	TRY(write_value(&making, NULL, body));
	if (out->failed)
		return err_set(err, RC_TOO_LARGE, "answer_too_large",
		    "the answer of the rule is too large");
	return RC_OK;
}

enum rc
rule_body_check(const struct json_view *body, struct err *err)
{
	static const char sample[] =
	    "{\"id\":\"tgt_00000000000000000000000000\",\"amount_requested\":"
	    "{\"amount\":\"100.00\",\"currency\":\"INR\"}}";
	SCOPED(json_view_cleanup) struct json_view *target = NULL;
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, 64 * 1024);
	TRY(json_view_parse(sample, sizeof(sample) - 1, &target, err));
	return rule_body_write(&out, body, target, 0, err);
}
