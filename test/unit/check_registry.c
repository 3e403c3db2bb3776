/*
 * registry: look-ups, who is behind a key, and routes of identifiers.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/common.h"
#include "hub/domain/ids.h"
#include "hub/domain/registry.h"

enum { NOW = 1000 };

static struct id
id_of(int kind, int number)
{
	struct id id = { { 0 } };

	id.bytes[0] = (uint8_t)kind;
	id.bytes[14] = (uint8_t)(number >> 8);
	id.bytes[15] = (uint8_t)number;
	return id;
}

enum { INS = 1, PRN, END };

enum who { UNIT = 1, ALPHA, BETA, SLEEPING, LATE, SHOP, WHO_END };

static const struct institution institutions[] = {
	{ .slug = "unit",
	    .kind = INSTITUTION_POLICE_UNIT,
	    .status = REGISTRY_ACTIVE },
	{ .slug = "alpha",
	    .kind = INSTITUTION_BANK,
	    .status = REGISTRY_ACTIVE },
	{ .slug = "beta",
	    .kind = INSTITUTION_WALLET,
	    .status = REGISTRY_ACTIVE },
	{ .slug = "sleeping",
	    .kind = INSTITUTION_BANK,
	    .status = REGISTRY_SUSPENDED },
	{ .slug = "late",
	    .kind = INSTITUTION_BANK,
	    .status = REGISTRY_ACTIVE,
	    .active_from = NOW + 1 },
	{ .slug = "shop",
	    .kind = INSTITUTION_ECOMMERCE,
	    .status = REGISTRY_ACTIVE },
};

static const struct {
	enum route_scheme scheme;
	const char *value;
	enum who who;
} routes[] = {
	{ ROUTE_IFSC_BANK, "SBIN", ALPHA },
	{ ROUTE_IFSC_BANK, "QQQQ", BETA },
	{ ROUTE_IFSC_BANK, "HDFC", SLEEPING },
	{ ROUTE_IFSC_BANK, "ICIC", LATE },
	{ ROUTE_UPI_HANDLE, "OkAlpha", ALPHA },
	{ ROUTE_BIC, "DEUTDEFF", ALPHA },
	{ ROUTE_BIC, "DEUTDEFF500", BETA },
	{ ROUTE_BIC, "WESTGB", BETA },
	{ ROUTE_BIC, "044525593", ALPHA },
	{ ROUTE_IIN, "411111", ALPHA },
	{ ROUTE_IIN, "41111122", BETA },
	{ ROUTE_IIN, "5555", BETA },
	{ ROUTE_IIN, "411111999", SHOP },
	{ ROUTE_MCC_MNC, "40445", ALPHA },
	{ ROUTE_MCC_MNC, "310260", BETA },
	{ ROUTE_DOMAIN, "Shop.Example", SHOP },
	{ ROUTE_DOMAIN, "pay.shop.example", BETA },
	{ ROUTE_DOMAIN, "example", SLEEPING },
	{ ROUTE_WALLET_PROVIDER, "PayBeta", BETA },
	{ ROUTE_IBAN_BANK, "DE37040044", ALPHA },
	{ ROUTE_IBAN_BANK, "DE3704", BETA },
	{ ROUTE_IBAN_BANK, "KZ125", ALPHA },
	{ ROUTE_IBAN_BANK, "IT05428", BETA },
	{ ROUTE_ABA, "021000021", ALPHA },
	{ ROUTE_SORT_CODE, "60", ALPHA },
	{ ROUTE_SORT_CODE, "601613", BETA },
	{ ROUTE_LEI, "5493001KJTIIGC8Y1R12", ALPHA },
};

static const struct endpoint endpoints[] = {
	{ .number = 7, .kind = ENDPOINT_INBOX, .status = REGISTRY_ACTIVE },
	{ .number = 3, .kind = ENDPOINT_WEBHOOK, .status = REGISTRY_ACTIVE },
	{ .number = 5, .kind = ENDPOINT_WEBHOOK, .status = REGISTRY_ACTIVE },
	{ .number = 9, .kind = ENDPOINT_WEBHOOK, .status = REGISTRY_PROPOSED },
	{ .number = 8,
	    .kind = ENDPOINT_WEBHOOK,
	    .status = REGISTRY_ACTIVE,
	    .active_from = NOW + 1 },
	{ .number = 1, .kind = ENDPOINT_SMTP, .status = REGISTRY_ACTIVE },
	/* Beta's: an inbox, and a webhook that is suspended. */
	{ .number = 2, .kind = ENDPOINT_INBOX, .status = REGISTRY_ACTIVE },
	{ .number = 4, .kind = ENDPOINT_WEBHOOK, .status = REGISTRY_SUSPENDED },
};

static const struct {
	const char *key;
	enum who who;
	enum registry_status status;
	int64_t valid_from, valid_until, active_from;
	bool is_revoked;
	const char *code; /* of the refusal, or "" */
} people[] = {
	{ "good", UNIT, REGISTRY_ACTIVE, 0, NOW + 1, 0, false, "" },
	{ "revoked", UNIT, REGISTRY_ACTIVE, 0, NOW + 1, 0, true,
	    "certificate_revoked" },
	{ "proposed", UNIT, REGISTRY_PROPOSED, 0, NOW + 1, 0, false,
	    "principal_not_active" },
	{ "suspended", UNIT, REGISTRY_SUSPENDED, 0, NOW + 1, 0, false,
	    "principal_not_active" },
	{ "delayed", UNIT, REGISTRY_ACTIVE, 0, NOW + 1, NOW + 1, false,
	    "principal_not_active" },
	{ "early", UNIT, REGISTRY_ACTIVE, NOW + 1, NOW + 2, 0, false,
	    "principal_not_active" },
	{ "over", UNIT, REGISTRY_ACTIVE, 0, NOW, 0, false,
	    "principal_not_active" },
	{ "sleeping", SLEEPING, REGISTRY_ACTIVE, 0, NOW + 1, 0, false,
	    "institution_not_active" },
	{ "late", LATE, REGISTRY_ACTIVE, 0, NOW + 1, 0, false,
	    "institution_not_active" },
	{ "homeless", WHO_END, REGISTRY_ACTIVE, 0, NOW + 1, 0, false,
	    "institution_not_active" },
};

static void
key_of(const char *name, uint8_t key[ACTOR_KEY_SIZE])
{
	memset(key, 0, ACTOR_KEY_SIZE);
	memcpy(key, name, strlen(name));
}

/* The rows live on the stack and are gone when the view is used. */
static struct registry *
view_new(void)
{
	struct institution ins[COUNT(institutions)];
	struct endpoint end[COUNT(endpoints)];
	struct route way[COUNT(routes)];
	struct principal prn[COUNT(people)];
	struct certificate crt[COUNT(people)];
	const struct registry_rows rows = { 42, ins, COUNT(ins), prn,
		COUNT(prn), crt, COUNT(crt), end, COUNT(end), way, COUNT(way),
		NULL, 0, NULL, 0 };
	struct registry *view;

	memcpy(ins, institutions, sizeof(ins));
	memcpy(end, endpoints, sizeof(end));
	memset(prn, 0, sizeof(prn));
	for (size_t i = 0; i < COUNT(ins); i++)
		ins[i].id = id_of(INS, (int)i + 1);
	for (size_t i = 0; i < COUNT(end); i++) {
		end[i].id = id_of(END, end[i].number);
		end[i].institution = id_of(INS, i < 6 ? ALPHA : BETA);
		end[i].url = "https://receiver.example/";
	}
	for (size_t i = 0; i < COUNT(way); i++)
		way[i] = (struct route){ routes[i].scheme, routes[i].value,
			id_of(INS, (int)routes[i].who) };
	for (size_t i = 0; i < COUNT(prn); i++) {
		prn[i] = (struct principal){ .id = id_of(PRN, (int)i),
			.institution = id_of(INS, (int)people[i].who),
			.role = ROLE_OFFICER,
			.name = people[i].key,
			.rank = "Sub-Inspector of Police, Cyber Crime Cell",
			.status = people[i].status,
			.valid_from = people[i].valid_from,
			.valid_until = people[i].valid_until,
			.active_from = people[i].active_from };
		crt[i].principal = prn[i].id;
		crt[i].is_revoked = people[i].is_revoked;
		key_of(people[i].key, crt[i].key);
	}
	view = registry_new(&rows);
	memset(ins, 0xff, sizeof(ins));
	memset(way, 0xff, sizeof(way));
	return view;
}

START_TEST(rows_are_found_by_id_slug_key_and_number)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	const struct id alpha = id_of(INS, ALPHA), first = id_of(PRN, 0),
			end = id_of(END, 5);
	uint8_t key[ACTOR_KEY_SIZE];
	char text[ID_TEXT_SIZE];

	ck_assert_int_eq(registry_version(view), 42);
	ck_assert_str_eq(registry_institution(view, &alpha)->slug, "alpha");
	ck_assert_str_eq(
	    registry_institution_named(view, "alpha")->slug, "alpha");
	ck_assert_str_eq(registry_institution_named(
			     view, id_format(ID_INSTITUTION, &alpha, text))
			     ->slug,
	    "alpha");
	ck_assert_str_eq(registry_principal(view, &first)->name, "good");
	key_of("revoked", key);
	ck_assert(registry_certificate(view, key)->is_revoked);
	ck_assert_int_eq(registry_endpoint(view, &end)->number, 5);
	ck_assert_str_eq(registry_endpoint_numbered(view, 9)->url,
	    "https://receiver.example/");
}
END_TEST

START_TEST(strangers_are_not_found)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	static const char *const names[] = { "", "alph", "alphaa", "ALPHA",
		"ins_", "ins_00000000000000000000000099" };
	const struct id nobody = id_of(9, 9);
	uint8_t key[ACTOR_KEY_SIZE] = { 1 };

	for (size_t i = 0; i < COUNT(names); i++)
		ck_assert_ptr_null(registry_institution_named(view, names[i]));
	ck_assert_ptr_null(registry_institution(view, &nobody));
	ck_assert_ptr_null(registry_principal(view, &nobody));
	ck_assert_ptr_null(registry_endpoint(view, &nobody));
	ck_assert_ptr_null(registry_certificate(view, key));
	ck_assert_ptr_null(registry_endpoint_numbered(view, 0));
	ck_assert_ptr_null(registry_endpoint_numbered(view, 6));
	ck_assert_ptr_null(registry_endpoint_of(view, &nobody, NOW));
}
END_TEST

START_TEST(empty_registry_knows_nobody)
{
	const struct registry_rows rows = { .version = 1 };
	SCOPED(registry_cleanup) struct registry *view = registry_new(&rows);
	const struct identifier ifsc = { IDENTIFIER_IFSC, "SBIN0005943", "" };
	const struct id id = id_of(INS, 1);
	size_t count = 9;

	ck_assert_ptr_null(registry_institution(view, &id));
	ck_assert_ptr_null(registry_institution_named(view, "alpha"));
	ck_assert_ptr_null(registry_endpoint_numbered(view, 1));
	ck_assert_ptr_null(registry_route(view, &ifsc, NOW));
	(void)registry_institutions(view, &count);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(lists_are_in_order)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	size_t count;
	const struct institution *const *slugs = registry_institutions(
	    view, &count);
	const struct endpoint *const *numbers;

	ck_assert_uint_eq(count, COUNT(institutions));
	for (size_t i = 1; i < count; i++)
		ck_assert_int_lt(strcmp(slugs[i - 1]->slug, slugs[i]->slug), 0);
	numbers = registry_endpoints(view, &count);
	ck_assert_uint_eq(count, COUNT(endpoints));
	for (size_t i = 1; i < count; i++)
		ck_assert_int_lt(numbers[i - 1]->number, numbers[i]->number);
}
END_TEST

START_TEST(messages_go_to_the_newest_active_webhook)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	const struct id alpha = id_of(INS, ALPHA), beta = id_of(INS, BETA);

	ck_assert_int_eq(registry_endpoint_of(view, &alpha, NOW)->number, 5);
	/* Confirmed, and its delay is over: it replaces the older one. */
	ck_assert_int_eq(
	    registry_endpoint_of(view, &alpha, NOW + 1)->number, 8);
	ck_assert_int_eq(registry_endpoint_of(view, &beta, NOW)->number, 2);
}
END_TEST

START_TEST(view_lives_until_its_last_reference)
{
	struct registry *view = view_new();
	struct registry *second = registry_ref(view);

	registry_unref(view);
	ck_assert_ptr_nonnull(registry_institution_named(second, "alpha"));
	registry_unref(second);
	registry_unref(NULL);
}
END_TEST

START_TEST(key_names_its_person_or_is_refused)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	uint8_t key[ACTOR_KEY_SIZE];
	struct actor actor;
	struct err err = { RC_OK, "", "", "" };
	enum rc rc;

	key_of(people[_i].key, key);
	rc = registry_identify(view, key, NOW, &actor, &err);
	ck_assert_str_eq(err.code, people[_i].code);
	ck_assert_int_eq(rc, people[_i].code[0] == '\0' ? RC_OK : RC_FORBIDDEN);
	if (rc != RC_OK)
		return;
	ck_assert_int_eq(actor.role, ROLE_OFFICER);
	ck_assert_int_eq(actor.kind, INSTITUTION_POLICE_UNIT);
	/* Cut, not overrun. */
	ck_assert_str_eq(actor.rank, "Sub-Inspector of Police, Cyber ");
	ck_assert_mem_eq(actor.key, key, ACTOR_KEY_SIZE);
}
END_TEST

START_TEST(key_that_nobody_enrolled_is_refused)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	uint8_t key[ACTOR_KEY_SIZE];
	struct actor actor;
	struct err err;

	key_of("stranger", key);
	ck_assert_int_eq(
	    registry_identify(view, key, NOW, &actor, &err), RC_FORBIDDEN);
	ck_assert_str_eq(err.code, "certificate_not_enrolled");
}
END_TEST

static const struct {
	struct identifier identifier;
	enum who who; /* 0: nobody */
} ways[] = {
	{ { IDENTIFIER_IN_ACCOUNT, "00012345678", "SBIN0005943" }, ALPHA },
	{ { IDENTIFIER_IN_ACCOUNT, "00012345678", "SBIN" }, ALPHA },
	{ { IDENTIFIER_IN_ACCOUNT, "00012345678", "UTIB" }, 0 },
	{ { IDENTIFIER_IN_ACCOUNT, "00012345678", "HDFC0000001" }, 0 },
	{ { IDENTIFIER_IN_ACCOUNT, "00012345678", "ICIC0000001" }, 0 },
	{ { IDENTIFIER_IFSC, "SBIN0005943", "" }, ALPHA },
	{ { IDENTIFIER_IFSC, "UTIB0000001", "" }, 0 },
	{ { IDENTIFIER_UTR, "SBINR52026112400000001", "" }, ALPHA },
	{ { IDENTIFIER_UTR, "UTIBN52026112400", "" }, 0 },
	{ { IDENTIFIER_UPI_VPA, "mule.1@okalpha", "" }, ALPHA },
	{ { IDENTIFIER_UPI_VPA, "okalpha@okother", "" }, 0 },
	{ { IDENTIFIER_UPI_VPA, "mule@okalph", "" }, 0 },
	{ { IDENTIFIER_BIC, "DEUTDEFF", "" }, ALPHA },
	{ { IDENTIFIER_BIC, "DEUTDEFFXXX", "" }, ALPHA },
	{ { IDENTIFIER_BIC, "DEUTDEFF500", "" }, BETA },
	{ { IDENTIFIER_BIC, "WESTGB2L", "" }, BETA },
	{ { IDENTIFIER_BIC, "DEUTDEBB", "" }, 0 },
	{ { IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "044525593" },
	    ALPHA },
	{ { IDENTIFIER_RU_ACCOUNT, "40702810002280000593", "044525225" }, 0 },
	{ { IDENTIFIER_CARD, "411111******1111", "" }, ALPHA },
	{ { IDENTIFIER_CARD, "41111122****1111", "" }, BETA },
	{ { IDENTIFIER_CARD, "41111199****1111", "" }, ALPHA },
	{ { IDENTIFIER_CARD, "555512******1111", "" }, BETA },
	{ { IDENTIFIER_CARD, "422222******1111", "" }, 0 },
	{ { IDENTIFIER_CARD, "411111", "token" }, 0 },
	{ { IDENTIFIER_IMSI, "404451234567890", "" }, ALPHA },
	{ { IDENTIFIER_IMSI, "310260123456789", "" }, BETA },
	{ { IDENTIFIER_IMSI, "262011234567890", "" }, 0 },
	{ { IDENTIFIER_LISTING_URL, "https://shop.example/item/1", "" }, SHOP },
	{ { IDENTIFIER_LISTING_URL, "https://www.shop.example:8443/", "" },
	    SHOP },
	{ { IDENTIFIER_LISTING_URL, "https://a.pay.shop.example?x=1", "" },
	    BETA },
	{ { IDENTIFIER_LISTING_URL, "https://notshop.example/", "" }, 0 },
	{ { IDENTIFIER_LISTING_URL, "https://example/", "" }, 0 },
	{ { IDENTIFIER_LISTING_URL, "https://shop.example@evil.test/", "" },
	    0 },
	{ { IDENTIFIER_LISTING_URL, "https://evil.test/shop.example", "" }, 0 },
	{ { IDENTIFIER_WALLET_ID, "user-1", "paybeta" }, BETA },
	{ { IDENTIFIER_WALLET_ID, "paybeta", "other" }, 0 },
	{ { IDENTIFIER_IBAN, "DE89370400440532013000", "" }, ALPHA },
	{ { IDENTIFIER_IBAN, "DE12370499990532013000", "" }, BETA },
	{ { IDENTIFIER_IBAN, "DE12100000000123456789", "" }, 0 },
	{ { IDENTIFIER_IBAN, "GB82WEST12345698765432", "" }, BETA },
	{ { IDENTIFIER_IBAN, "IT60X0542811101000000123456", "" }, BETA },
	{ { IDENTIFIER_IBAN, "FR1405428111010000012345612", "" }, 0 },
	{ { IDENTIFIER_IBAN, "DE89", "" }, 0 },
	{ { IDENTIFIER_KZ_ACCOUNT, "KZ86125KZT5004100100", "" }, ALPHA },
	{ { IDENTIFIER_US_ACCOUNT, "12345678", "021000021" }, ALPHA },
	{ { IDENTIFIER_US_ACCOUNT, "12345678", "121000248" }, 0 },
	{ { IDENTIFIER_UK_ACCOUNT, "31926819", "601613" }, BETA },
	{ { IDENTIFIER_UK_ACCOUNT, "31926819", "601614" }, ALPHA },
	{ { IDENTIFIER_UK_ACCOUNT, "31926819", "406161" }, 0 },
	{ { IDENTIFIER_MSISDN, "+919876543210", "" }, 0 },
	{ { IDENTIFIER_MSISDN, "404451234567", "" }, 0 },
	{ { IDENTIFIER_RRN, "123456789012", "" }, 0 },
	{ { IDENTIFIER_MERCHANT_ID, "SBIN", "" }, 0 },
	{ { IDENTIFIER_ORDER_ID, "SBIN", "" }, 0 },
	{ { IDENTIFIER_IIN, "411111000000", "" }, 0 },
	{ { IDENTIFIER_CRYPTO_ADDRESS, "SBIN", "bitcoin" }, 0 },
};

START_TEST(identifier_leads_to_its_institution_or_nowhere)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	const struct institution *found = registry_route(
	    view, &ways[_i].identifier, NOW);

	if (ways[_i].who == 0) {
		ck_assert_ptr_null(found);
		return;
	}
	ck_assert_ptr_nonnull(found);
	ck_assert_str_eq(found->slug, institutions[ways[_i].who - 1].slug);
}
END_TEST

START_TEST(route_waits_for_its_institution)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	const struct identifier ifsc = { IDENTIFIER_IFSC, "ICIC0000001", "" };

	ck_assert_ptr_null(registry_route(view, &ifsc, NOW));
	ck_assert_str_eq(registry_route(view, &ifsc, NOW + 1)->slug, "late");
}
END_TEST

START_TEST(bank_code_is_real_or_registered)
{
	SCOPED(registry_cleanup) struct registry *view = view_new();
	static const char *const wrong[] = { "", "SBI", "SBINX", "sbin",
		"ZZZZ" };

	ck_assert(registry_knows_bank_code(view, "SBIN"));
	ck_assert(registry_knows_bank_code(view, "UTIB"));
	ck_assert(registry_knows_bank_code(view, "QQQQ"));
	for (size_t i = 0; i < COUNT(wrong); i++)
		ck_assert(!registry_knows_bank_code(view, wrong[i]));
}
END_TEST

START_TEST(thousand_rows_are_all_found)
{
	enum { MANY = 1000 };
	static struct institution rows[MANY];
	static char slugs[MANY][24];
	const struct registry_rows all = { .institutions = rows,
		.institution_count = MANY };
	struct registry *view;

	for (int i = 0; i < MANY; i++) {
		(void)snprintf(slugs[i], sizeof(slugs[i]), "bank_%d", i);
		rows[i].slug = slugs[i];
		rows[i].id = id_of(INS, i + 1);
	}
	view = registry_new(&all);
	for (int i = 0; i < MANY; i++) {
		const struct id id = id_of(INS, i + 1);

		ck_assert_str_eq(
		    registry_institution(view, &id)->slug, slugs[i]);
		ck_assert(id_equal(
		    &registry_institution_named(view, slugs[i])->id, &id));
	}
	registry_unref(view);
}
END_TEST

Suite *
registry_suite(void)
{
	Suite *suite = suite_create("registry");
	TCase *tests = tcase_create("registry");

	tcase_add_test(tests, rows_are_found_by_id_slug_key_and_number);
	tcase_add_test(tests, strangers_are_not_found);
	tcase_add_test(tests, empty_registry_knows_nobody);
	tcase_add_test(tests, lists_are_in_order);
	tcase_add_test(tests, messages_go_to_the_newest_active_webhook);
	tcase_add_test(tests, view_lives_until_its_last_reference);
	tcase_add_loop_test(
	    tests, key_names_its_person_or_is_refused, 0, (int)COUNT(people));
	tcase_add_test(tests, key_that_nobody_enrolled_is_refused);
	tcase_add_loop_test(tests,
	    identifier_leads_to_its_institution_or_nowhere, 0,
	    (int)COUNT(ways));
	tcase_add_test(tests, route_waits_for_its_institution);
	tcase_add_test(tests, bank_code_is_real_or_registered);
	tcase_add_test(tests, thousand_rows_are_all_found);
	suite_add_tcase(suite, tests);
	return suite;
}
