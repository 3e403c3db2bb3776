/*
 * secret_json: what is sealed comes back as it was.
 */
#include "test/unit/unit.h"

#include "hub/wire/secret_json.h"

enum { LIMIT = 64 << 10 };

static const struct identifier account = { IDENTIFIER_IN_ACCOUNT,
	"004410220197", "MLBX0000044" };
static const struct identifier payment = { IDENTIFIER_RRN, "607111173345", "" };
static const struct identifier card = { IDENTIFIER_CARD, "607999******4242",
	"" };

START_TEST(target_comes_back)
{
	static const char *const holders[] = { "", "A. Mule",
		"\xd0\x90\xd0\xb9 \"\\\n\x01", "\xf0\x9f\x92\xb8" };
	SCOPED(arena_cleanup) struct arena *arena = arena_new(LIMIT);
	SCOPED(strbuf_clear) struct strbuf out;
	struct target target = { .identifier = account, .holder = holders[_i] };
	struct target back = { .layer = 3 };
	struct err err;

	strbuf_init(&out, LIMIT);
	secret_json_write_target(&out, &target);
	ck_assert_int_eq(
	    secret_json_read_target(out.bytes, out.length, arena, &back, &err),
	    RC_OK);
	ck_assert(back.is_open);
	ck_assert_int_eq(back.layer, 3);
	ck_assert_int_eq(back.identifier.type, account.type);
	ck_assert_str_eq(back.identifier.value, account.value);
	ck_assert_str_eq(back.identifier.qualifier, account.qualifier);
	ck_assert_str_eq(back.holder, holders[_i]);
}
END_TEST

START_TEST(payment_comes_back_with_what_it_has)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(LIMIT);
	SCOPED(strbuf_clear) struct strbuf out;
	struct txn txn = { .has_reference = (_i & 1) != 0,
		.has_from = (_i & 2) != 0,
		.has_to = (_i & 4) != 0,
		.reference = payment,
		.from = card,
		.to = account };
	struct txn back = { .has_to = false };
	struct err err;

	strbuf_init(&out, LIMIT);
	secret_json_write_txn(&out, &txn);
	ck_assert_int_eq(
	    secret_json_read_txn(out.bytes, out.length, arena, &back, &err),
	    RC_OK);
	ck_assert(back.has_reference == txn.has_reference);
	ck_assert(back.has_from == txn.has_from);
	ck_assert(back.has_to == txn.has_to);
	if (back.has_from)
		ck_assert_str_eq(back.from.value, card.value);
	if (back.has_to)
		ck_assert_str_eq(back.to.qualifier, account.qualifier);
}
END_TEST

START_TEST(complainant_comes_back)
{
	static const struct complainant people[] = {
		{ "", "", "", "" },
		{ "A. Person", "", "", "" },
		{ "\xe0\xb4\xae\xe0\xb5\x80\xe0\xb4\xb0", "+919876500011",
		    "m@example.com", "Kochi" },
	};
	SCOPED(arena_cleanup) struct arena *arena = arena_new(LIMIT);
	SCOPED(strbuf_clear) struct strbuf out;
	struct complainant back = { "x", "x", "x", "x" };
	struct err err;

	strbuf_init(&out, LIMIT);
	secret_json_write_complainant(&out, &people[_i]);
	ck_assert_int_eq(secret_json_read_complainant(
			     out.bytes, out.length, arena, &back, &err),
	    RC_OK);
	ck_assert_str_eq(back.name, people[_i].name);
	ck_assert_str_eq(back.msisdn, people[_i].msisdn);
	ck_assert_str_eq(back.email, people[_i].email);
	ck_assert_str_eq(back.address, people[_i].address);
}
END_TEST

static const struct {
	const char *text, *code, *pointer;
} refused[] = {
	{ "", "bad_json", "" },
	{ "{}", "missing_member", "/identifier" },
	{ "{\"identifier\":{\"type\":\"rrn\"}}", "missing_member",
	    "/identifier/value" },
	{ "{\"identifier\":{\"type\":\"rrn\",\"value\":\"x\"}}",
	    "bad_character", "/identifier/value" },
	{ "{\"identifier\":{\"type\":\"rrn\",\"value\":\"607111173345\"},"
	  "\"owner\":\"a\"}",
	    "unknown_member", "/owner" },
	{ "{\"identifier\":{\"type\":\"rrn\",\"value\":\"607111173345\"},"
	  "\"holder\":1}",
	    "wrong_type", "/holder" },
};

START_TEST(damaged_secret_is_refused)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(LIMIT);
	struct target back = { .layer = 0 };
	struct err err;

	ck_assert_int_ne(secret_json_read_target(refused[_i].text,
			     strlen(refused[_i].text), arena, &back, &err),
	    RC_OK);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_str_eq(err.pointer, refused[_i].pointer);
	ck_assert(!back.is_open);
}
END_TEST

Suite *
secret_json_suite(void)
{
	Suite *suite = suite_create("secret_json");
	TCase *tcase = tcase_create("secret_json");

	tcase_add_loop_test(tcase, target_comes_back, 0, 4);
	tcase_add_loop_test(tcase, payment_comes_back_with_what_it_has, 0, 8);
	tcase_add_loop_test(tcase, complainant_comes_back, 0, 3);
	tcase_add_loop_test(
	    tcase, damaged_secret_is_refused, 0, (int)COUNT(refused));
	suite_add_tcase(suite, tcase);
	return suite;
}
