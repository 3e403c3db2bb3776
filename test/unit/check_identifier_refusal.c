/*
 * identifier: what each type refuses, with code and pointer.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/domain/identifier.h"

static void
make_identifier(struct identifier *identifier, enum identifier_type type,
    const char *value, const char *qualifier)
{
	memset(identifier, 0, sizeof(*identifier));
	identifier->type = type;
	(void)snprintf(
	    identifier->value, sizeof(identifier->value), "%s", value);
	(void)snprintf(identifier->qualifier, sizeof(identifier->qualifier),
	    "%s", qualifier);
}

static const struct {
	enum identifier_type type;
	const char *value, *qualifier, *code, *pointer;
} wrong[] = {
	{ IDENTIFIER_IBAN, "GB82WEST12345698765433", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_IBAN, "GB82WEST1234569876543", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_IBAN, "GB82WEST123456987654321", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_IBAN, "GB82123412345698765432", "", "bad_form", "/value" },
	{ IDENTIFIER_IBAN, "GBX2WEST12345698765432", "", "bad_form", "/value" },
	{ IDENTIFIER_IBAN, "US82WEST12345698765432", "", "unknown_country",
	    "/value" },
	{ IDENTIFIER_IBAN, "", "", "unknown_country", "/value" },
	{ IDENTIFIER_IBAN, "G", "", "unknown_country", "/value" },
	{ IDENTIFIER_IBAN, "GB82WEST123456.8765432", "", "bad_character",
	    "/value" },
	{ IDENTIFIER_IBAN, "ＧＢ82WEST12345698765432", "", "bad_character",
	    "/value" },
	{ IDENTIFIER_BIC, "DEUTDEF", "", "bad_length", "/value" },
	{ IDENTIFIER_BIC, "DEUTDEFF5", "", "bad_length", "/value" },
	{ IDENTIFIER_BIC, "", "", "bad_length", "/value" },
	{ IDENTIFIER_BIC, "DEUTZZFF", "", "unknown_country", "/value" },
	{ IDENTIFIER_BIC, "DEUT1EFF", "", "bad_form", "/value" },
	{ IDENTIFIER_BIC, "DEUT-EFF", "", "bad_character", "/value" },
	{ IDENTIFIER_IFSC, "SBIN1005943", "", "bad_form", "/value" },
	{ IDENTIFIER_IFSC, "SBIN000594", "", "bad_length", "/value" },
	{ IDENTIFIER_IFSC, "SBIN00059433", "", "bad_length", "/value" },
	{ IDENTIFIER_IFSC, "SB1N0005943", "", "bad_form", "/value" },
	{ IDENTIFIER_IFSC, "SBIN00059-3", "", "bad_form", "/value" },
	{ IDENTIFIER_IN_ACCOUNT, "12345678", "SBIN", "bad_length", "/value" },
	{ IDENTIFIER_IN_ACCOUNT, "1234567890123456789", "SBIN", "bad_length",
	    "/value" },
	{ IDENTIFIER_IN_ACCOUNT, "12345678A", "SBIN", "bad_character",
	    "/value" },
	{ IDENTIFIER_IN_ACCOUNT, "123456789", "", "missing_member", "/ifsc" },
	{ IDENTIFIER_IN_ACCOUNT, "123456789", "SBIN1005943", "bad_form",
	    "/ifsc" },
	{ IDENTIFIER_IN_ACCOUNT, "123456789", "SB1N", "bad_form",
	    "/bank_code" },
	{ IDENTIFIER_UPI_VPA, "somebody", "", "bad_form", "/value" },
	{ IDENTIFIER_UPI_VPA, "some@body@oksbi", "", "bad_form", "/value" },
	{ IDENTIFIER_UPI_VPA, "a@oksbi", "", "bad_length", "/value" },
	{ IDENTIFIER_UPI_VPA, "ab@y", "", "bad_length", "/value" },
	{ IDENTIFIER_UPI_VPA, "@oksbi", "", "bad_length", "/value" },
	{ IDENTIFIER_UPI_VPA, "ab@1sbi", "", "bad_character", "/value" },
	{ IDENTIFIER_UPI_VPA, "ab@ok.sbi", "", "bad_character", "/value" },
	{ IDENTIFIER_UPI_VPA, "a b@oksbi", "", "bad_character", "/value" },
	{ IDENTIFIER_UPI_VPA, "аb@oksbi", "", "bad_character", "/value" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000594", "044525593",
	    "bad_check_digit", "/value" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "044525225",
	    "bad_check_digit", "/value" },
	{ IDENTIFIER_RU_ACCOUNT, "4070281000228000059", "044525593",
	    "bad_length", "/value" },
	{ IDENTIFIER_RU_ACCOUNT, "40702A10002280000593", "044525593",
	    "bad_character", "/value" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "", "bad_length",
	    "/bic" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "04452559",
	    "bad_length", "/bic" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "144525593",
	    "bad_form", "/bic" },
	{ IDENTIFIER_KZ_ACCOUNT, "GB82WEST12345698765432", "",
	    "unknown_country", "/value" },
	{ IDENTIFIER_KZ_ACCOUNT, "KZ86125KZT5004100101", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_KZ_ACCOUNT, "KZ86A25KZT5004100100", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_KZ_ACCOUNT, "12345", "", "unknown_country", "/value" },
	{ IDENTIFIER_IIN, "850101300004", "", "bad_check_digit", "/value" },
	{ IDENTIFIER_IIN, "85010130000", "", "bad_length", "/value" },
	{ IDENTIFIER_IIN, "851301300005", "", "bad_form", "/value" },
	{ IDENTIFIER_IIN, "850132300005", "", "bad_form", "/value" },
	{ IDENTIFIER_IIN, "850101700005", "", "bad_form", "/value" },
	{ IDENTIFIER_IIN, "85010130000X", "", "bad_character", "/value" },
	{ IDENTIFIER_US_ACCOUNT, "123", "021000021", "bad_length", "/value" },
	{ IDENTIFIER_US_ACCOUNT, "123456789012345678", "021000021",
	    "bad_length", "/value" },
	{ IDENTIFIER_US_ACCOUNT, "1234", "021000022", "bad_check_digit",
	    "/aba" },
	{ IDENTIFIER_US_ACCOUNT, "1234", "200000003", "bad_form", "/aba" },
	{ IDENTIFIER_US_ACCOUNT, "1234", "02100002", "bad_length", "/aba" },
	{ IDENTIFIER_US_ACCOUNT, "1234", "", "bad_length", "/aba" },
	{ IDENTIFIER_UK_ACCOUNT, "3192681", "601613", "bad_length", "/value" },
	{ IDENTIFIER_UK_ACCOUNT, "319268199", "601613", "bad_length",
	    "/value" },
	{ IDENTIFIER_UK_ACCOUNT, "31926819", "60161", "bad_length",
	    "/sort_code" },
	{ IDENTIFIER_UK_ACCOUNT, "31926819", "6O1613", "bad_character",
	    "/sort_code" },
	{ IDENTIFIER_PIX_KEY, "529.982.247-24", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_PIX_KEY, "111.111.111-11", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_PIX_KEY, "11.222.333/0001-82", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_PIX_KEY, "12ABC34501DE36", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_PIX_KEY, "12ABC34501DEX5", "", "bad_character", "/value" },
	{ IDENTIFIER_PIX_KEY, "12345", "", "bad_length", "/value" },
	{ IDENTIFIER_PIX_KEY, "0910998765432", "", "bad_length", "/value" },
	{ IDENTIFIER_PIX_KEY, "+0910998765432", "", "unknown_country",
	    "/value" },
	{ IDENTIFIER_PIX_KEY, "not a key!", "", "bad_form", "/value" },
	{ IDENTIFIER_PIX_KEY, "pix@bcb", "", "bad_form", "/value" },
	{ IDENTIFIER_PIX_KEY, "pix@@bcb.gov.br", "", "bad_form", "/value" },
	{ IDENTIFIER_PIX_KEY, ".pix@bcb.gov.br", "", "bad_form", "/value" },
	{ IDENTIFIER_PIX_KEY, "pix@bcb.gov.br.", "", "bad_form", "/value" },
	{ IDENTIFIER_PIX_KEY,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "@bcb.gov.com",
	    "", "bad_length", "/value" },
	{ IDENTIFIER_PIX_KEY, "123e4567-e12b-12d1-a456-42665544000", "",
	    "bad_length", "/value" },
	{ IDENTIFIER_PIX_E2E, "E12345678202009091221abcdef1234", "",
	    "bad_length", "/value" },
	{ IDENTIFIER_PIX_E2E, "E12345678202009091221abcdef123456", "",
	    "bad_length", "/value" },
	{ IDENTIFIER_PIX_E2E, "E12345678202009091221abcdef1234!", "",
	    "bad_character", "/value" },
	{ IDENTIFIER_CARD, "4111111111111111", "", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_CARD, "4111 1111 1111 1111", "", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_CARD, "4111111111111111", "token", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_CARD, "4111111111111112", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "41111******1111", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "411111111***1111", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "411111******111", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "411111**1111", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "411111**********1111", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "4111111****1111", "", "bad_length", "/bin" },
	{ IDENTIFIER_CARD, "", "", "bad_form", "/value" },
	{ IDENTIFIER_CARD, "", "token", "bad_length", "/value" },
	{ IDENTIFIER_CARD, "tok en", "token", "bad_character", "/value" },
	{ IDENTIFIER_CARD, "411111******1111", "else", "bad_form", "/token" },
	{ IDENTIFIER_RRN, "123456789", "", "bad_length", "/value" },
	{ IDENTIFIER_RRN, "123456789012345", "", "bad_length", "/value" },
	{ IDENTIFIER_RRN, "12345678901A", "", "bad_character", "/value" },
	{ IDENTIFIER_UTR, "SBINN1234567890", "", "bad_length", "/value" },
	{ IDENTIFIER_UTR, "1BINN12345678901", "", "bad_form", "/value" },
	{ IDENTIFIER_UTR, "SBINN12345678A01", "", "bad_form", "/value" },
	{ IDENTIFIER_UTR, "HDFCN52023010112345678", "", "bad_form", "/value" },
	{ IDENTIFIER_UTR, "HDFCR52023130112345678", "", "bad_form", "/value" },
	{ IDENTIFIER_UTR, "HDFCR52023010112345X78", "", "bad_form", "/value" },
	{ IDENTIFIER_UETR, "97ed4827-7b6f-1491-a06f-b548d5a7512d", "",
	    "bad_form", "/value" },
	{ IDENTIFIER_UETR, "97ed4827-7b6f-4491-706f-b548d5a7512d", "",
	    "bad_form", "/value" },
	{ IDENTIFIER_UETR, "97ed4827-7b6f-4491-a06f-b548d5a7512", "",
	    "bad_length", "/value" },
	{ IDENTIFIER_UETR, "97ed48277b6f4491a06fb548d5a7512d", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_UETR, "97ed4827-7b6f-4491-a06f-b548d5a7512g", "",
	    "bad_form", "/value" },
	{ IDENTIFIER_ARN, "2469216012345678901234", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_ARN, "2469216012345678901234X", "", "bad_character",
	    "/value" },
	{ IDENTIFIER_MSISDN, "0910998765432", "", "bad_form", "/value" },
	{ IDENTIFIER_MSISDN, "910998765432", "", "bad_form", "/value" },
	{ IDENTIFIER_MSISDN, "+0910998765432", "", "unknown_country",
	    "/value" },
	{ IDENTIFIER_MSISDN, "+2101234567", "", "unknown_country", "/value" },
	{ IDENTIFIER_MSISDN, "+9198765432101234", "", "bad_length", "/value" },
	{ IDENTIFIER_MSISDN, "+919876", "", "bad_length", "/value" },
	{ IDENTIFIER_MSISDN, "+91987654321O", "", "bad_character", "/value" },
	{ IDENTIFIER_MSISDN, "++919876543210", "", "bad_character", "/value" },
	{ IDENTIFIER_MSISDN, "", "", "bad_form", "/value" },
	{ IDENTIFIER_IMEI, "490154203237519", "", "bad_check_digit", "/value" },
	{ IDENTIFIER_IMEI, "4901542032375", "", "bad_length", "/value" },
	{ IDENTIFIER_IMEI, "4901542032375180", "", "bad_length", "/value" },
	{ IDENTIFIER_IMEI, "49015420323751X", "", "bad_character", "/value" },
	{ IDENTIFIER_ICCID, "8949000000000000001", "", "bad_check_digit",
	    "/value" },
	{ IDENTIFIER_ICCID, "894900000000000000", "", "bad_length", "/value" },
	{ IDENTIFIER_ICCID, "894900000000000000000", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_ICCID, "7949000000000000002", "", "bad_form", "/value" },
	{ IDENTIFIER_ICCID, "89490000000000000F0F", "", "bad_character",
	    "/value" },
	{ IDENTIFIER_IMSI, "4046855056012345", "", "bad_length", "/value" },
	{ IDENTIFIER_IMSI, "40468", "", "bad_length", "/value" },
	{ IDENTIFIER_IMSI, "4046855056O1234", "", "bad_character", "/value" },
	{ IDENTIFIER_WALLET_ID, "", "paytm", "bad_length", "/value" },
	{ IDENTIFIER_WALLET_ID,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "paytm", "bad_length", "/value" },
	{ IDENTIFIER_WALLET_ID, "u-91", "", "bad_length", "/provider" },
	{ IDENTIFIER_WALLET_ID, "u-91", "pay tm", "bad_character",
	    "/provider" },
	{ IDENTIFIER_WALLET_ID, "u 91", "paytm", "bad_character", "/value" },
	{ IDENTIFIER_WALLET_ID, "wallet-4111111111111111", "paytm",
	    "card_number_refused", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
	    "bitcoin", "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7Di",
	    "bitcoin", "bad_length", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	    "bitcoin", "bad_character", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	    "litecoin", "bad_form", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
	    "bitcoin", "bad_form", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "",
	    "unknown_chain", "/chain" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	    "bitcoins", "unknown_chain", "/chain" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "", "bitcoin", "bad_length", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
	    "zzzzzzzzzzzzzzzzzzzzzzzz",
	    "bitcoin", "bad_length", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bitcoin",
	    "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8f3t4", "bitcoin",
	    "bad_character", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "bc1qw5", "bitcoin", "bad_length",
	    "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
	    "bitcoin", "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	    "bitcoin", "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "bc1pw5dgrnzv", "bitcoin", "bad_form",
	    "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
	    "bitcoin", "bad_form", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", "ethereum",
	    "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "ethereum",
	    "bad_length", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
	    "ethereum", "bad_form", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", "ethereum",
	    "bad_character", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi",
	    "ripple", "bad_check_digit", "/value" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt", "solana",
	    "bad_length", "/value" },
	{ IDENTIFIER_MERCHANT_ID, "", "", "bad_length", "/value" },
	{ IDENTIFIER_MERCHANT_ID, "ABCDEFGHIJKLMNOP", "", "bad_length",
	    "/value" },
	{ IDENTIFIER_MERCHANT_ID, "378282246310005", "", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_MERCHANT_ID, "4111111111111111", "", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_MERCHANT_ID, "café", "", "bad_character", "/value" },
	{ IDENTIFIER_TERMINAL_ID, "T12345678", "", "bad_length", "/value" },
	{ IDENTIFIER_TERMINAL_ID, "T 1", "", "bad_character", "/value" },
	{ IDENTIFIER_ORDER_ID, "4111-1111-1111-1111", "", "card_number_refused",
	    "/value" },
	{ IDENTIFIER_ORDER_ID, "order:5555555555554444;x", "",
	    "card_number_refused", "/value" },
	{ IDENTIFIER_ORDER_ID, "４１１１１１１１１１１１１１１１", "",
	    "card_number_refused", "/value" },
	{ IDENTIFIER_ORDER_ID,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "", "bad_length", "/value" },
	{ IDENTIFIER_ORDER_ID, "a b", "", "bad_character", "/value" },
	{ IDENTIFIER_LISTING_URL, "http://example.com/1", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://", "", "bad_form", "/value" },
	{ IDENTIFIER_LISTING_URL, "https://localhost/", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://user@example.com/", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://user:pw@example.com/", "",
	    "bad_form", "/value" },
	{ IDENTIFIER_LISTING_URL, "https://-example.com./", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://a..example.com/", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://example.com:port/", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "https://example.com/a b", "",
	    "bad_character", "/value" },
	{ IDENTIFIER_LISTING_URL, "javascript:alert(1)", "", "bad_form",
	    "/value" },
	{ IDENTIFIER_LISTING_URL, "", "", "bad_form", "/value" },
};

START_TEST(wrong_identifier_says_what_and_where)
{
	struct identifier identifier;
	struct err err = { .code = "" };

	make_identifier(
	    &identifier, wrong[_i].type, wrong[_i].value, wrong[_i].qualifier);
	ck_assert_msg(identifier_check(&identifier, &err) == RC_INVALID,
	    "accepted: %s", wrong[_i].value);
	ck_assert_msg(strcmp(err.code, wrong[_i].code) == 0, "%s: %s, not %s",
	    wrong[_i].value, err.code, wrong[_i].code);
	ck_assert_msg(strcmp(err.pointer, wrong[_i].pointer) == 0,
	    "%s: %s, not %s", wrong[_i].value, err.pointer, wrong[_i].pointer);
}
END_TEST

/* A value of three characters may stand in a sentence by chance. */
START_TEST(sentence_never_echoes_the_value)
{
	struct identifier identifier;
	struct err err;

	make_identifier(
	    &identifier, wrong[_i].type, wrong[_i].value, wrong[_i].qualifier);
	ck_assert_int_eq(identifier_check(&identifier, &err), RC_INVALID);
	if (strlen(wrong[_i].value) > 3)
		ck_assert_ptr_null(strstr(err.text, wrong[_i].value));
}
END_TEST

START_TEST(every_type_has_two_wrong_examples)
{
	size_t found = 0;

	for (size_t i = 0; i < COUNT(wrong); i++)
		found += wrong[i].type == (enum identifier_type)_i;
	ck_assert_uint_ge(found, 2);
}
END_TEST

Suite *
identifier_refusal_suite(void)
{
	Suite *suite = suite_create("identifier_refusal");
	TCase *tests = tcase_create("identifier_refusal");

	tcase_add_loop_test(
	    tests, wrong_identifier_says_what_and_where, 0, (int)COUNT(wrong));
	tcase_add_loop_test(
	    tests, sentence_never_echoes_the_value, 0, (int)COUNT(wrong));
	tcase_add_loop_test(
	    tests, every_type_has_two_wrong_examples, 0, IDENTIFIER_TYPE_COUNT);
	suite_add_tcase(suite, tests);
	return suite;
}
