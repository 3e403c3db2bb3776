/*
 * Notices: see notice.h.
 */
#include "hub/domain/notice.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"

enum { KEY_SIZE = 64 };

struct pair {
	const char *key, *text;
};

static const struct pair phrases[] = {
#include "gen/domain_notice.inc"
};

static const struct pair languages_of[] = {
#include "gen/domain_notice_language.inc"
};

/* NULL: not a restriction. */
static const char *const types[ACTION_COUNT] = {
	[ACTION_HOLD_AMOUNT] = "hold",
	[ACTION_HOLD_TXN_SETTLEMENT] = "settlement",
	[ACTION_DEBIT_FREEZE] = "debit",
	[ACTION_RECEIVE_ONLY] = "receive",
	[ACTION_BLOCK_CARD] = "block",
	[ACTION_BLOCK_WALLET] = "block",
	[ACTION_SUSPEND_MERCHANT_SETTLEMENT] = "settlement",
	[ACTION_CANCEL_ORDER] = "order",
	[ACTION_INTERCEPT_DELIVERY] = "order",
	[ACTION_BAR_MSISDN] = "line",
	[ACTION_BAR_IMEI] = "line",
	[ACTION_SUSPEND_LISTING] = "listing",
};

static const char *
find(const struct pair *pairs, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(pairs[i].key, key) == 0)
			return pairs[i].text;
	return NULL;
}

size_t
notice_languages(const char *profile, const char *region,
    char languages[NOTICE_LANGUAGE_LIMIT][NOTICE_LANGUAGE_SIZE])
{
	char key[KEY_SIZE];
	const char *list;
	size_t count = 0;

	(void)snprintf(key, sizeof(key), "%s.%s", profile, region);
	list = find(languages_of, COUNT(languages_of), key);
	if (list == NULL)
		list = find(languages_of, COUNT(languages_of), profile);
	if (list == NULL)
		list = "en";
	while (*list != '\0' && count < NOTICE_LANGUAGE_LIMIT) {
		size_t length = strcspn(list, " ");

		(void)snprintf(languages[count++], NOTICE_LANGUAGE_SIZE, "%.*s",
		    (int)length, list);
		list += length + (list[length] == ' ');
	}
	return count;
}

const char *
notice_phrase(const char *language, const char *phrase)
{
	char key[KEY_SIZE];

	(void)snprintf(key, sizeof(key), "%s.%s", language, phrase);
	return find(phrases, COUNT(phrases), key);
}

const char *
notice_type(enum action action)
{
	return types[action];
}

/* ---- text */

static void
write_label(struct strbuf *out, const char *language, const char *phrase)
{
	strbuf_append(out, notice_phrase(language, phrase));
	strbuf_append(out, ": ");
}

/* "2026-03-12 06:22 UTC" */
static void
write_date(struct strbuf *out, int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	(void)clock_format(at, 3, text);
	strbuf_printf(out, "%.10s %.5s UTC\n", text, text + 11);
}

void
notice_write(
    struct strbuf *out, const struct notice *notice, const char *language)
{
	char amount[MONEY_TEXT_SIZE];

	strbuf_printf(out, "%s\n\n", notice_phrase(language, "title"));
	write_label(out, language, "amount");
	strbuf_printf(out, "%s %s\n", money_format(&notice->amount, amount),
	    notice->amount.currency);
	write_label(out, language, "date");
	write_date(out, notice->date);
	write_label(out, language, "type");
	strbuf_printf(
	    out, "%s\n", notice_phrase(language, notice_type(notice->action)));
	write_label(out, language, "authority");
	strbuf_printf(out, "%s; %s, %s\n", notice->unit, notice->basis,
	    notice->basis_label);
	write_label(out, language, "reference");
	strbuf_printf(out, "%s%s%s, %s\n", notice->case_ref,
	    notice->hold_ref[0] == '\0' ? "" : ", ", notice->hold_ref,
	    notice->target_id);
	write_label(out, language, "account");
	strbuf_printf(out, "%s\n", notice->account);
	write_label(out, language, "ends");
	write_date(out, notice->ends_at);
	strbuf_printf(out, "\n%s\n", notice_phrase(language, "object"));
}
