/*
 * identifier: JSON members, masks and the text below look-up hashes.
 */
#include "test/unit/unit.h"

#include "hub/domain/identifier.h"

START_TEST(type_has_a_name_that_is_read_back)
{
	enum identifier_type type = IDENTIFIER_TYPE_COUNT;
	const char *name = identifier_type_name((enum identifier_type)_i);

	ck_assert_ptr_nonnull(name);
	ck_assert(identifier_type_parse(name, &type));
	ck_assert_int_eq(type, _i);
}
END_TEST

static const char *const no_types[] = { "", "IBAN", "iban ", "account", "pan" };

START_TEST(unknown_type_is_none)
{
	enum identifier_type type = IDENTIFIER_TYPE_COUNT;

	ck_assert(!identifier_type_parse(no_types[_i], &type));
	ck_assert_int_eq(type, IDENTIFIER_TYPE_COUNT);
}
END_TEST

START_TEST(members_are_named_and_at_least_one)
{
	size_t count;
	const struct identifier_member *members = identifier_members(
	    (enum identifier_type)_i, &count);

	ck_assert_uint_ge(count, 1);
	ck_assert_uint_le(count, IDENTIFIER_MEMBERS_MAX);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_gt(strlen(members[i].name), 0);
}
END_TEST

START_TEST(references_name_payments)
{
	static const enum identifier_type references[] = { IDENTIFIER_RRN,
		IDENTIFIER_UTR, IDENTIFIER_UETR, IDENTIFIER_ARN,
		IDENTIFIER_PIX_E2E };
	bool expected = false;

	for (size_t i = 0; i < COUNT(references); i++)
		expected = expected || (int)references[i] == _i;
	ck_assert_int_eq(
	    identifier_is_reference((enum identifier_type)_i), expected);
}
END_TEST

static const struct {
	enum identifier_type type;
	const char *texts[IDENTIFIER_MEMBERS_MAX];
	const char *value, *qualifier;
	const char *parts[IDENTIFIER_MEMBERS_MAX];
	const char *mask, *canonical;
} composed[] = {
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", "sbin0005943" },
	    "001234567890", "SBIN0005943",
	    { "001234567890", "SBIN0005943", "", "" }, "****7890",
	    "in_account:SBIN:001234567890" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", "SBIN0000001", "sbin" },
	    "001234567890", "SBIN0000001",
	    { "001234567890", "SBIN0000001", "", "" }, "****7890",
	    "in_account:SBIN:001234567890" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", NULL, "SBIN" },
	    "001234567890", "SBIN", { "001234567890", "", "SBIN", "" },
	    "****7890", "in_account:SBIN:001234567890" },
	{ IDENTIFIER_IBAN, { "GB82 WEST 1234 5698 7654 32" },
	    "GB82WEST12345698765432", "",
	    { "GB82WEST12345698765432", "", "", "" }, "GB****5432",
	    "uk_account:123456:98765432" },
	{ IDENTIFIER_UK_ACCOUNT, { "98765432", "12-34-56" }, "98765432",
	    "123456", { "98765432", "123456", "", "" }, "****32",
	    "uk_account:123456:98765432" },
	{ IDENTIFIER_IBAN, { "KZ86125KZT5004100100" }, "KZ86125KZT5004100100",
	    "", { "KZ86125KZT5004100100", "", "", "" }, "KZ****0100",
	    "iban::KZ86125KZT5004100100" },
	{ IDENTIFIER_KZ_ACCOUNT, { "KZ86125KZT5004100100" },
	    "KZ86125KZT5004100100", "", { "KZ86125KZT5004100100", "", "", "" },
	    "KZ****0100", "iban::KZ86125KZT5004100100" },
	{ IDENTIFIER_BIC, { "DEUTDEFFXXX" }, "DEUTDEFFXXX", "",
	    { "DEUTDEFFXXX", "", "", "" }, "DEUTDEFFXXX", "bic::DEUTDEFF" },
	{ IDENTIFIER_BIC, { "DEUTDEFF" }, "DEUTDEFF", "",
	    { "DEUTDEFF", "", "", "" }, "DEUTDEFF", "bic::DEUTDEFF" },
	{ IDENTIFIER_RU_ACCOUNT, { "40702810002280000593", "044525593" },
	    "40702810002280000593", "044525593",
	    { "40702810002280000593", "044525593", "", "" }, "****0593",
	    "ru_account:044525593:40702810002280000593" },
	{ IDENTIFIER_CARD, { "411111", "1111", "16" }, "411111******1111", "",
	    { "411111", "1111", "16", "" }, "411111******1111",
	    "card::411111******1111" },
	{ IDENTIFIER_CARD, { "41111111", "1111", "16" }, "41111111****1111", "",
	    { "41111111", "1111", "16", "" }, "41111111****1111",
	    "card::411111******1111" },
	{ IDENTIFIER_CARD, { NULL, NULL, NULL, "tok_4Xz:9123" }, "tok_4Xz:9123",
	    "token", { "", "", "", "tok_4Xz:9123" }, "****9123",
	    "card:token:tok_4Xz:9123" },
	{ IDENTIFIER_WALLET_ID, { "user-12345", "PayTM" }, "user-12345",
	    "paytm", { "user-12345", "paytm", "", "" }, "****345",
	    "wallet_id:paytm:user-12345" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    { "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359", "ethereum" },
	    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "ethereum",
	    { "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "ethereum", "",
		"" },
	    "0xfB69****d359",
	    "crypto_address:ethereum:"
	    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359" },
	{ IDENTIFIER_UPI_VPA, { "Somebody@OkSBI" }, "somebody@oksbi", "",
	    { "somebody@oksbi", "", "", "" }, "so****@oksbi",
	    "upi_vpa::somebody@oksbi" },
	{ IDENTIFIER_UPI_VPA, { "ab@ybl" }, "ab@ybl", "",
	    { "ab@ybl", "", "", "" }, "a****@ybl", "upi_vpa::ab@ybl" },
	{ IDENTIFIER_PIX_KEY, { "529.982.247-25" }, "52998224725", "",
	    { "52998224725", "", "", "" }, "****725", "pix_key::52998224725" },
	{ IDENTIFIER_MSISDN, { "+91 98765 43210" }, "+919876543210", "",
	    { "+919876543210", "", "", "" }, "+91****3210",
	    "msisdn::+919876543210" },
	{ IDENTIFIER_TERMINAL_ID, { "T1" }, "T1", "", { "T1", "", "", "" },
	    "****", "terminal_id::T1" },
	{ IDENTIFIER_LISTING_URL, { "https://shop.example.com/item?user=a" },
	    "https://shop.example.com/item?user=a", "",
	    { "https://shop.example.com/item?user=a", "", "", "" },
	    "https://shop.example.com/****",
	    "listing_url::https://shop.example.com/item?user=a" },
};

START_TEST(members_compose_an_identifier)
{
	struct identifier identifier;
	struct err err = { .code = "" };

	ck_assert_msg(identifier_compose(composed[_i].type, composed[_i].texts,
			  &identifier, &err) == RC_OK,
	    "%s: %s", err.pointer, err.code);
	ck_assert_int_eq(identifier.type, composed[_i].type);
	ck_assert_str_eq(identifier.value, composed[_i].value);
	ck_assert_str_eq(identifier.qualifier, composed[_i].qualifier);
}
END_TEST

START_TEST(identifier_splits_into_members_mask_and_canonical_text)
{
	char mask[IDENTIFIER_MASK_SIZE], text[IDENTIFIER_CANONICAL_SIZE];
	struct identifier_parts parts;
	struct identifier identifier;
	struct err err;

	ck_assert_int_eq(identifier_compose(composed[_i].type,
			     composed[_i].texts, &identifier, &err),
	    RC_OK);
	identifier_split(&identifier, &parts);
	for (size_t i = 0; i < IDENTIFIER_MEMBERS_MAX; i++)
		ck_assert_str_eq(parts.text[i], composed[_i].parts[i]);
	ck_assert_str_eq(identifier_mask(&identifier, mask), composed[_i].mask);
	ck_assert_str_eq(
	    identifier_canonical(&identifier, text), composed[_i].canonical);
}
END_TEST

static const char long_card[] =
    "4111111111111111 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

static const struct {
	enum identifier_type type;
	const char *texts[IDENTIFIER_MEMBERS_MAX];
	const char *code, *pointer;
} refused[] = {
	{ IDENTIFIER_IBAN, { NULL }, "missing_member", "/value" },
	{ IDENTIFIER_IN_ACCOUNT, { NULL, "SBIN0005943" }, "missing_member",
	    "/value" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890" }, "missing_member",
	    "/ifsc" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", "SBIN" }, "bad_length",
	    "/ifsc" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", NULL, "SBIN0005943" },
	    "bad_length", "/bank_code" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", "SBIN0005943", "HDFC" },
	    "bank_mismatch", "/bank_code" },
	{ IDENTIFIER_IN_ACCOUNT, { "001234567890", "SBIN0005943", "SBINX" },
	    "bank_mismatch", "/bank_code" },
	{ IDENTIFIER_RU_ACCOUNT, { "40702810002280000593" }, "missing_member",
	    "/bic" },
	{ IDENTIFIER_US_ACCOUNT, { "1234" }, "missing_member", "/aba" },
	{ IDENTIFIER_UK_ACCOUNT, { "31926819" }, "missing_member",
	    "/sort_code" },
	{ IDENTIFIER_WALLET_ID, { "u-91" }, "missing_member", "/provider" },
	{ IDENTIFIER_WALLET_ID, { "u-91", long_card }, "card_number_refused",
	    "/provider" },
	{ IDENTIFIER_WALLET_ID,
	    { "u-91", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	    "too_long", "/provider" },
	{ IDENTIFIER_CRYPTO_ADDRESS, { "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa" },
	    "missing_member", "/chain" },
	{ IDENTIFIER_CARD, { NULL }, "missing_member", "/bin" },
	{ IDENTIFIER_CARD, { "411111", NULL, "16" }, "missing_member",
	    "/last4" },
	{ IDENTIFIER_CARD, { "411111", "1111" }, "missing_member", "/length" },
	{ IDENTIFIER_CARD, { "411111", "1111", "16", "tok" }, "bad_form",
	    "/token" },
	{ IDENTIFIER_CARD, { "4111111111111111", "1111", "16" },
	    "card_number_refused", "/bin" },
	{ IDENTIFIER_CARD, { "411111", "4111 1111 1111 1111", "16" },
	    "card_number_refused", "/last4" },
	{ IDENTIFIER_CARD, { NULL, NULL, NULL, "4111111111111111" },
	    "card_number_refused", "/token" },
	{ IDENTIFIER_CARD, { NULL, NULL, NULL, long_card },
	    "card_number_refused", "/token" },
	{ IDENTIFIER_CARD, { NULL, NULL, NULL, "" }, "bad_length", "/token" },
	{ IDENTIFIER_CARD, { "41111", "1111", "16" }, "bad_length", "/bin" },
	{ IDENTIFIER_CARD, { "411111111", "1111", "16" }, "bad_length",
	    "/bin" },
	{ IDENTIFIER_CARD, { "41111a", "1111", "16" }, "bad_character",
	    "/bin" },
	{ IDENTIFIER_CARD, { "411111", "111", "16" }, "bad_length", "/last4" },
	{ IDENTIFIER_CARD, { "411111", "1111", "12" }, "bad_length",
	    "/length" },
	{ IDENTIFIER_CARD, { "411111", "1111", "20" }, "bad_length",
	    "/length" },
	{ IDENTIFIER_CARD, { "411111", "1111", "-16" }, "bad_length",
	    "/length" },
	{ IDENTIFIER_CARD, { "411111", "1111", "99999999999999999999" },
	    "bad_length", "/length" },
	{ IDENTIFIER_CARD, { "41111111", "1111", "15" }, "bad_length", "/bin" },
};

START_TEST(wrong_members_are_refused_where_they_stand)
{
	struct identifier identifier;
	struct err err = { .code = "" };

	ck_assert_int_eq(identifier_compose(refused[_i].type, refused[_i].texts,
			     &identifier, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_str_eq(err.pointer, refused[_i].pointer);
}
END_TEST

/* The longest value, all digits: nothing is cut, nothing overflows. */
START_TEST(value_too_long_for_its_room_is_refused)
{
	char text[IDENTIFIER_VALUE_SIZE + 1];
	const char *texts[IDENTIFIER_MEMBERS_MAX] = { text };
	struct identifier identifier;
	struct err err;

	memset(text, '7', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert_int_eq(
	    identifier_compose(IDENTIFIER_IBAN, texts, &identifier, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "too_long");
	ck_assert_str_eq(err.pointer, "/value");
}
END_TEST

Suite *
identifier_members_suite(void)
{
	Suite *suite = suite_create("identifier_members");
	TCase *tests = tcase_create("identifier_members");

	tcase_add_loop_test(
	    tests, type_has_a_name_that_is_read_back, 0, IDENTIFIER_TYPE_COUNT);
	tcase_add_loop_test(
	    tests, unknown_type_is_none, 0, (int)COUNT(no_types));
	tcase_add_loop_test(tests, members_are_named_and_at_least_one, 0,
	    IDENTIFIER_TYPE_COUNT);
	tcase_add_loop_test(
	    tests, references_name_payments, 0, IDENTIFIER_TYPE_COUNT);
	tcase_add_loop_test(
	    tests, members_compose_an_identifier, 0, (int)COUNT(composed));
	tcase_add_loop_test(tests,
	    identifier_splits_into_members_mask_and_canonical_text, 0,
	    (int)COUNT(composed));
	tcase_add_loop_test(tests, wrong_members_are_refused_where_they_stand,
	    0, (int)COUNT(refused));
	tcase_add_test(tests, value_too_long_for_its_room_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}
