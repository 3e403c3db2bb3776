/*
 * identifier: what each type takes, and what it makes of it.
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
	const char *value, *qualifier, *normal, *normal_qualifier;
} right[] = {
	{ IDENTIFIER_IBAN, "GB82WEST12345698765432", "",
	    "GB82WEST12345698765432", "" },
	{ IDENTIFIER_IBAN, "gb82 west 1234 5698 7654 32", "",
	    "GB82WEST12345698765432", "" },
	{ IDENTIFIER_IBAN, "DE89370400440532013000", "",
	    "DE89370400440532013000", "" },
	{ IDENTIFIER_IBAN, "FR14 2004 1010 0505 0001 3M02 606", "",
	    "FR1420041010050500013M02606", "" },
	{ IDENTIFIER_IBAN, "NO9386011117947", "", "NO9386011117947", "" },
	{ IDENTIFIER_IBAN, "MT84MALT011000012345MTLCAST001S", "",
	    "MT84MALT011000012345MTLCAST001S", "" },
	{ IDENTIFIER_IBAN, "BR1800360305000010009795493C1", "",
	    "BR1800360305000010009795493C1", "" },
	{ IDENTIFIER_IBAN, "KZ86125KZT5004100100", "", "KZ86125KZT5004100100",
	    "" },
	{ IDENTIFIER_BIC, "DEUTDEFF", "", "DEUTDEFF", "" },
	{ IDENTIFIER_BIC, "deutdeff500", "", "DEUTDEFF500", "" },
	{ IDENTIFIER_BIC, "SABRRUMM", "", "SABRRUMM", "" },
	{ IDENTIFIER_BIC, "1A2BXKPRXXX", "", "1A2BXKPRXXX", "" },
	{ IDENTIFIER_IFSC, "SBIN0005943", "", "SBIN0005943", "" },
	{ IDENTIFIER_IFSC, "hdfc0caclnb", "", "HDFC0CACLNB", "" },
	{ IDENTIFIER_IN_ACCOUNT, "000012345", "SBIN0005943", "000012345",
	    "SBIN0005943" },
	{ IDENTIFIER_IN_ACCOUNT, "0000 1234 5678 9012 34", "sbin",
	    "000012345678901234", "SBIN" },
	{ IDENTIFIER_UPI_VPA, "Some.Body-1_2@OkSBI", "", "some.body-1_2@oksbi",
	    "" },
	{ IDENTIFIER_UPI_VPA, "ab@yl", "", "ab@yl", "" },
	{ IDENTIFIER_UPI_VPA, "9876543210@ybl", "", "9876543210@ybl", "" },
	{ IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "044525593",
	    "40702810002280000593", "044525593" },
	{ IDENTIFIER_RU_ACCOUNT, "40702 810 9 3800 0000001", "044525225",
	    "40702810938000000001", "044525225" },
	{ IDENTIFIER_RU_ACCOUNT, "30101810400000000225", "044525225",
	    "30101810400000000225", "044525225" },
	{ IDENTIFIER_KZ_ACCOUNT, "kz86 125k zt50 0410 0100", "",
	    "KZ86125KZT5004100100", "" },
	{ IDENTIFIER_IIN, "850101300005", "", "850101300005", "" },
	{ IDENTIFIER_IIN, "950630400554", "", "950630400554", "" },
	{ IDENTIFIER_US_ACCOUNT, "1234", "021000021", "1234", "021000021" },
	{ IDENTIFIER_US_ACCOUNT, "12345678901234567", "121 000 248",
	    "12345678901234567", "121000248" },
	{ IDENTIFIER_UK_ACCOUNT, "31926819", "60-16-13", "31926819", "601613" },
	{ IDENTIFIER_PIX_KEY, "529.982.247-25", "", "52998224725", "" },
	{ IDENTIFIER_PIX_KEY, "11.222.333/0001-81", "", "11222333000181", "" },
	{ IDENTIFIER_PIX_KEY, "12.ABC.345/01DE-35", "", "12ABC34501DE35", "" },
	{ IDENTIFIER_PIX_KEY, "+55 10 99876-5432", "", "+5510998765432", "" },
	{ IDENTIFIER_PIX_KEY, "Pix@BCB.gov.br", "", "pix@bcb.gov.br", "" },
	{ IDENTIFIER_PIX_KEY, "123E4567-E12B-12D1-A456-426655440000", "",
	    "123e4567-e12b-12d1-a456-426655440000", "" },
	{ IDENTIFIER_PIX_E2E, "E12345678202009091221abcdef12345", "",
	    "E12345678202009091221abcdef12345", "" },
	{ IDENTIFIER_CARD, "411111******1111", "", "411111******1111", "" },
	{ IDENTIFIER_CARD, "41111111****1111", "", "41111111****1111", "" },
	{ IDENTIFIER_CARD, "371449*****8431", "", "371449*****8431", "" },
	{ IDENTIFIER_CARD, "tok_4Xz:91", "token", "tok_4Xz:91", "token" },
	{ IDENTIFIER_RRN, "012345678901", "", "012345678901", "" },
	{ IDENTIFIER_RRN, "1234567890", "", "1234567890", "" },
	{ IDENTIFIER_UTR, "sbinn12345678901", "", "SBINN12345678901", "" },
	{ IDENTIFIER_UTR, "N023190712345678", "", "N023190712345678", "" },
	{ IDENTIFIER_UTR, "HDFCR52023010112345678", "",
	    "HDFCR52023010112345678", "" },
	{ IDENTIFIER_UETR, "97ED4827-7B6F-4491-A06F-B548D5A7512D", "",
	    "97ed4827-7b6f-4491-a06f-b548d5a7512d", "" },
	{ IDENTIFIER_ARN, "24692160123456789012345", "",
	    "24692160123456789012345", "" },
	{ IDENTIFIER_MSISDN, "+5510998765432", "", "+5510998765432", "" },
	{ IDENTIFIER_MSISDN, "+91 (98765) 432-10", "", "+919876543210", "" },
	{ IDENTIFIER_MSISDN, "+6834567", "", "+6834567", "" },
	{ IDENTIFIER_IMEI, "490154203237518", "", "490154203237518", "" },
	{ IDENTIFIER_IMEI, "49015420323751", "", "490154203237518", "" },
	{ IDENTIFIER_IMEI, "49-015420-323751-8", "", "490154203237518", "" },
	{ IDENTIFIER_ICCID, "8949000000000000000", "", "8949000000000000000",
	    "" },
	{ IDENTIFIER_ICCID, "8949000000000000000F", "", "8949000000000000000",
	    "" },
	{ IDENTIFIER_ICCID, "89911012000032045104", "", "89911012000032045104",
	    "" },
	{ IDENTIFIER_IMSI, "404685505601234", "", "404685505601234", "" },
	{ IDENTIFIER_IMSI, "310150", "", "310150", "" },
	{ IDENTIFIER_WALLET_ID, "u-91/Ab", "PayTM", "u-91/Ab", "paytm" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	    "Bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
	    "bitcoin", "3P14159f73E4gFr7JterCCQh9QjiTjiZrG", "bitcoin" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bitcoin",
	    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoin" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	    "bitcoin",
	    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	    "bitcoin" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
	    "tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
	    "ripple", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "ripple" },
	{ IDENTIFIER_CRYPTO_ADDRESS, "rrrrrrrrrrrrrrrrrrrrrhoLvTp", "ripple",
	    "rrrrrrrrrrrrrrrrrrrrrhoLvTp", "ripple" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "solana",
	    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "solana" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum",
	    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359", "bnb",
	    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "bnb" },
	{ IDENTIFIER_CRYPTO_ADDRESS,
	    "0xDBF03B407C01E7CD3CBEA99509D93F8DDDC8C6FB", "polygon",
	    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "polygon" },
	{ IDENTIFIER_MERCHANT_ID, "MER-000012345AB", "", "MER-000012345AB",
	    "" },
	{ IDENTIFIER_TERMINAL_ID, " T1234567 ", "", "T1234567", "" },
	{ IDENTIFIER_ORDER_ID, "404-1234567-1234567", "", "404-1234567-1234567",
	    "" },
	{ IDENTIFIER_ORDER_ID, "OD/2026#17", "", "OD/2026#17", "" },
	{ IDENTIFIER_LISTING_URL, "HTTPS://Shop.Example.COM/Item/42?Q=a%20b",
	    "", "https://shop.example.com/Item/42?Q=a%20b", "" },
	{ IDENTIFIER_LISTING_URL, "https://example.org:8443", "",
	    "https://example.org:8443", "" },
};

START_TEST(right_identifier_is_normalised)
{
	struct identifier identifier;
	struct err err = { .code = "" };

	make_identifier(
	    &identifier, right[_i].type, right[_i].value, right[_i].qualifier);
	ck_assert_msg(identifier_check(&identifier, &err) == RC_OK, "%s: %s %s",
	    right[_i].value, err.code, err.text);
	ck_assert_str_eq(identifier.value, right[_i].normal);
	ck_assert_str_eq(identifier.qualifier, right[_i].normal_qualifier);
}
END_TEST

START_TEST(normal_identifier_stays_as_it_is)
{
	struct identifier identifier;
	struct err err;

	make_identifier(&identifier, right[_i].type, right[_i].normal,
	    right[_i].normal_qualifier);
	ck_assert_int_eq(identifier_check(&identifier, &err), RC_OK);
	ck_assert_str_eq(identifier.value, right[_i].normal);
	ck_assert_str_eq(identifier.qualifier, right[_i].normal_qualifier);
}
END_TEST

START_TEST(every_type_has_an_example)
{
	size_t found = 0;

	for (size_t i = 0; i < COUNT(right); i++)
		found += right[i].type == (enum identifier_type)_i;
	ck_assert_uint_ge(found, 1);
}
END_TEST

Suite *
identifier_suite(void)
{
	Suite *suite = suite_create("identifier");
	TCase *tests = tcase_create("identifier");

	tcase_add_loop_test(
	    tests, right_identifier_is_normalised, 0, (int)COUNT(right));
	tcase_add_loop_test(
	    tests, normal_identifier_stays_as_it_is, 0, (int)COUNT(right));
	tcase_add_loop_test(
	    tests, every_type_has_an_example, 0, IDENTIFIER_TYPE_COUNT);
	suite_add_tcase(suite, tests);
	return suite;
}
