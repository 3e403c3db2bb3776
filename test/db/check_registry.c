/*
 * The registry: what is proposed and confirmed comes back in a view; wrong
 * wishes are refused with a code that helps.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include "hub/store/registry_load.h"
#include "hub/store/sealed_keys.h"

static struct world world;
static struct db *desk;
static struct batch batch;

/* In an empty database. */
static void
make_world(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	SCOPED(db_cleanup) struct db *maker = NULL;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	maker = db_as_hub(SESSION_DESK);
	world_make(&world, maker);
}

static void
drop_world(void)
{
	world_clear(&world);
}

/* Of each test, which is a process of its own. */
static void
setup(void)
{
	desk = db_as_hub(SESSION_DESK);
	batch_init(&batch, desk);
}

static void
teardown(void)
{
	batch_clear(&batch);
	db_close(desk);
}

START_TEST(view_has_what_was_registered)
{
	const struct institution *bank = registry_institution(
	    world.registry, &world.bank);
	const struct endpoint *endpoint;
	struct actor actor;
	struct err err;
	size_t count;

	ck_assert_ptr_nonnull(bank);
	ck_assert_str_eq(bank->slug, "no_bank");
	ck_assert_str_eq(bank->region, "KL");
	ck_assert_str_eq(bank->phone, "+910000000000");
	ck_assert_int_eq(bank->kind, INSTITUTION_BANK);
	ck_assert_int_eq(bank->status, REGISTRY_ACTIVE);
	ck_assert_int_eq(bank->row_version, 2);
	ck_assert(id_equal(&bank->proposed_by, &world.admins[0]));
	(void)registry_endpoints(world.registry, &count);
	ck_assert_uint_eq(count, 2);
	endpoint = registry_endpoint_of(
	    world.registry, &world.bank, bank->active_from);
	ck_assert_ptr_nonnull(endpoint);
	ck_assert_int_eq(endpoint->kind, ENDPOINT_WEBHOOK);
	ck_assert_str_eq(endpoint->url, "https://bank.test/hook");
	ck_assert_int_eq(endpoint->max_batch, 1);
	ck_assert_int_eq(endpoint->concurrency, 4);
	ck_assert_int_eq(endpoint->rate_limit, 250);
	ck_assert(endpoint->allow_private);
	ck_assert_int_eq(endpoint->shard, endpoint->number % 64);
	ck_assert_int_eq(registry_identify(world.registry, world.nodal_key,
			     bank->active_from + 1, &actor, &err),
	    RC_OK);
	ck_assert(id_equal(&actor.principal, &world.nodal));
	ck_assert(registry_knows_bank_code(world.registry, "NOBK"));
	ck_assert(!registry_knows_bank_code(world.registry, "QQQQ"));
}
END_TEST

START_TEST(every_change_raises_the_version)
{
	int64_t version;
	struct err err;

	ck_assert_int_eq(registry_load_version(desk, &version, &err), RC_OK);
	ck_assert_int_eq(version, registry_version(world.registry));
	ck_assert_int_eq(version, 2);
}
END_TEST

START_TEST(secrets_come_back_sealed)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(65536);
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct sealed_endpoint_key *keys;
	struct err err;
	size_t count;

	ck_assert_int_eq(
	    sealed_keys_of_endpoints(tool, arena, &keys, &count, &err), RC_OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(keys[0].algorithm, "v1");
	ck_assert_int_eq(keys[0].key_no, 1);
	ck_assert_uint_eq(keys[0].secret.length, 64);
	ck_assert_int_eq(keys[0].sign_until, 0);
	ck_assert_ptr_nonnull(
	    registry_endpoint_numbered(world.registry, keys[0].endpoint));
}
END_TEST

START_TEST(first_data_key_of_a_number_wins)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(65536);
	struct wrapped_data_key key = { 1, { (const uint8_t *)"other", 5 } },
				*keys;
	struct err err;
	size_t count;

	ck_assert_int_eq(sealed_keys_add(desk, &key, &err), RC_OK);
	key.key_no = 2;
	ck_assert_int_eq(sealed_keys_add(desk, &key, &err), RC_OK);
	ck_assert_int_eq(
	    sealed_keys_of_hub(desk, arena, &keys, &count, &err), RC_OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_mem_eq(keys[0].wrapped.bytes, "wrapped", 7);
	ck_assert_mem_eq(keys[1].wrapped.bytes, "other", 5);
}
END_TEST

/* ---- wrong wishes */

static struct route_draft taken_route = { ROUTE_UPI_HANDLE, "nobank" };
static struct register_institution same_slug = { .slug = "no_bank",
	.name = "x",
	.country = "IN",
	.profile = "IN",
	.kind = INSTITUTION_BANK },
				   bad_slug = { .slug = "No Bank",
					   .name = "x",
					   .country = "IN",
					   .profile = "IN",
					   .kind = INSTITUTION_BANK },
				   same_route = { .slug = "other",
					   .name = "x",
					   .country = "IN",
					   .profile = "IN",
					   .kind = INSTITUTION_BANK,
					   .routes = &taken_route,
					   .route_count = 1 };
static struct principal_draft same_key = { .role = ROLE_NODAL,
	.name = "x",
	.certificate = {
	    .serial = "03", .not_after = INT64_C(4102444800000000) } };
static struct principal_draft ended = { .role = ROLE_NODAL,
	.name = "x",
	.valid_from = INT64_C(4102444800000001),
	.certificate = {
	    .serial = "04", .not_after = INT64_C(4102444800000000) } };
static struct endpoint_draft plain_http = { .kind = ENDPOINT_WEBHOOK,
	.url = "http://bank.test/hook" };
static uint8_t unknown_key[ACTOR_KEY_SIZE] = { 9 };

static const struct {
	struct registry_change change;
	const char *code;
} wishes[] = {
	{ { .kind = REGISTRY_ADD_INSTITUTION, .add_institution = &same_slug },
	    "slug_taken" },
	{ { .kind = REGISTRY_ADD_INSTITUTION, .add_institution = &bad_slug },
	    "bad_slug" },
	{ { .kind = REGISTRY_ADD_INSTITUTION, .add_institution = &same_route },
	    "route_taken" },
	{ { .kind = REGISTRY_ADD_PRINCIPAL, .principal = &same_key },
	    "key_already_enrolled" },
	{ { .kind = REGISTRY_ADD_PRINCIPAL, .principal = &ended }, "bad_span" },
	{ { .kind = REGISTRY_ADD_ENDPOINT, .endpoint = &plain_http },
	    "bad_url" },
	{ { .kind = REGISTRY_CONFIRM_INSTITUTION }, "already_confirmed" },
	{ { .kind = REGISTRY_CONFIRM_PRINCIPAL }, "already_confirmed" },
	{ { .kind = REGISTRY_CONFIRM_ENDPOINT }, "already_confirmed" },
	{ { .kind = REGISTRY_REVOKE_CERTIFICATE, .key = unknown_key },
	    "already_revoked" },
};

static void
add_wish(const struct registry_change *wish)
{
	struct registry_change *change = effects_add_change(&batch.effects);

	*change = *wish;
	change->id = wish->kind == REGISTRY_CONFIRM_INSTITUTION
	    ? world.bank
	    : command_next_id(&batch.command);
	change->institution = world.bank;
	change->actor = world.admins[1];
	change->at = change->active_from = batch.command.at;
	change->key_id = command_next_id(&batch.command);
}

START_TEST(wrong_wish_is_refused_with_its_code)
{
	struct load_keys keys = { 0 };
	struct err err;

	memcpy(same_key.certificate.key, world.nodal_key, ACTOR_KEY_SIZE);
	batch_begin(&batch, &world, &keys);
	add_wish(&wishes[_i].change);
	ck_assert_int_eq(batch_save(&batch, &err), RC_INVALID);
	ck_assert_str_eq(err.code, wishes[_i].code);
	ck_assert_int_eq(db_number("SELECT version FROM registry_version"), 2);
	ck_assert_int_eq(db_number("SELECT count(*) FROM institution"), 2);
}
END_TEST

static struct principal_draft second_nodal = { .role = ROLE_SERVICE,
	.name = "Machine",
	.certificate = { .key = { 5 },
	    .serial = "05",
	    .not_after = INT64_C(4102444800000000) } };

START_TEST(nobody_confirms_what_they_proposed)
{
	struct load_keys keys = { 0 };
	struct registry_change wish = { .kind = REGISTRY_ADD_PRINCIPAL,
		.principal = &second_nodal };
	struct registry_change *change;
	struct err err;
	struct id id;

	batch_begin(&batch, &world, &keys);
	add_wish(&wish);
	id = batch.effects.changes[0].id;
	batch_must(&batch);
	for (int other = 0; other < 2; other++) {
		batch_begin(&batch, &world, &keys);
		wish.kind = REGISTRY_CONFIRM_PRINCIPAL;
		add_wish(&wish);
		change = &batch.effects.changes[0];
		change->id = id;
		change->actor = world.admins[1 - other];
		if (other == 0) {
			ck_assert_int_eq(batch_save(&batch, &err), RC_INVALID);
			ck_assert_str_eq(err.code, "two_people");
		} else {
			batch_must(&batch);
		}
	}
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM principal"
		      " WHERE name = 'Machine' AND status = 'active'"
		      " AND valid_until > valid_from"),
	    1);
}
END_TEST

START_TEST(revoked_certificate_is_revoked_in_the_next_view)
{
	struct load_keys keys = { 0 };
	struct registry_change wish = { .kind = REGISTRY_REVOKE_CERTIFICATE,
		.key = world.nodal_key };
	struct registry *registry;
	struct err err;

	batch_begin(&batch, &world, &keys);
	add_wish(&wish);
	batch_must(&batch);
	ck_assert_int_eq(registry_load(desk, &registry, &err), RC_OK);
	ck_assert(registry_certificate(registry, world.nodal_key)->is_revoked);
	ck_assert(
	    !registry_certificate(registry, world.officer_key)->is_revoked);
	ck_assert_int_eq(registry_version(registry), 3);
	registry_unref(registry);
	batch_begin(&batch, &world, &keys);
	add_wish(&wish);
	ck_assert_int_eq(batch_save(&batch, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "already_revoked");
}
END_TEST

START_TEST(row_with_an_unknown_word_is_not_loaded)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	struct registry *registry = NULL;
	struct err err;

	db_must(owner,
	    "ALTER TABLE principal DROP CONSTRAINT principal_role_known;"
	    "UPDATE principal SET role = 'wizard'");
	ck_assert_int_eq(registry_load(desk, &registry, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "bad_row");
	ck_assert_ptr_null(registry);
}
END_TEST

Suite *
registry_suite(void)
{
	Suite *suite = suite_create("registry");
	TCase *tcase = tcase_create("registry");

	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, make_world, drop_world);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, view_has_what_was_registered);
	tcase_add_test(tcase, every_change_raises_the_version);
	tcase_add_test(tcase, secrets_come_back_sealed);
	tcase_add_loop_test(
	    tcase, wrong_wish_is_refused_with_its_code, 0, (int)COUNT(wishes));
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("changes");
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, make_world, drop_world);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, first_data_key_of_a_number_wins);
	tcase_add_test(tcase, nobody_confirms_what_they_proposed);
	tcase_add_test(tcase, revoked_certificate_is_revoked_in_the_next_view);
	tcase_add_test(tcase, row_with_an_unknown_word_is_not_loaded);
	suite_add_tcase(suite, tcase);
	return suite;
}
