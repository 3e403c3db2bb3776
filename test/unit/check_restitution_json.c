/*
 * restitution_json: plans in and out, and what is refused with its pointer.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/wire/restitution_json.h"

enum { ARENA = 1 << 20, LIMIT = 64 << 10 };

#define INR(amount) "{\"amount\":\"" amount "\",\"currency\":\"INR\"}"
#define SHARE(id, amount) "{\"id\":\"" id "\",\"amount\":" INR(amount) "}"
#define USD \
	"{\"id\":\"u\",\"amount\":{\"amount\":\"1.00\",\"currency\":\"USD\"}}"
#define CARD "4111 1111 1111 1111"

/* clang-format off */
static const struct {
	const char *body, *code, *pointer;
} refused[] = {
	{ "{}", "missing_member", "/held" },
	{ "{\"held\":[" SHARE("a", "1.00") "]}", "missing_member", "/claims" },
	{ "{\"held\":[],\"claims\":[" SHARE("v", "1.00") "]}",
	    "nothing_to_divide", "/held" },
	{ "{\"held\":[" SHARE("a", "1.00") "],\"claims\":[]}",
	    "nothing_to_divide", "" },
	{ "{\"held\":[" SHARE("a", "0.00") "],\"claims\":[" SHARE(
	      "v", "1.00") "]}",
	    "bad_amount", "/held/0/amount/amount" },
	{ "{\"held\":[" SHARE("a", "1.00") "],\"claims\":[" USD "]}",
	    "other_currency", "/claims/0/amount/currency" },
	{ "{\"held\":[" SHARE("a", "1.00") "," SHARE(
	      "a", "2.00") "],\"claims\":[" SHARE("v", "1.00") "]}",
	    "duplicate_id", "/held/1/id" },
	{ "{\"held\":[" SHARE("", "1.00") "],\"claims\":[" SHARE(
	      "v", "1.00") "]}",
	    "text_empty", "/held/0/id" },
	{ "{\"held\":[" SHARE(CARD, "1.00") "],\"claims\":[" SHARE(
	      "v", "1.00") "]}",
	    "card_number_refused", "/held/0/id" },
	{ "{\"held\":[" SHARE("a", "1.00") "],\"claims\":[" SHARE(
	      "v", "1.00") "],\"case\":1}",
	    "unknown_member", "/case" },
};

/* clang-format on */

START_TEST(wrong_plan_is_refused_with_its_pointer)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	struct restitution_input input;
	struct err err = { .rc = RC_OK };

	ck_assert_int_eq(restitution_json_read(refused[_i].body,
			     strlen(refused[_i].body), arena, &input, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_str_eq(err.pointer, refused[_i].pointer);
}
END_TEST

/* clang-format off */
static const struct {
	const char *body, *plan;
} plans[] = {
	/* Less is held than claimed, and a unit is left over. */
	{ "{\"held\":[" SHARE("a", "0.05") "],\"claims\":[" SHARE(
	      "v", "0.10") "," SHARE("w", "0.10") "]}",
	    "{\"pool\":" INR("0.05") ",\"paid\":[{\"id\":\"a\",\"amount\":" INR(
		"0.05") ",\"surplus\":" INR("0.00") "}],\"awarded\":["
						    "{\"id\":\"v\","
						    "\"amount\":" INR("0.03") ",\"shortfall\":" INR("0.07") "},{\"id\":\"w\",\"amount\":" INR("0.02") ",\"shortfall\":" INR(
							"0.08") "}],"
								"\"payments\":["
								"{\"from\":"
								"\"a\",\"to\":"
								"\"v\","
								"\"amount\""
								":" INR(
								    "0.03") "},"
									    "{"
									    "\""
									    "fr"
									    "om"
									    "\""
									    ":"
									    "\""
									    "a"
									    "\""
									    ","
									    "\""
									    "to"
									    "\""
									    ":"
									    "\""
									    "w"
									    "\""
									    ","
									    "\""
									    "am"
									    "ou"
									    "nt"
									    "\""
									    ":" INR(
										"0.02") "}]}" },
	/* More is held than claimed: the rest is to be released. */
	{ "{\"held\":[" SHARE("a", "2.00") "," SHARE(
	      "b", "2.00") "],\"claims\":[" SHARE("v", "1.00") "]}",
	    "{\"pool\":" INR("1.00") ",\"paid\":[{\"id\":\"a\",\"amount\":" INR("0.50") ",\"surplus\":" INR(
		"1.50") "},{\"id\":\"b\","
			"\"amount\":" INR("0.50") ",\"surplus\":" INR(
			    "1.50") "}],"
				    "\"awarded\":[{\"id\":\"v\","
				    "\"amount\":" INR("1.00") ",\"shortfall\""
							      ":" INR(
								  "0.00") "}],"
									  "\"pa"
									  "ymen"
									  "ts\""
									  ":["
									  "{\"f"
									  "rom"
									  "\":"
									  "\"a"
									  "\","
									  "\"to"
									  "\":"
									  "\"v"
									  "\","
									  "\"am"
									  "ount"
									  "\""
									  ":" INR(
									      "0.50") "},"
										      "{\"from\":\"b\",\"to\":\"v\",\"amount\":" INR(
											  "0.50") "}]}" },
};

/* clang-format on */

START_TEST(plan_is_written_as_it_was_made)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	struct restitution_input input;
	struct err err;

	strbuf_init(&out, LIMIT);
	ck_assert_int_eq(restitution_json_read(plans[_i].body,
			     strlen(plans[_i].body), arena, &input, &err),
	    RC_OK);
	restitution_json_write(&out, &input);
	ck_assert_str_eq(out.bytes, plans[_i].plan);
}
END_TEST

Suite *
restitution_json_suite(void)
{
	Suite *suite = suite_create("restitution_json");
	TCase *tcase = tcase_create("restitution_json");

	tcase_add_loop_test(tcase, wrong_plan_is_refused_with_its_pointer, 0,
	    (int)COUNT(refused));
	tcase_add_loop_test(
	    tcase, plan_is_written_as_it_was_made, 0, (int)COUNT(plans));
	suite_add_tcase(suite, tcase);
	return suite;
}
