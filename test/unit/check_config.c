/*
 * config: the three ways to name a setting, their order, and what is refused.
 */
#include "test/unit/unit.h"

#include <stdlib.h>

#include "hub/config/client_config.h"
#include "hub/config/config.h"
#include "hub/config/nearest.h"
#include "test/unit/folder.h"

enum { ARGUMENT_LIMIT = 8 };

static char *no_environment[] = { NULL };

/* Load with these words behind the command's name. */
static enum rc
load(const char *const *words, char **environment, struct config *config,
    struct err *err)
{
	char *argv[ARGUMENT_LIMIT + 2] = { (char *)(uintptr_t) "serve" };
	int argc = 1;

	for (; words[argc - 1] != NULL; argc++)
		argv[argc] = (char *)(uintptr_t)words[argc - 1];
	return config_load(&argc, argv, environment, config, err);
}

START_TEST(defaults_are_those_of_the_table)
{
	const char *const words[] = { NULL };
	struct config config;
	struct err err;

	ck_assert_int_eq(load(words, no_environment, &config, &err), RC_OK);
	ck_assert_int_eq(config.listen_port, 8443);
	ck_assert_int_eq(config.admin_port, 9443);
	ck_assert_int_eq(config.threads, 2);
	ck_assert_int_eq(config.readers, 2);
	ck_assert_int_eq(config.desks, 1);
	ck_assert_int_eq(config.requests_per_second, 200);
	ck_assert_int_eq(config.registry_delay_seconds, 86400);
	ck_assert(!config.tls12);
	ck_assert(config.dispatch);
	ck_assert(!config.allow_private_receivers);
	ck_assert_int_eq(config.log_level, LOG_INFO);
	ck_assert_str_eq(config.database, "");
}
END_TEST

START_TEST(flag_beats_environment_beats_file)
{
	struct folder folder;
	char path[FOLDER_PATH_SIZE], option[FOLDER_PATH_SIZE + 16];
	char *environment[] = { (char *)(uintptr_t) "FREEZELINE_THREADS=3",
		(char *)(uintptr_t) "FREEZELINE_READERS=3",
		(char *)(uintptr_t) "FREEZELINE_HUB=https://a",
		(char *)(uintptr_t) "HOME=/nowhere", NULL };
	const char *const words[] = { option, "--threads", "4", NULL };
	struct config config;
	struct err err;

	folder_init(&folder);
	folder_write(&folder, "hub.ini",
	    "[line]\nlisten_port = 1\n; why not\n[store]\nthreads = 2\n"
	    "readers=2\ndatabase = host=/run user=freezeline_hub\n",
	    0644);
	(void)folder_path(&folder, "hub.ini", path);
	(void)snprintf(option, sizeof(option), "--config=%s", path);
	ck_assert_msg(
	    load(words, environment, &config, &err) == RC_OK, "%s", err.text);
	ck_assert_int_eq(config.listen_port, 1);
	ck_assert_int_eq(config.readers, 3);
	ck_assert_int_eq(config.threads, 4);
	ck_assert_str_eq(config.database, "host=/run user=freezeline_hub");
	folder_clear(&folder);
}
END_TEST

START_TEST(operands_stay_behind_in_order)
{
	char *argv[] = { (char *)(uintptr_t) "check",
		(char *)(uintptr_t) "first", (char *)(uintptr_t) "--tls12",
		(char *)(uintptr_t) "second",
		(char *)(uintptr_t) "--log-level=warn",
		(char *)(uintptr_t) "--", (char *)(uintptr_t) "--third", NULL };
	int argc = (int)COUNT(argv) - 1;
	struct config config;
	struct err err;

	ck_assert_int_eq(
	    config_load(&argc, argv, no_environment, &config, &err), RC_OK);
	ck_assert(config.tls12);
	ck_assert_int_eq(config.log_level, LOG_WARN);
	ck_assert_int_eq(argc, 4);
	ck_assert_str_eq(argv[1], "first");
	ck_assert_str_eq(argv[2], "second");
	ck_assert_str_eq(argv[3], "--third");
	ck_assert_ptr_null(argv[4]);
}
END_TEST

static const struct {
	const char *word, *value, *code, *said;
} wrong_flags[] = {
	{ "--listen-prot", "1", "unknown_setting", "listen_port?" },
	{ "--reader", "1", "unknown_setting", "readers?" },
	{ "--zzzzzzzz", "1", "unknown_setting", "no setting zzzzzzzz" },
	{ "--listen-port", "65536", "bad_setting", "from 0 to 65535" },
	{ "--listen-port", "-1", "bad_setting", "from 0 to 65535" },
	{ "--listen-port", "8443x", "bad_setting", "whole number" },
	{ "--listen-port", " 1", "bad_setting", "whole number" },
	{ "--listen-port", "", "bad_setting", "whole number" },
	{ "--listen-port", NULL, "bad_setting", "needs a value" },
	{ "--readers", "99999999999999999999", "bad_setting", "from 1 to 16" },
	{ "--dispatch=maybe", NULL, "bad_setting", "true or false" },
	{ "--log-level", "loud", "bad_setting", "debug info warn error" },
	{ "--config", "", "bad_setting", "needs a file" },
	{ "--config", NULL, "bad_setting", "needs a file" },
	{ "--config", "/nonexistent/hub.ini", "no_settings_file", "hub.ini" },
};

START_TEST(wrong_flag_is_refused_with_a_sentence)
{
	const char *const words[] = { wrong_flags[_i].word,
		wrong_flags[_i].value, NULL };
	struct config config;
	struct err err;

	ck_assert_int_ne(load(words, no_environment, &config, &err), RC_OK);
	ck_assert_str_eq(err.code, wrong_flags[_i].code);
	ck_assert_msg(
	    strstr(err.text, wrong_flags[_i].said) != NULL, "%s", err.text);
}
END_TEST

#define LONG "a line of forty characters, to be longer"

static const struct {
	const char *text, *code, *said;
} wrong_files[] = {
	{ "listen_prot = 1\n", "unknown_setting", "listen_port?" },
	{ "listen_port = high\n", "bad_setting", "whole number" },
	{ "listen_port\n", "bad_settings_file", "line 1" },
	{ "tls12 = true\n[open\n", "bad_settings_file", "line 2" },
	{ "hub = https://localhost\n", "unknown_setting", "no setting hub" },
	{ "readers = 1\nreaders = 2\n", "bad_setting",
	    "readers is there twice" },
	{ "database = a\n readers = 2\n", "bad_setting", "database is there" },
	{ "threads = 2\n# " LONG LONG LONG LONG LONG "\n", "bad_settings_file",
	    "line 2 is longer" },
};

START_TEST(wrong_file_is_refused_with_its_name)
{
	struct folder folder;
	char path[FOLDER_PATH_SIZE];
	const char *const words[] = { "--config", path, NULL };
	struct config config;
	struct err err;

	folder_init(&folder);
	folder_write(&folder, "hub.ini", wrong_files[_i].text, 0644);
	(void)folder_path(&folder, "hub.ini", path);
	ck_assert_int_ne(load(words, no_environment, &config, &err), RC_OK);
	ck_assert_str_eq(err.code, wrong_files[_i].code);
	ck_assert_msg(
	    strstr(err.text, wrong_files[_i].said) != NULL, "%s", err.text);
	ck_assert_ptr_nonnull(strstr(err.text, "hub.ini"));
	folder_clear(&folder);
}
END_TEST

START_TEST(unknown_name_in_the_environment_is_refused)
{
	char *environment[] = { (char *)(uintptr_t) "FREEZELINE_READER=1",
		NULL };
	const char *const words[] = { NULL };
	struct config config;
	struct err err;

	ck_assert_int_eq(load(words, environment, &config, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "unknown_setting");
	ck_assert_ptr_nonnull(strstr(err.text, "readers?"));
}
END_TEST

START_TEST(client_reads_its_file_and_the_environment)
{
	struct folder folder;
	char path[FOLDER_PATH_SIZE], named[FOLDER_PATH_SIZE + 40];
	char *environment[] = { named,
		(char *)(uintptr_t) "FREEZELINE_CERT=mine.pem",
		(char *)(uintptr_t) "FREEZELINE_READERS=1", NULL };
	struct client_config config;
	struct err err;

	folder_init(&folder);
	folder_write(&folder, "client.ini",
	    "hub = https://hub:1\ncert = other.pem\nca = ca.pem\n", 0600);
	(void)folder_path(&folder, "client.ini", path);
	(void)snprintf(
	    named, sizeof(named), "FREEZELINE_CLIENT_CONFIG=%s", path);
	ck_assert_int_eq(client_config_load(environment, &config, &err), RC_OK);
	ck_assert_str_eq(config.hub, "https://hub:1");
	ck_assert_str_eq(config.cert, "mine.pem");
	ck_assert_str_eq(config.ca, "ca.pem");
	ck_assert_str_eq(config.key, "");
	folder_clear(&folder);
	ck_assert_int_eq(
	    client_config_load(environment, &config, &err), RC_MISSING);
}
END_TEST

START_TEST(client_without_a_file_has_the_defaults)
{
	char *environment[] = { (char *)(uintptr_t) "HOME=/nonexistent", NULL };
	struct client_config config;

	ck_assert_int_eq(client_config_load(environment, &config, NULL), RC_OK);
	ck_assert_str_eq(config.hub, "https://localhost:8443");
	ck_assert_int_eq(config.timeout_seconds, 30);
}
END_TEST

START_TEST(help_names_every_setting)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	config_print_help(out);
	(void)fclose(out);
	for (size_t i = 0; i < config_table.count; i++) {
		ck_assert_ptr_nonnull(strstr(text, config_table.rows[i].help));
		ck_assert_uint_gt(strlen(config_table.rows[i].help), 0);
	}
	ck_assert_ptr_nonnull(strstr(text, "--listen-port"));
	free(text);
}
END_TEST

static const struct {
	const char *wanted, *candidate;
	bool is_near;
} pairs[] = {
	{ "serve", "serve", true },
	{ "sevre", "serve", true },
	{ "srve", "serve", true },
	{ "servee", "serve", true },
	{ "inst", "institution", true },
	{ "respnod", "respond", true },
	{ "in", "institution", false },
	{ "me", "ca", false },
	{ "xyzzy", "serve", false },
	{ "", "serve", false },
	{ "reserve", "verify", false },
};

START_TEST(near_names_are_found_and_far_ones_are_not)
{
	struct nearest nearest;

	nearest_init(&nearest, pairs[_i].wanted);
	nearest_offer(&nearest, pairs[_i].candidate);
	ck_assert_int_eq(nearest.best != NULL, pairs[_i].is_near);
}
END_TEST

Suite *
config_suite(void)
{
	Suite *suite = suite_create("config");
	TCase *tcase = tcase_create("config");

	tcase_add_test(tcase, defaults_are_those_of_the_table);
	tcase_add_test(tcase, flag_beats_environment_beats_file);
	tcase_add_test(tcase, operands_stay_behind_in_order);
	tcase_add_loop_test(tcase, wrong_flag_is_refused_with_a_sentence, 0,
	    (int)COUNT(wrong_flags));
	tcase_add_loop_test(tcase, wrong_file_is_refused_with_its_name, 0,
	    (int)COUNT(wrong_files));
	tcase_add_test(tcase, unknown_name_in_the_environment_is_refused);
	tcase_add_test(tcase, client_reads_its_file_and_the_environment);
	tcase_add_test(tcase, client_without_a_file_has_the_defaults);
	tcase_add_test(tcase, help_names_every_setting);
	tcase_add_loop_test(tcase, near_names_are_found_and_far_ones_are_not, 0,
	    (int)COUNT(pairs));
	suite_add_tcase(suite, tcase);
	return suite;
}
