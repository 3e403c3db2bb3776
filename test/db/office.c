/*
 * The office: see office.h.
 */
#include "test/db/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hub/crypto/keyring.h"
#include "hub/desk/hub_keys_load.h"
#include "hub/store/integrity.h"
#include "hub/store/registry_load.h"

struct office office;
static struct keyring *keyring;
static struct hub_keys *hub_keys;

static struct registry *
view(void *context)
{
	(void)context;
	return registry_ref(office.world.registry);
}

static void
count_ring(void *context, const struct desk_ring *ring)
{
	(void)context;
	(void)ring;
	office.rings++;
}

static void
load_keyring(void)
{
	char folder[] = "/tmp/freezeline-desk.XXXXXX", path[64];
	struct err err;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/keys", folder);
	ck_assert_int_eq(keyring_generate(path, &err), RC_OK);
	ck_assert_int_eq(keyring_load(path, &keyring, &err), RC_OK);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

struct desk *
office_open_desk(void)
{
	struct desk *opened;
	struct err err;

	if (desk_start(&office.settings, &opened, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return opened;
}

void
office_set_up(void)
{
	SCOPED(db_cleanup) struct db *db = NULL;
	struct err err;

	db_fresh();
	load_keyring();
	office.settings = (struct desk_settings){ .conninfo = getenv(
						      "FREEZELINE_TEST_HUB"),
		.keyring = keyring,
		.registry = view,
		.rang = count_ring };
	if (hub_keys_load(office.settings.conninfo, keyring, &hub_keys, &err) !=
	    RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	office.settings.hub_keys = hub_keys;
	db = db_as_hub(SESSION_DESK);
	world_make(&office.world, db);
	office.second = NULL;
	office.rings = 0;
	office.desk = office_open_desk();
}

/* Whatever a test did must fit together. */
void
office_tear_down(void)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	SCOPED(db_cleanup) struct db *tool = NULL;
	struct integrity_check *checks;
	int64_t broken;
	size_t count;
	struct err err;

	desk_stop(office.desk);
	desk_stop(office.second);
	tool = db_as_hub(SESSION_TOOL);
	ck_assert_int_eq(
	    integrity_run(tool, arena, &checks, &count, &broken, &err), RC_OK);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(checks[i].broken == 0, "%s: %lld", checks[i].name,
		    (long long)checks[i].broken);
	hub_keys_free(hub_keys);
	keyring_free(keyring);
	world_clear(&office.world);
}

void
office_reload_view(void)
{
	SCOPED(db_cleanup) struct db *db = db_as_hub(SESSION_DESK);
	struct err err;

	registry_unref(office.world.registry);
	ck_assert_int_eq(
	    registry_load(db, &office.world.registry, &err), RC_OK);
}

void
office_as_owner(const char *text)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	db_must(owner, text);
}

void
office_reopen_desk(void)
{
	desk_stop(office.desk);
	office.desk = office_open_desk();
}

void
office_fill_batch(void)
{
	char key[16];

	for (int i = 0; i < OFFICE_BATCH; i++) {
		office.batch[i] = errand_case(&office.world, i + 1, 1);
		(void)snprintf(key, sizeof key, "k%d", i);
		errand_key(office.batch[i], key, i);
	}
}

void
office_give_batch(void)
{
	errand_hold_desk(&office.world, office.desk);
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_give(office.batch[i], office.desk);
	errand_release_desk();
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_wait(office.batch[i]);
}

void
office_free_batch(void)
{
	for (int i = 0; i < OFFICE_BATCH; i++)
		errand_free(office.batch[i]);
}
