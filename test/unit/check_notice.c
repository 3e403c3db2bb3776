/*
 * notice: every phrase in every language, the languages of each profile, and
 * the five facts in the text.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/domain/notice.h"
#include "hub/domain/profile.h"

static const char *const languages[] = { "en", "hi", "ml", "kk", "ru" };

static const char *const phrases[] = { "title", "amount", "date", "type",
	"authority", "reference", "account", "ends", "object", "hold",
	"settlement", "debit", "receive", "block", "order", "line", "listing" };

START_TEST(every_language_has_every_phrase)
{
	for (size_t i = 0; i < COUNT(phrases); i++)
		ck_assert_msg(notice_phrase(languages[_i], phrases[i]) != NULL,
		    "%s has no %s", languages[_i], phrases[i]);
	ck_assert_ptr_null(notice_phrase(languages[_i], "farewell"));
	ck_assert_ptr_null(notice_phrase(languages[_i], ""));
	ck_assert_ptr_null(notice_phrase("xx", "title"));
}
END_TEST

START_TEST(every_restriction_has_its_phrase)
{
	static const char none[] = " PRESERVE_RECORDS PROVIDE_INFO RELEASE"
				   " REDUCE EXTEND CONFIRM_STATUS ";
	char word[48];
	const char *type = notice_type((enum action)_i);

	(void)snprintf(
	    word, sizeof(word), " %s ", words_name(&action_words, _i));
	ck_assert_msg(
	    (type == NULL) == (strstr(none, word) != NULL), "%s", word);
	for (size_t i = 0; type != NULL && i < COUNT(languages); i++)
		ck_assert_ptr_nonnull(notice_phrase(languages[i], type));
}
END_TEST

static const struct {
	const char *profile, *region, *languages;
} profiles[] = {
	{ "IN", "KL", "en ml" },
	{ "IN", "DL", "en hi" },
	{ "IN", "", "en hi" },
	{ "KZ", "ALA", "kk ru" },
	{ "KZ", "KL", "kk ru" },
	{ "RU", "", "ru" },
	{ "UK", "", "en" },
	{ "US", "CA", "en" },
	{ "generic", "", "en" },
	{ "XX", "KL", "en" },
	{ "", "", "en" },
};

START_TEST(profile_and_region_choose_the_languages)
{
	char got[NOTICE_LANGUAGE_LIMIT][NOTICE_LANGUAGE_SIZE];
	char text[64] = "";
	size_t count = notice_languages(
	    profiles[_i].profile, profiles[_i].region, got);

	for (size_t i = 0; i < count; i++) {
		ck_assert_ptr_nonnull(notice_phrase(got[i], "title"));
		(void)snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "%s%s", i == 0 ? "" : " ", got[i]);
	}
	ck_assert_str_eq(text, profiles[_i].languages);
}
END_TEST

START_TEST(text_holds_the_five_facts)
{
	const struct notice notice = { .amount = { 12500000, "INR" },
		.date = INT64_C(1773296520000000),
		.ends_at = INT64_C(1781072520000000),
		.action = ACTION_HOLD_AMOUNT,
		.unit = "Cyber Crime Police, Kochi",
		.basis = "NCRP_ACK",
		.basis_label = "acknowledged",
		.case_ref = "IN-KL-2026-000123-C",
		.hold_ref = _i == 0 ? "H-77" : "",
		.target_id = "tgt_01",
		.account = "********0197" };
	static const char *const facts[] = { "125000.00 INR",
		"2026-03-12 06:22 UTC", "Cyber Crime Police, Kochi; NCRP_ACK",
		"********0197", "2026-06-10 06:22 UTC" };
	struct strbuf out;

	for (size_t i = 0; i < COUNT(languages); i++) {
		strbuf_init(&out, 8192);
		notice_write(&out, &notice, languages[i]);
		ck_assert(!out.failed);
		for (size_t n = 0; n < COUNT(facts); n++)
			ck_assert_msg(strstr(out.bytes, facts[n]) != NULL,
			    "no %s in %s", facts[n], out.bytes);
		ck_assert_ptr_nonnull(strstr(out.bytes,
		    _i == 0 ? "IN-KL-2026-000123-C, H-77, tgt_01"
			    : "IN-KL-2026-000123-C, tgt_01"));
		ck_assert_ptr_nonnull(
		    strstr(out.bytes, notice_phrase(languages[i], "hold")));
		ck_assert_ptr_null(strstr(out.bytes, "(null)"));
		strbuf_clear(&out);
	}
}
END_TEST

START_TEST(full_buffer_is_no_notice)
{
	const struct notice notice = { .amount = { 1, "INR" },
		.unit = "u",
		.basis = "b",
		.basis_label = "",
		.case_ref = "r",
		.hold_ref = "",
		.target_id = "t",
		.account = "a" };
	struct strbuf out;

	strbuf_init(&out, 20);
	notice_write(&out, &notice, "en");
	ck_assert(out.failed);
	strbuf_clear(&out);
}
END_TEST

Suite *
notice_suite(void)
{
	Suite *suite = suite_create("notice");
	TCase *tcase = tcase_create("notice");

	tcase_add_loop_test(
	    tcase, every_language_has_every_phrase, 0, (int)COUNT(languages));
	tcase_add_loop_test(
	    tcase, every_restriction_has_its_phrase, 0, ACTION_COUNT);
	tcase_add_loop_test(tcase, profile_and_region_choose_the_languages, 0,
	    (int)COUNT(profiles));
	tcase_add_loop_test(tcase, text_holds_the_five_facts, 0, 2);
	tcase_add_test(tcase, full_buffer_is_no_notice);
	suite_add_tcase(suite, tcase);
	return suite;
}
