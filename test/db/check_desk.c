/*
 * The desk on a real database: what is answered twice, to whom, and what is
 * told of a batch.  Commands are read from bodies as a client writes them.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/crypto/keyring.h"
#include "hub/desk/desk.h"
#include "hub/desk/hub_keys_load.h"
#include "hub/store/registry_load.h"
#include "hub/wire/command_json.h"

enum { ARENA_BYTES = 4 << 20, BODY_SIZE = 4096 };

static struct world world;
static struct keyring *keyring;
static struct hub_keys *hub_keys;
static struct desk *desk;
static struct arena *arena;
static unsigned rings; /* on the desk's thread, before the replies */

static const char *
hub(void)
{
	return getenv("FREEZELINE_TEST_HUB");
}

/* ---- a desk for each test */

static struct registry *
present_registry(void *context)
{
	(void)context;
	return registry_ref(world.registry);
}

static void
on_ring(void *context, const struct desk_ring *ring)
{
	(void)context;
	(void)ring;
	rings++;
}

static void
make_keyring(void)
{
	char folder[] = "/tmp/freezeline-desk.XXXXXX", path[64];
	struct err err;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/keys", folder);
	ck_assert_int_eq(keyring_generate(path, &err), RC_OK);
	ck_assert_int_eq(keyring_load(path, &keyring, &err), RC_OK);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
setup(void)
{
	struct desk_settings settings = {
		.conninfo = hub(), .registry = present_registry, .rang = on_ring
	};
	struct err err;

	db_fresh();
	make_keyring();
	if (hub_keys_load(hub(), keyring, &hub_keys, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	{
		SCOPED(db_cleanup) struct db *maker = db_as_hub(SESSION_DESK);

		world_make(&world, maker);
	}
	settings.keyring = keyring;
	settings.hub_keys = hub_keys;
	arena = arena_new(ARENA_BYTES);
	if (desk_start(&settings, &desk, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
}

static void
teardown(void)
{
	desk_stop(desk);
	hub_keys_free(hub_keys);
	keyring_free(keyring);
	world_clear(&world);
	arena_free(arena);
}

/* ---- commands */

/* What a reply said, after its memory is gone. */
struct answer {
	enum rc rc;
	struct err err;
	bool is_replay, is_there;
	struct id case_id;
	char body[BODY_SIZE];
	pthread_mutex_t lock;
	pthread_cond_t ready;
};

static void
on_done(void *context, struct command *command, const struct reply *reply)
{
	struct answer *answer = context;

	(void)command;
	pthread_mutex_lock(&answer->lock);
	answer->rc = reply->rc;
	answer->err = reply->err;
	answer->is_replay = reply->is_replay;
	answer->case_id = reply->case_id;
	(void)snprintf(answer->body, sizeof(answer->body), "%.*s",
	    (int)reply->body_length, reply->body == NULL ? "" : reply->body);
	answer->is_there = true;
	pthread_cond_signal(&answer->ready);
	pthread_mutex_unlock(&answer->lock);
}

static void
ask(struct command *command, struct answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	pthread_mutex_init(&answer->lock, NULL);
	pthread_cond_init(&answer->ready, NULL);
	desk_submit(desk, command, on_done, answer);
	pthread_mutex_lock(&answer->lock);
	while (!answer->is_there)
		pthread_cond_wait(&answer->ready, &answer->lock);
	pthread_mutex_unlock(&answer->lock);
	pthread_cond_destroy(&answer->ready);
	pthread_mutex_destroy(&answer->lock);
}

static struct command *
command_of(enum command_kind kind, const uint8_t *key, const char *word)
{
	struct command *command = arena_alloc(arena, sizeof(*command));
	struct err err;

	command->kind = kind;
	command->at = clock_now();
	command->base = id_new();
	command->arena = arena;
	if (registry_identify(world.registry, key, command->at, &command->actor,
		&err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	(void)snprintf(command->idempotency.key,
	    sizeof(command->idempotency.key), "%s", word);
	return command;
}

/* A case about one payment `utr` to one account at the bank. */
static struct command *
submit_of(const char *word, const char *utr, const char *account)
{
	struct command *command = command_of(
	    COMMAND_SUBMIT_CASE, world.officer_key, word);
	char body[BODY_SIZE], at[CLOCK_TEXT_SIZE];
	struct err err;
	int length;

	clock_format(command->at - 600 * CLOCK_SECOND, 3, at);
	length = snprintf(body, sizeof(body),
	    "{\"typology\":\"phishing\",\"authorised\":\"yes\","
	    "\"occurred_at\":\"%s\",\"reported_at\":\"%s\","
	    "\"report_channel\":\"police_station\","
	    "\"loss\":{\"amount\":\"1000.00\",\"currency\":\"INR\"},"
	    "\"complainant\":{\"name\":\"Nobody\"},"
	    "\"transactions\":[{\"key\":\"t\",\"channel\":\"neft\","
	    "\"reference\":{\"type\":\"utr\",\"value\":\"%s\"},"
	    "\"money\":{\"amount\":\"1000.00\",\"currency\":\"INR\"},"
	    "\"at\":\"%s\"}],"
	    "\"requests\":[{\"action\":\"HOLD_AMOUNT\",\"targets\":[{"
	    "\"institution\":\"no_bank\",\"transaction\":\"t\","
	    "\"identifier\":{\"type\":\"in_account\",\"value\":\"%s\","
	    "\"ifsc\":\"NOBK0000001\"},"
	    "\"amount\":{\"amount\":\"1000.00\",\"currency\":\"INR\"}}]}]}",
	    at, at, utr, at, account);
	if (command_json_submit(body, (size_t)length, command, &err) != RC_OK)
		ck_abort_msg("%s %s: %s", err.pointer, err.code, err.text);
	return command;
}

#define UTR "NOBKH26073001452"
#define OTHER_UTR "NOBKH26073001453"

/* As the owner, not as the hub. */
static void
change(const char *text)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	db_must(owner, text);
}

/* ---- the same key again */

START_TEST(same_key_gets_the_same_answer_and_makes_one_case)
{
	struct answer first, second;

	ask(submit_of("k", UTR, "031420985671"), &first);
	ck_assert_msg(
	    first.rc == RC_OK, "%s: %s", first.err.code, first.err.text);
	ck_assert(!first.is_replay);
	ask(submit_of("k", UTR, "031420985671"), &second);
	ck_assert_int_eq(second.rc, RC_OK);
	ck_assert(second.is_replay);
	ck_assert_str_eq(first.body, second.body);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
}
END_TEST

/* The view at the edge may not know it yet. */
START_TEST(revoked_certificate_gets_no_kept_answer)
{
	struct answer answer;

	ask(submit_of("k", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_OK);
	change("UPDATE certificate SET revoked_at = now()");
	ask(submit_of("k", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_FORBIDDEN);
	ck_assert_str_eq(answer.err.code, "certificate_revoked");
	ck_assert_str_eq(answer.body, "");
}
END_TEST

/* What would be refused today was answered yesterday. */
START_TEST(kept_answer_outlives_a_change_of_the_registry)
{
	struct answer answer;
	struct err err;

	ask(submit_of("k", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_OK);
	change("UPDATE institution SET status = 'suspended'"
	       " WHERE slug = 'no_bank'");
	{
		SCOPED(db_cleanup) struct db *db = db_as_hub(SESSION_DESK);

		registry_unref(world.registry);
		ck_assert_int_eq(
		    registry_load(db, &world.registry, &err), RC_OK);
	}
	ask(submit_of("k", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_OK);
	ck_assert(answer.is_replay);
	ask(submit_of("l", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_INVALID);
	ck_assert_str_eq(answer.err.code, "institution_not_active");
	ck_assert_str_eq(
	    answer.err.pointer, "/requests/0/targets/0/institution");
}
END_TEST

/* ---- what is told */

START_TEST(only_what_was_committed_rings)
{
	struct command *dry = submit_of("", UTR, "031420985671");
	struct answer answer;

	dry->is_dry_run = true;
	ask(dry, &answer);
	ck_assert_int_eq(answer.rc, RC_OK);
	ck_assert_uint_eq(rings, 0);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 0);
	ask(submit_of("k", UTR, "031420985671"), &answer);
	ck_assert_int_eq(answer.rc, RC_OK);
	ck_assert_uint_eq(rings, 1);
}
END_TEST

Suite *
desk_suite(void)
{
	Suite *suite = suite_create("desk");
	TCase *tcase = tcase_create("desk");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, same_key_gets_the_same_answer_and_makes_one_case);
	tcase_add_test(tcase, revoked_certificate_gets_no_kept_answer);
	tcase_add_test(tcase, kept_answer_outlives_a_change_of_the_registry);
	tcase_add_test(tcase, only_what_was_committed_rings);
	suite_add_tcase(suite, tcase);
	return suite;
}
