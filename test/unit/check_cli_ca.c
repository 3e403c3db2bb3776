/*
 * cli: `freezeline ca`, run in this process.
 */
#include "test/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <jansson.h>

#include "hub/base/common.h"
#include "hub/cli/cli_ca.h"
#include "test/unit/folder.h"

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

enum { WORDS_MAX = 16 };

/* A descriptor goes to a file; returns where it went before. */
static int
redirect(int fd, const char *path)
{
	int own = dup(fd), to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_eq(fflush(NULL), 0);
	ck_assert_int_ge(own, 0);
	ck_assert_int_ge(to, 0);
	ck_assert_int_eq(dup2(to, fd), fd);
	ck_assert_int_eq(close(to), 0);
	return own;
}

static void
restore(int fd, int own)
{
	ck_assert_int_eq(fflush(NULL), 0);
	ck_assert_int_eq(dup2(own, fd), fd);
	ck_assert_int_eq(close(own), 0);
}

/* Run it with what it prints going to a file; "@" stands for the folder. */
static int
run(const char *const *given, json_t **printed)
{
	char words[WORDS_MAX][FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	char text[8192], *argv[WORDS_MAX + 1];
	int argc = 0, code, own[2];

	for (; given[argc] != NULL; argc++) {
		const char *rest = given[argc];
		const char *base = rest[0] == '@' ? folder.path : "";

		(void)snprintf(words[argc], sizeof(words[argc]), "%s%s", base,
		    rest + (rest[0] == '@'));
		argv[argc] = words[argc];
	}
	argv[argc] = NULL;
	own[0] = redirect(1, folder_path(&folder, "printed", path));
	own[1] = redirect(2, "/dev/null");
	code = cli_ca(argc, argv);
	restore(1, own[0]);
	restore(2, own[1]);
	(void)folder_read(&folder, "printed", text, sizeof(text));
	*printed = json_loads(text, 0, NULL);
	return code;
}

START_TEST(commands_make_issue_revoke_and_show)
{
	static const char *const steps[][WORDS_MAX] = {
		{ "ca", "init", "@/pki", "--name", "My CA", "--days", "800",
		    "--json" },
		{ "ca", "issue", "@/pki", "srv", "--server", "--dns",
		    "localhost", "--ip", "::1", "--json", "--out", "@" },
		{ "ca", "issue", "@/pki", "alice", "--client", "--p12", "pw",
		    "--name", "A. Officer", "--json", "--out", "@" },
		{ "ca", "show", "@/alice.pem", "--json" },
		{ "ca", "revoke", "@/pki", "@/alice.pem", "--json" },
		{ "ca", "crl", "@/pki", "--days", "7", "--json" },
	};
	static const struct {
		const char *key, *value;
	} shown[] = { { "subject", "My CA" }, { "subject", "srv" },
		{ "subject", "A. Officer" }, { "issuer", "My CA" },
		{ "subject", "A. Officer" }, { NULL, NULL } };
	static const char *const left[] = { "ca.pem", "ca.key", "crl.pem",
		"index.txt" };
	char name[32], path[FOLDER_PATH_SIZE];
	json_t *printed = NULL;

	for (size_t i = 0; i < COUNT(steps); i++) {
		ck_assert_int_eq(run(steps[i], &printed), 0);
		ck_assert_ptr_nonnull(printed);
		if (shown[i].key != NULL)
			ck_assert_str_eq(json_string_value(json_object_get(
					     printed, shown[i].key)),
			    shown[i].value);
		else
			ck_assert_int_eq(json_integer_value(json_object_get(
					     printed, "revoked")),
			    1);
		json_decref(printed);
	}
	for (size_t i = 0; i < COUNT(left); i++) {
		(void)snprintf(name, sizeof(name), "pki/%s", left[i]);
		ck_assert_int_eq(unlink(folder_path(&folder, name, path)), 0);
	}
	ck_assert_int_eq(rmdir(folder_path(&folder, "pki", path)), 0);
}
END_TEST

static const struct {
	const char *words[WORDS_MAX];
	int code;
	const char *says; /* the code printed with --json */
} wrong_commands[] = {
	{ { "ca" }, 2, NULL },
	{ { "ca", "destroy" }, 2, NULL },
	{ { "ca", "--json" }, 2, NULL },
	{ { "ca", "init" }, 2, NULL },
	{ { "ca", "init", "@", "more" }, 2, NULL },
	{ { "ca", "init", "@/x", "--days" }, 2, NULL },
	{ { "ca", "init", "@/x", "--days", "0" }, 2, NULL },
	{ { "ca", "init", "@/x", "--days", "-5" }, 2, NULL },
	{ { "ca", "init", "@/x", "--days", "ten" }, 2, NULL },
	{ { "ca", "init", "@/x", "--days", "99999999999" }, 2, NULL },
	{ { "ca", "init", "@/x", "--client" }, 2, NULL },
	{ { "ca", "issue", "@" }, 2, NULL },
	{ { "ca", "issue", "@", "a", "--wat" }, 2, NULL },
	{ { "ca", "revoke", "@" }, 2, NULL },
	{ { "ca", "show" }, 2, NULL },
	{ { "ca", "show", "@/a.pem", "--days", "3" }, 2, NULL },
	{ { "ca", "init", "@/no/no", "--json" }, 1, "bad_path" },
	{ { "ca", "init", "@/x", "--name", "", "--json" }, 1, "bad_wish" },
	{ { "ca", "issue", "@", "a", "--client", "--json" }, 1,
	    "unreadable_file" },
	{ { "ca", "issue", "@", "../a", "--client", "--json" }, 1, "bad_name" },
	{ { "ca", "issue", "@", "a", "--client", "--csr", "/nowhere",
	      "--json" },
	    1, "unreadable_file" },
	{ { "ca", "revoke", "@", "@/a.pem", "--json" }, 1, "unreadable_file" },
	{ { "ca", "crl", "@", "--json" }, 1, "unreadable_file" },
	{ { "ca", "show", "/dev/null", "--json" }, 1, "bad_certificate" },
	{ { "ca", "show", "/nowhere", "--json" }, 1, "unreadable_file" },
};

START_TEST(wrong_command_has_its_exit_code)
{
	json_t *printed = NULL;

	ck_assert_int_eq(
	    run(wrong_commands[_i].words, &printed), wrong_commands[_i].code);
	if (wrong_commands[_i].says == NULL)
		ck_assert_ptr_null(printed);
	else
		ck_assert_str_eq(
		    json_string_value(json_object_get(printed, "code")),
		    wrong_commands[_i].says);
	json_decref(printed);
}
END_TEST

Suite *
cli_ca_suite(void)
{
	Suite *suite = suite_create("cli_ca");
	TCase *tcase = tcase_create("cli_ca");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, commands_make_issue_revoke_and_show);
	tcase_add_loop_test(tcase, wrong_command_has_its_exit_code, 0,
	    (int)COUNT(wrong_commands));
	suite_add_tcase(suite, tcase);
	return suite;
}
