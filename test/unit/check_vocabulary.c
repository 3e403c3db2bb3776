/*
 * vocabulary: every word goes out and comes back, and SQL's constraints know
 * the same words.
 */
#include "test/unit/unit.h"

#include <ctype.h>
#include <stdio.h>

#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/domain/access.h"
#include "hub/domain/command.h"
#include "hub/domain/machine.h"
#include "hub/domain/response_code.h"
#include "hub/domain/vocabulary.h"

static const struct {
	const struct words *words;
	size_t count;
	bool is_upper;
} lists[] = {
	{ &institution_kind_words, INSTITUTION_KIND_COUNT, false },
	{ &endpoint_kind_words, ENDPOINT_KIND_COUNT, false },
	{ &registry_status_words, REGISTRY_STATUS_COUNT, false },
	{ &route_scheme_words, ROUTE_SCHEME_COUNT, false },
	{ &role_words, ROLE_COUNT, false },
	{ &priority_words, PRIORITY_COUNT, false },
	{ &authorised_words, AUTHORISED_COUNT, false },
	{ &scope_words, SCOPE_COUNT, false },
	{ &successor_words, SUCCESSOR_COUNT, false },
	{ &action_words, ACTION_COUNT, true },
	{ &residual_reason_words, RESIDUAL_REASON_COUNT, false },
	{ &follow_mode_words, FOLLOW_MODE_COUNT, false },
	{ &follow_leads_words, FOLLOW_LEADS_COUNT, false },
	{ &not_followed_words, NOT_FOLLOWED_COUNT, false },
	{ &case_outcome_words, CASE_OUTCOME_COUNT, false },
	{ &mismatch_words, MISMATCH_COUNT, false },
	{ &message_type_words, MESSAGE_TYPE_COUNT, false },
	{ &typology_words, 37, false },
	{ &channel_words, 21, false },
	{ &report_channel_words, 8, false },
	{ &response_code_words, RESPONSE_CODE_COUNT, true },
	{ &right_words, RIGHT_COUNT, false },
	{ &command_kind_words, COMMAND_KIND_COUNT, false },
};

/* lower_snake_case or UPPER_SNAKE; types of messages have a point. */
static bool
is_wire_word(const char *word, bool is_upper)
{
	if (!isalpha((unsigned char)word[0]))
		return false;
	for (; *word != '\0'; word++) {
		unsigned char c = (unsigned char)*word;

		if (!(is_upper ? isupper(c) : islower(c)) && !isdigit(c) &&
		    c != '_' && (is_upper || c != '.'))
			return false;
	}
	return true;
}

static void
assert_round_trip(const struct words *words, bool is_upper)
{
	int value;

	ck_assert_uint_gt(strlen(words->what), 0);
	for (int i = 0; i < (int)words->count; i++) {
		const char *word = words_name(words, i);

		ck_assert_msg(
		    is_wire_word(word, is_upper), "%s: %s", words->what, word);
		ck_assert(words_find(words, word, &value));
		ck_assert_int_eq(value, i);
	}
}

START_TEST(every_word_comes_back)
{
	ck_assert_uint_eq(lists[_i].words->count, lists[_i].count);
	assert_round_trip(lists[_i].words, lists[_i].is_upper);
}
END_TEST

START_TEST(every_word_of_a_machine_comes_back)
{
	for (size_t i = 0; machines[i] != NULL; i++) {
		assert_round_trip(machines[i]->states, false);
		assert_round_trip(machines[i]->events, false);
	}
}
END_TEST

static const char *const strangers[] = { "", "?", " ", "BANK", "Bank", "bank ",
	" bank", "ban", "banks", "hold_amount", "HOLD-AMOUNT", "P1", "p0", "p4",
	"new" };

START_TEST(stranger_is_no_word)
{
	for (size_t i = 0; i < COUNT(lists); i++) {
		int value = 77;

		ck_assert(!words_find(lists[i].words, strangers[_i], &value));
		ck_assert_int_eq(value, 77);
	}
}
END_TEST

START_TEST(number_beyond_a_list_has_no_word)
{
	for (size_t i = 0; i < COUNT(lists); i++) {
		ck_assert_str_eq(words_name(lists[i].words, -1), "?");
		ck_assert_str_eq(
		    words_name(lists[i].words, (int)lists[i].count), "?");
	}
}
END_TEST

/* `count`: the words that SQL has; a hub is no role of a certificate. */
static const struct {
	const char *constraint;
	const struct words *words;
	size_t count;
} constraints[] = {
	{ "institution_kind_known", &institution_kind_words,
	    INSTITUTION_KIND_COUNT },
	{ "institution_status_known", &registry_status_words,
	    REGISTRY_STATUS_COUNT },
	{ "institution_route_scheme_known", &route_scheme_words,
	    ROUTE_SCHEME_COUNT },
	{ "principal_role_known", &role_words, ROLE_HUB },
	{ "principal_status_known", &registry_status_words,
	    REGISTRY_STATUS_COUNT },
	{ "endpoint_kind_known", &endpoint_kind_words, ENDPOINT_KIND_COUNT },
	{ "endpoint_status_known", &registry_status_words,
	    REGISTRY_STATUS_COUNT },
	{ "case_file_priority_known", &priority_words, PRIORITY_COUNT },
	{ "case_file_authorised_known", &authorised_words, AUTHORISED_COUNT },
};

static void
read_foundation(struct strbuf *text)
{
	FILE *file = fopen("sql/migrations/0001_foundation.sql", "r");
	char part[4096];
	size_t length;

	ck_assert_ptr_nonnull(file);
	while ((length = fread(part, 1, sizeof(part), file)) > 0)
		strbuf_append_bytes(text, part, length);
	(void)fclose(file);
}

START_TEST(constraint_of_sql_knows_the_same_words)
{
	struct strbuf text;
	char name[80], word[64];
	const char *at, *end;
	size_t count = 0;
	int value;

	strbuf_init(&text, 1024 * 1024);
	read_foundation(&text);
	(void)snprintf(
	    name, sizeof(name), "CONSTRAINT %s ", constraints[_i].constraint);
	at = strstr(text.bytes, name);
	if (at == NULL) { /* the line ends behind the name */
		name[strlen(name) - 1] = '\n';
		at = strstr(text.bytes, name);
	}
	ck_assert_ptr_nonnull(at);
	end = strstr(at, "))");
	ck_assert_ptr_nonnull(end);
	for (at = strchr(at, '\''); at != NULL && at < end;
	     at = strchr(at, '\'')) {
		int length = (int)strcspn(++at, "'");

		(void)snprintf(word, sizeof(word), "%.*s", length, at);
		ck_assert_msg(words_find(constraints[_i].words, word, &value),
		    "SQL knows %s", word);
		ck_assert_int_lt(value, (int)constraints[_i].count);
		count++;
		at += length + 1;
	}
	ck_assert_uint_eq(count, constraints[_i].count);
	strbuf_clear(&text);
}
END_TEST

Suite *
vocabulary_suite(void)
{
	Suite *suite = suite_create("vocabulary");
	TCase *tests = tcase_create("vocabulary");

	tcase_add_loop_test(tests, every_word_comes_back, 0, (int)COUNT(lists));
	tcase_add_test(tests, every_word_of_a_machine_comes_back);
	tcase_add_loop_test(
	    tests, stranger_is_no_word, 0, (int)COUNT(strangers));
	tcase_add_test(tests, number_beyond_a_list_has_no_word);
	tcase_add_loop_test(tests, constraint_of_sql_knows_the_same_words, 0,
	    (int)COUNT(constraints));
	suite_add_tcase(suite, tests);
	return suite;
}
