/*
 * crypto: the hub's key file.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/crypto/digest.h"
#include "hub/crypto/keyring.h"
#include "test/unit/folder.h"

#define K1 "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
#define K2 "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
/* The key of the v1a vector: seed and public half belong together. */
#define PAIR                                                               \
	"6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dR" \
	"qSKJp4AJ6p9lMicMFs6Kvg=="
#define ODD_PAIR                                                           \
	"6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dR" \
	"qSKJp4AJ6p9lMicMFs6Kvw=="
#define LOOKUP "lookup " K1 "\n"
#define SIGNING "signing " PAIR "\n"

static struct folder folder;

static void
setup(void)
{
	folder_init(&folder);
}

static void
teardown(void)
{
	folder_clear(&folder);
}

static enum rc
load(struct keyring **keyring, struct err *err)
{
	char path[FOLDER_PATH_SIZE];

	*err = (struct err){ .code = "" };
	return keyring_load(folder_path(&folder, "keys", path), keyring, err);
}

START_TEST(generated_file_loads_and_is_nobody_elses)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	char path[FOLDER_PATH_SIZE], text[4096];
	struct stat status;
	struct err err;
	uint32_t id = 0;

	(void)folder_path(&folder, "keys", path);
	ck_assert_int_eq(keyring_generate(path, &err), RC_OK);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_uint_eq(status.st_mode & 07777, 0600);
	ck_assert_msg(load(&keyring, &err) == RC_OK, "%s", err.text);
	ck_assert_ptr_nonnull(keyring_newest_kek(keyring, &id));
	ck_assert_uint_eq(id, 1);
	ck_assert_ptr_nonnull(keyring_lookup(keyring));
	ck_assert_uint_eq(keyring_signing(keyring)->length, SIGNING_KEY_SIZE);
	ck_assert_ptr_nonnull(keyring_checkpoint(keyring));
	ck_assert(!digest_equal(keyring_signing(keyring)->bytes,
	    keyring_checkpoint(keyring)->bytes, SIGNING_KEY_SIZE));
	(void)folder_read(&folder, "keys", text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "\nkek 1 "));
}
END_TEST

START_TEST(existing_file_is_never_overwritten)
{
	char path[FOLDER_PATH_SIZE], text[64];
	struct err err;

	folder_write(&folder, "keys", "precious", 0600);
	ck_assert_int_eq(
	    keyring_generate(folder_path(&folder, "keys", path), &err),
	    RC_CONFLICT);
	ck_assert_str_eq(err.code, "key_file_exists");
	(void)folder_read(&folder, "keys", text, sizeof(text));
	ck_assert_str_eq(text, "precious");
}
END_TEST

START_TEST(file_cannot_be_made_in_a_folder_that_is_not_there)
{
	char path[FOLDER_PATH_SIZE];
	struct err err;

	ck_assert_int_eq(
	    keyring_generate(folder_path(&folder, "no/keys", path), &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "key_file_unwritable");
}
END_TEST

START_TEST(newest_kek_wraps_and_old_ones_stay)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	const uint8_t *newest;
	struct err err;
	uint32_t id = 0;

	folder_write(&folder, "keys",
	    "# two keys\n\nkek 7 " K2 "\nkek 3 " K1 "\n" LOOKUP SIGNING, 0400);
	ck_assert_msg(load(&keyring, &err) == RC_OK, "%s", err.text);
	newest = keyring_newest_kek(keyring, &id);
	ck_assert_uint_eq(id, 7);
	ck_assert_int_eq(newest[0], 2);
	ck_assert_int_eq(keyring_kek(keyring, 3)[0], 1);
	ck_assert_ptr_null(keyring_kek(keyring, 1));
	ck_assert_ptr_null(keyring_kek(keyring, 0));
	ck_assert_ptr_null(keyring_checkpoint(keyring));
	ck_assert(strncmp(keyring_signing(keyring)->key_id, "hub-", 4) == 0);
	ck_assert_uint_eq(strlen(keyring_signing(keyring)->key_id), 12);
}
END_TEST

static const unsigned exposed_modes[] = { 0640, 0604, 0644, 0666, 0700, 0601,
	0620, 02600, 01600, 04600 };

START_TEST(file_that_others_may_touch_is_refused)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	struct err err;

	folder_write(&folder, "keys", "kek 1 " K1 "\n" LOOKUP SIGNING,
	    exposed_modes[_i]);
	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_exposed");
	ck_assert_ptr_nonnull(strstr(err.text, "must be 0600 or 0400"));
	ck_assert_ptr_null(keyring);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	char path[FOLDER_PATH_SIZE];
	struct err err;

	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_unreadable");
	ck_assert_int_eq(mkfifo(folder_path(&folder, "keys", path), 0600), 0);
	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_unreadable");
	ck_assert_int_eq(keyring_load(folder.path, &keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_unreadable");
}
END_TEST

static const struct {
	const char *text, *says;
} wrong_files[] = {
	{ "", "needs a kek" },
	{ "kek 1 " K1 "\n" LOOKUP, "needs a kek" },
	{ "kek 1 " K1 "\n" SIGNING, "needs a kek" },
	{ LOOKUP SIGNING, "needs a kek" },
	{ "kek " K1 "\n" LOOKUP SIGNING, "line 1" },
	{ "kek 0 " K1 "\n" LOOKUP SIGNING, "number from 1" },
	{ "kek 01 " K1 "\n" LOOKUP SIGNING, "number from 1" },
	{ "kek -1 " K1 "\n" LOOKUP SIGNING, "number from 1" },
	{ "kek 4294967297 " K1 "\n" LOOKUP SIGNING, "number from 1" },
	{ "kek 1\n" LOOKUP SIGNING, "number from 1" },
	{ "kek 1 " K1 "=\n" LOOKUP SIGNING, "base64 of 32" },
	{ "kek 1 " K1 " \n" LOOKUP SIGNING, "base64 of 32" },
	{ "kek 1 " K1 "\r\n" LOOKUP SIGNING, "base64 of 32" },
	{ "kek 1 AQEBAQ==\n" LOOKUP SIGNING, "base64 of 32" },
	{ "kek 1 " PAIR "\n" LOOKUP SIGNING, "base64 of 32" },
	{ "kek 1 " K1 "\nkek 1 " K2 "\n" LOOKUP SIGNING, "line 2" },
	{ "kek 1 " K1 "\n" LOOKUP LOOKUP SIGNING, "second lookup" },
	{ "kek 1 " K1 "\nlookup AQEB\n" SIGNING, "lookup key is base64" },
	{ "kek 1 " K1 "\n" LOOKUP SIGNING SIGNING, "line 4" },
	{ "kek 1 " K1 "\n" LOOKUP "signing " K1 "\n", "Ed25519" },
	{ "kek 1 " K1 "\n" LOOKUP "signing " ODD_PAIR "\n", "Ed25519" },
	{ "kek 1 " K1 "\n" LOOKUP "signing whsec_" K1 "\n", "Ed25519" },
	{ "kek 1 " K1 "\n" LOOKUP "signing whpk_" K1 "\n", "Ed25519" },
	{ "kek 1 " K1 "\n" LOOKUP SIGNING "checkpoint " K1 "\n", "line 4" },
	{ "kek 1 " K1 "\n" LOOKUP SIGNING "secret " K1 "\n", "not a kind" },
	{ "kek 1 " K1 "\n" LOOKUP SIGNING "kek\n", "line 4" },
	{ " kek 1 " K1 "\n" LOOKUP SIGNING, "not a kind" },
	{ "KEK 1 " K1 "\n" LOOKUP SIGNING, "not a kind" },
};

START_TEST(wrong_file_is_refused_with_its_line)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	struct err err;

	folder_write(&folder, "keys", wrong_files[_i].text, 0600);
	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_key_file");
	ck_assert_msg(strstr(err.text, wrong_files[_i].says) != NULL,
	    "%s is not in: %s", wrong_files[_i].says, err.text);
	/* A key never stands in a message that is logged. */
	ck_assert_ptr_null(strstr(err.text, "AQEB"));
	ck_assert_ptr_null(strstr(err.text, "6Xb/"));
	ck_assert_ptr_null(keyring);
}
END_TEST

START_TEST(overlong_file_is_refused)
{
	static char text[20000];
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	struct err err;

	memset(text, '#', sizeof(text) - 1);
	folder_write(&folder, "keys", text, 0600);
	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_too_large");
}
END_TEST

START_TEST(one_kek_too_many_is_refused)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	char text[8192];
	size_t used = 0;
	struct err err;

	for (int i = 1; i <= 65; i++)
		used += (size_t)snprintf(
		    text + used, sizeof(text) - used, "kek %d " K1 "\n", i);
	folder_write(&folder, "keys", text, 0600);
	ck_assert_int_eq(load(&keyring, &err), RC_INVALID);
	ck_assert_ptr_nonnull(strstr(err.text, "line 65"));
}
END_TEST

Suite *
keyring_suite(void)
{
	Suite *suite = suite_create("keyring");
	TCase *tcase = tcase_create("keyring");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, generated_file_loads_and_is_nobody_elses);
	tcase_add_test(tcase, existing_file_is_never_overwritten);
	tcase_add_test(
	    tcase, file_cannot_be_made_in_a_folder_that_is_not_there);
	tcase_add_test(tcase, newest_kek_wraps_and_old_ones_stay);
	tcase_add_loop_test(tcase, file_that_others_may_touch_is_refused, 0,
	    (int)COUNT(exposed_modes));
	tcase_add_test(tcase, what_is_no_file_is_refused);
	tcase_add_loop_test(tcase, wrong_file_is_refused_with_its_line, 0,
	    (int)COUNT(wrong_files));
	tcase_add_test(tcase, overlong_file_is_refused);
	tcase_add_test(tcase, one_kek_too_many_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
