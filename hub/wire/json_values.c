/*
 * The domain's values: see json_values.h.
 */
#include "hub/wire/json_values.h"

#include <stdio.h>
#include <string.h>

#include "hub/domain/authority_list.h"
#include "hub/domain/ids.h"

enum { AMOUNT_BYTES = 32, NUMBER_BYTES = 21, NUMBER_MAX = 999 };

/* ---- money */

struct money_text {
	const char *amount, *currency;
};

static enum rc
read_money_text(
    const struct json_node *node, struct money_text *text, struct err *err)
{
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "amount", JSON_REQUIRED, AMOUNT_BYTES, &text->amount),
		MEMBER_TEXT("currency", JSON_REQUIRED, MONEY_CURRENCY_SIZE - 1,
		    &text->currency),
	};

	return json_read_members(node, members, COUNT(members), err);
}

enum rc
json_read_money(const struct json_node *node, void *out, struct err *err)
{
	struct money_text text;

	TRY(read_money_text(node, &text, err));
	return money_parse(text.amount, text.currency, out, err);
}

enum rc
json_read_money_positive(
    const struct json_node *node, void *out, struct err *err)
{
	struct money_text text;

	TRY(read_money_text(node, &text, err));
	return money_parse_positive(text.amount, text.currency, out, err);
}

void
json_write_money(struct strbuf *out, const char *key, const struct money *money)
{
	char amount[MONEY_TEXT_SIZE];

	json_write_object(out, key);
	json_write_text(out, "amount", money_format(money, amount));
	json_write_text(out, "currency", money->currency);
	json_write_object_end(out);
}

/* ---- identifiers */

static enum rc
read_type(
    const struct json_node *node, enum identifier_type *type, struct err *err)
{
	const char *names[IDENTIFIER_TYPE_COUNT];
	const struct words words = { "identifier type", names, COUNT(names) };
	const struct json_member member = MEMBER_WORD(
	    "type", JSON_REQUIRED, &words, type);

	for (size_t i = 0; i < COUNT(names); i++)
		names[i] = identifier_type_name((enum identifier_type)i);
	return json_read_member(node, &member, err);
}

/* What the members of an identifier say, before it is composed. */
struct part {
	const char *text;
	int number;
	bool is_there;
	char digits[NUMBER_BYTES];
};

static struct json_member
part_member(const struct identifier_member *row, struct part *part)
{
	if (row->is_number)
		return (struct json_member)MEMBER_INT(row->name,
		    JSON_FLAGGED(&part->is_there), 0, NUMBER_MAX,
		    &part->number);
	return (struct json_member)MEMBER_TEXT(row->name,
	    JSON_FLAGGED(&part->is_there), IDENTIFIER_VALUE_SIZE - 1,
	    &part->text);
}

static const char *
part_text(const struct identifier_member *row, struct part *part)
{
	if (!part->is_there)
		return NULL;
	if (!row->is_number)
		return part->text;
	(void)snprintf(part->digits, sizeof(part->digits), "%d", part->number);
	return part->digits;
}

enum rc
json_read_identifier_with(const struct json_node *node,
    const struct json_member *extra, size_t extra_count,
    struct identifier *identifier, struct err *err)
{
	struct part parts[IDENTIFIER_MEMBERS_MAX] = { 0 };
	const char *texts[IDENTIFIER_MEMBERS_MAX], *type_text;
	const struct identifier_member *rows;
	enum identifier_type type;
	struct json_member
	    members[IDENTIFIER_MEMBERS_MAX + 1 + JSON_IDENTIFIER_EXTRA];
	size_t count;

	TRY(read_type(node, &type, err));
	rows = identifier_members(type, &count);
	for (size_t i = 0; i < count; i++)
		members[i] = part_member(&rows[i], &parts[i]);
	/* Known to be right; named so that it is not unknown. */
	members[count] = (struct json_member)MEMBER_TEXT(
	    "type", JSON_REQUIRED, IDENTIFIER_VALUE_SIZE, &type_text);
	for (size_t i = 0; i < extra_count; i++)
		members[count + 1 + i] = extra[i];
	TRY(json_read_members(node, members, count + 1 + extra_count, err));
	for (size_t i = 0; i < count; i++)
		texts[i] = part_text(&rows[i], &parts[i]);
	return identifier_compose(type, texts, identifier, err);
}

enum rc
json_read_identifier(const struct json_node *node, void *out, struct err *err)
{
	return json_read_identifier_with(node, NULL, 0, out, err);
}

void
json_write_identifier_members(
    struct strbuf *out, const struct identifier *identifier)
{
	struct identifier_parts parts;
	const struct identifier_member *rows;
	size_t count;

	rows = identifier_members(identifier->type, &count);
	identifier_split(identifier, &parts);
	json_write_text(out, "type", identifier_type_name(identifier->type));
	for (size_t i = 0; i < count; i++) {
		if (parts.text[i][0] == '\0')
			continue;
		if (rows[i].is_number)
			json_write_raw(out, rows[i].name, parts.text[i]);
		else
			json_write_text(out, rows[i].name, parts.text[i]);
	}
}

void
json_write_identifier(
    struct strbuf *out, const char *key, const struct identifier *identifier)
{
	json_write_object(out, key);
	json_write_identifier_members(out, identifier);
	json_write_object_end(out);
}

void
json_write_masked(struct strbuf *out, const char *key,
    enum identifier_type type, const char *mask)
{
	json_write_object(out, key);
	json_write_text(out, "type", identifier_type_name(type));
	json_write_text(out, "masked", mask);
	json_write_object_end(out);
}

void
json_write_word(
    struct strbuf *out, const char *key, const struct words *words, int value)
{
	json_write_text(out, key, words_name(words, value));
}

void
json_write_authorities(
    struct strbuf *out, const char *key, const char *authorities)
{
	struct authority_entry entry;

	if (authorities == NULL || authorities[0] == '\0')
		return;
	json_write_array(out, key);
	while (authority_list_next(&authorities, &entry)) {
		json_write_object(out, NULL);
		json_write_text(out, "profile", entry.profile);
		json_write_text(out, "basis", entry.basis);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

void
json_write_volume(
    struct strbuf *out, int64_t figure, int64_t limit, const char *currency)
{
	struct money sum = { .minor = figure }, most = { .minor = limit };

	if (currency[0] == '\0') {
		json_write_int(out, "count", figure);
		json_write_int(out, "most", limit);
		return;
	}
	memcpy(sum.currency, currency, sizeof(sum.currency));
	memcpy(most.currency, currency, sizeof(most.currency));
	json_write_money(out, "sum", &sum);
	json_write_money(out, "most_sum", &most);
}

void
json_write_alert(
    struct strbuf *out, const char *key, const struct alert_row *alert)
{
	json_write_object(out, key);
	json_write_id(out, "id", ID_ALERT, &alert->id);
	json_write_word(out, "kind", &volume_kind_words, (int)alert->kind);
	json_write_word(out, "grade", &volume_grade_words, (int)alert->grade);
	json_write_volume(out, alert->figure, alert->limit, alert->currency);
	json_write_id(out, "officer_id", ID_PRINCIPAL, &alert->principal);
	json_write_time(out, "raised_at", alert->raised_at);
	json_write_object_end(out);
}
