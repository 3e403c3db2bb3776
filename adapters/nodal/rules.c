/*
 * Rule files: see rules.h.  The document is kept and looked at again at each
 * match: rule files are short.
 */
#include "adapters/nodal/rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/nodal/rule_body.h"
#include "adapters/nodal/rules_inside.h"

enum {
	RULE_LIMIT = 256,
	ANSWER_LIMIT = 32,
	AFTER_LIMIT_MS = 24 * 3600 * 1000,
	DELAY_LIMIT_MS = 9000,
	FILE_LIMIT = 1024 * 1024,
	COUNT_LIMIT = 1000000,
};

/* ---- reading */

static enum rc
read_int(const struct json_view *object, const char *name, int low, int high,
    int *out, struct err *err)
{
	int64_t number = json_view_int(object, name, INT64_MIN);

	if (json_view_at(object, name) == NULL)
		return RC_OK;
	if (number < low || number > high)
		return err_at(err, RC_INVALID, "", "out_of_range",
		    "%s must be a number from %d to %d", name, low, high);
	*out = (int)number;
	return RC_OK;
}

static enum rc
read_receiver(const struct json_view *object, struct rules_receiver *receiver,
    struct err *err)
{
	static const char *const names[] = { "delay_ms", "fail_first",
		"fail_seconds", "fail_status", "fail_until_file", NULL };
	const struct json_view *file = json_view_at(object, "fail_until_file");

	receiver->fail_status = 500;
	if (object == NULL)
		return RC_OK;
	TRY(rules_match_members(object, names, err));
	TRY(read_int(
	    object, "delay_ms", 0, DELAY_LIMIT_MS, &receiver->delay_ms, err));
	TRY(read_int(
	    object, "fail_first", 0, COUNT_LIMIT, &receiver->fail_first, err));
	TRY(read_int(object, "fail_seconds", 0, COUNT_LIMIT,
	    &receiver->fail_seconds, err));
	TRY(read_int(
	    object, "fail_status", 400, 599, &receiver->fail_status, err));
	if (file != NULL &&
	    (size_t)snprintf(receiver->fail_until_file,
		sizeof(receiver->fail_until_file), "%s",
		json_view_text(file, "", "")) -
		    1 >=
		sizeof(receiver->fail_until_file) - 1)
		return err_at(err, RC_INVALID, "", "wrong_type",
		    "fail_until_file must be a path of at most 255 bytes");
	return RC_OK;
}

static enum rc
check_answer(const struct json_view *answer, struct err *err)
{
	static const char *const names[] = { "after_ms", "body", NULL };
	const struct json_view *body = json_view_at(answer, "body");
	int after_ms = 0;

	TRY(rules_match_members(answer, names, err));
	TRY(read_int(answer, "after_ms", 0, AFTER_LIMIT_MS, &after_ms, err));
	if (json_view_text(body, "code", NULL) == NULL)
		return err_at(err, RC_INVALID, "/body", "missing_member",
		    "must be an answer with a code");
	if (rule_body_check(body, err) == RC_OK)
		return RC_OK;
	err_prefix(err, "/body");
	return err->rc;
}

static enum rc
read_rule(const struct json_view *view, struct rule *rule, struct err *err)
{
	static const char *const names[] = { "name", "about", "match",
		"answers", NULL };

	TRY(rules_match_members(view, names, err));
	rule->name = json_view_text(view, "name", "a rule without a name");
	rule->match = json_view_at(view, "match");
	rule->answers = json_view_at(view, "answers");
	if (rules_match_check(rule->match, err) != RC_OK) {
		err_prefix(err, "/match");
		return err->rc;
	}
	if (!json_view_is_array(rule->answers) ||
	    json_view_count(rule->answers) > ANSWER_LIMIT)
		return err_at(err, RC_INVALID, "/answers", "wrong_type",
		    "must be an array of at most %d answers", ANSWER_LIMIT);
	for (size_t i = 0; i < json_view_count(rule->answers); i++) {
		if (check_answer(json_view_item(rule->answers, i), err) ==
		    RC_OK)
			continue;
		err_prefix(err, "/answers/%zu", i);
		return err->rc;
	}
	return RC_OK;
}

static enum rc
read_rules(struct rules *rules, struct err *err)
{
	static const char *const names[] = { "about", "receiver", "rules",
		NULL };
	const struct json_view *list = json_view_at(rules->document, "rules");

	TRY(rules_match_members(rules->document, names, err));
	if (read_receiver(json_view_at(rules->document, "receiver"),
		&rules->receiver, err) != RC_OK) {
		err_prefix(err, "/receiver");
		return err->rc;
	}
	if (!json_view_is_array(list) || json_view_count(list) > RULE_LIMIT)
		return err_at(err, RC_INVALID, "/rules", "wrong_type",
		    "must be an array of at most %d rules", RULE_LIMIT);
	rules->rules = calloc(json_view_count(list) + 1, sizeof(struct rule));
	if (rules->rules == NULL)
		abort();
	for (; rules->count < json_view_count(list); rules->count++) {
		size_t n = rules->count;

		if (read_rule(json_view_item(list, n), &rules->rules[n], err) ==
		    RC_OK)
			continue;
		err_prefix(err, "/rules/%zu", n);
		return err->rc;
	}
	return RC_OK;
}

enum rc
rules_parse(
    const char *text, size_t length, struct rules **rules, struct err *err)
{
	SCOPED(rules_cleanup)
	struct rules *parsed = calloc(1, sizeof(*parsed));

	if (parsed == NULL)
		abort();
	TRY(json_view_parse(text, length, &parsed->document, err));
	TRY(read_rules(parsed, err));
	*rules = parsed;
	parsed = NULL;
	return RC_OK;
}

enum rc
rules_load(const char *path, struct rules **rules, struct err *err)
{
	FILE *file = fopen(path, "re");
	char *text = malloc(FILE_LIMIT);
	size_t length;
	enum rc rc;

	if (text == NULL)
		abort();
	if (file == NULL) {
		free(text);
		return err_set(err, RC_MISSING, "no_rule_file",
		    "cannot read %s: %s", path, strerror(errno));
	}
	length = fread(text, 1, FILE_LIMIT, file);
	(void)fclose(file);
	rc = length == FILE_LIMIT
	    ? err_set(err, RC_TOO_LARGE, "too_large", "the file is over 1 MB")
	    : rules_parse(text, length, rules, err);
	free(text);
	if (rc != RC_OK && err != NULL) {
		struct err told = *err;

		return err_at(err, rc, told.pointer, told.code, "%s%s%s: %s",
		    path, told.pointer[0] != '\0' ? " at " : "", told.pointer,
		    told.text);
	}
	return rc;
}

void
rules_free(struct rules *rules)
{
	if (rules == NULL)
		return;
	json_view_free(rules->document);
	free(rules->rules);
	free(rules);
}

void
rules_cleanup(struct rules **rules)
{
	rules_free(*rules);
}

const struct rules_receiver *
rules_receiver(const struct rules *rules)
{
	return &rules->receiver;
}

const char *
rules_name(const struct rule *rule)
{
	return rule->name;
}

bool
rules_answer(const struct rule *rule, size_t n, int64_t *after_ms,
    const struct json_view **body)
{
	const struct json_view *answer = json_view_item(rule->answers, n);

	if (answer == NULL)
		return false;
	*after_ms = json_view_int(answer, "after_ms", 0);
	*body = json_view_at(answer, "body");
	return true;
}
