/*
 * json_values: money and identifiers through a body and back.
 */
#include "test/unit/unit.h"

#include "hub/wire/json_values.h"

static enum rc
read_loss(const struct json_node *node, void *out, struct err *err)
{
	const struct json_member members[] = {
		MEMBER_OBJECT(
		    "loss", JSON_REQUIRED, json_read_money_positive, out),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static const struct {
	const char *body, *code, *pointer;
} bad_money[] = {
	{ "{\"loss\":\"1.00\"}", "wrong_type", "/loss" },
	{ "{\"loss\":{\"amount\":1,\"currency\":\"INR\"}}", "wrong_type",
	    "/loss/amount" },
	{ "{\"loss\":{\"amount\":\"1.00\"}}", "missing_member",
	    "/loss/currency" },
	{ "{\"loss\":{\"currency\":\"INR\"}}", "missing_member",
	    "/loss/amount" },
	{ "{\"loss\":{\"amount\":\"1.00\",\"currency\":\"RUPEE\"}}",
	    "text_too_long", "/loss/currency" },
	{ "{\"loss\":{\"amount\":\"1.00\",\"currency\":\"XQX\"}}",
	    "unknown_currency", "/loss/currency" },
	{ "{\"loss\":{\"amount\":\"1.0\",\"currency\":\"INR\"}}", "wrong_scale",
	    "/loss/amount" },
	{ "{\"loss\":{\"amount\":\"0.00\",\"currency\":\"INR\"}}", "bad_amount",
	    "/loss/amount" },
	{ "{\"loss\":{\"amount\":\"1.00\",\"currency\":\"INR\",\"x\":1}}",
	    "unknown_member", "/loss/x" },
};

START_TEST(wrong_money_is_pointed_at)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(4096);
	const char *body = bad_money[_i].body;
	struct money money;
	struct err err;

	ck_assert_int_eq(
	    json_read(body, strlen(body), arena, read_loss, &money, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, bad_money[_i].code);
	ck_assert_str_eq(err.pointer, bad_money[_i].pointer);
}
END_TEST

START_TEST(money_comes_back_as_it_went)
{
	static const char *const bodies[] = {
		"{\"loss\":{\"amount\":\"49999.00\",\"currency\":\"INR\"}}",
		"{\"loss\":{\"amount\":\"100\",\"currency\":\"JPY\"}}",
		"{\"loss\":{\"amount\":\"1.234\",\"currency\":\"KWD\"}}",
	};

	for (size_t i = 0; i < COUNT(bodies); i++) {
		SCOPED(arena_cleanup) struct arena *arena = arena_new(4096);
		SCOPED(strbuf_clear) struct strbuf out;
		struct money money;
		struct err err;

		strbuf_init(&out, 1024);
		ck_assert_int_eq(json_read(bodies[i], strlen(bodies[i]), arena,
				     read_loss, &money, &err),
		    RC_OK);
		json_write_object(&out, NULL);
		json_write_money(&out, "loss", &money);
		json_write_object_end(&out);
		ck_assert_str_eq(out.bytes, bodies[i]);
	}
}
END_TEST

static const struct {
	const char *body, *code, *pointer;
} bad_identifiers[] = {
	{ "{}", "missing_member", "/type" },
	{ "{\"type\":\"shoe_size\",\"value\":\"44\"}", "not_one_of", "/type" },
	{ "{\"type\":7,\"value\":\"44\"}", "wrong_type", "/type" },
	{ "{\"type\":\"iban\"}", "missing_member", "/value" },
	{ "{\"type\":\"iban\",\"value\":7}", "wrong_type", "/value" },
	{ "{\"type\":\"iban\",\"value\":\"\"}", "text_empty", "/value" },
	{ "{\"type\":\"iban\",\"value\":\"GB82WEST12345698765433\"}",
	    "bad_check_digit", "/value" },
	{ "{\"type\":\"iban\",\"value\":\"GB82WEST12345698765432\","
	  "\"ifsc\":\"SBIN0005943\"}",
	    "unknown_member", "/ifsc" },
	{ "{\"type\":\"us_account\",\"value\":\"12345678\"}", "missing_member",
	    "/aba" },
	{ "{\"type\":\"card\",\"bin\":\"411111\",\"last4\":\"1111\","
	  "\"length\":\"16\"}",
	    "wrong_type", "/length" },
	{ "{\"type\":\"card\",\"bin\":\"411111\",\"last4\":\"1111\","
	  "\"length\":-16}",
	    "out_of_range", "/length" },
	{ "{\"type\":\"card\",\"value\":\"4111111111111111\"}",
	    "unknown_member", "/value" },
	{ "{\"type\":\"order_id\",\"value\":\"4111 1111 1111 1111\"}",
	    "card_number_refused", "/value" },
};

START_TEST(wrong_identifier_is_pointed_at)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	const char *body = bad_identifiers[_i].body;
	struct identifier identifier;
	struct err err;

	ck_assert_int_eq(json_read(body, strlen(body), arena,
			     json_read_identifier, &identifier, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, bad_identifiers[_i].code);
	ck_assert_str_eq(err.pointer, bad_identifiers[_i].pointer);
	ck_assert_ptr_null(strstr(err.text, "4111"));
}
END_TEST

static const char *const identifiers[] = {
	"{\"type\":\"iban\",\"value\":\"GB82WEST12345698765432\"}",
	"{\"type\":\"in_account\",\"value\":\"001234567890\","
	"\"ifsc\":\"SBIN0005943\"}",
	"{\"type\":\"in_account\",\"value\":\"001234567890\","
	"\"bank_code\":\"SBIN\"}",
	"{\"type\":\"card\",\"bin\":\"411111\",\"last4\":\"1111\","
	"\"length\":16}",
	"{\"type\":\"msisdn\",\"value\":\"+5510998765432\"}",
};

START_TEST(identifier_comes_back_as_it_went)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	SCOPED(strbuf_clear) struct strbuf out;
	const char *body = identifiers[_i];
	struct identifier identifier;
	struct err err;

	strbuf_init(&out, 1024);
	ck_assert_int_eq(json_read(body, strlen(body), arena,
			     json_read_identifier, &identifier, &err),
	    RC_OK);
	json_write_identifier(&out, NULL, &identifier);
	ck_assert_str_eq(out.bytes, body);
}
END_TEST

Suite *
json_values_suite(void)
{
	Suite *suite = suite_create("json_values");
	TCase *tcase = tcase_create("json_values");

	tcase_add_loop_test(
	    tcase, wrong_money_is_pointed_at, 0, (int)COUNT(bad_money));
	tcase_add_test(tcase, money_comes_back_as_it_went);
	tcase_add_loop_test(tcase, wrong_identifier_is_pointed_at, 0,
	    (int)COUNT(bad_identifiers));
	tcase_add_loop_test(tcase, identifier_comes_back_as_it_went, 0,
	    (int)COUNT(identifiers));
	suite_add_tcase(suite, tcase);
	return suite;
}
