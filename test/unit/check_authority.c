/*
 * crypto: an authority in a folder.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/crypto/authority.h"
#include "hub/listener/tls_peer.h"
#include "test/unit/folder.h"

#define DAY (86400 * CLOCK_SECOND)
#define NOW INT64_C(1795522766000000)

static struct folder folder;

static void
setup(void)
{
	struct cert cert;
	struct err err = { .text = "" };

	folder_init(&folder);
	ck_assert_msg(authority_init(folder.path, "The CA", 400, 30, NOW, &cert,
			  &err) == RC_OK,
	    "%s", err.text);
}

static void
teardown(void)
{
	folder_clear(&folder);
}

static struct authority_order
order_of(const char *name)
{
	return (struct authority_order){ .name = name,
		.days = 30,
		.wish = { .common_name = name, .is_client = true } };
}

static struct authority_issued
issue(const char *name)
{
	const struct authority_order order = order_of(name);
	struct authority_issued issued;
	struct err err = { .text = "" };

	ck_assert_msg(
	    authority_issue(folder.path, &order, NOW, &issued, &err) == RC_OK,
	    "%s", err.text);
	return issued;
}

static unsigned
mode_of(const char *path)
{
	struct stat status;

	ck_assert_msg(stat(path, &status) == 0, "no %s", path);
	return status.st_mode & 07777U;
}

static size_t
index_lines(const char *word)
{
	char text[65536];
	size_t count = 0;

	(void)folder_read(&folder, "index.txt", text, sizeof(text));
	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		count++;
	return count;
}

START_TEST(keys_are_nobody_elses_and_certificates_are_for_all)
{
	struct authority_order order = order_of("alice");
	struct authority_issued issued;
	char path[FOLDER_PATH_SIZE];
	struct err err;

	order.password = "secret";
	(void)umask(022);
	ck_assert_int_eq(
	    authority_issue(folder.path, &order, NOW, &issued, &err), RC_OK);
	ck_assert_uint_eq(mode_of(issued.key), 0600);
	ck_assert_uint_eq(mode_of(issued.bundle), 0600);
	ck_assert_uint_eq(mode_of(issued.certificate), 0644);
	ck_assert_uint_eq(mode_of(folder_path(&folder, "ca.key", path)), 0600);
	ck_assert_int_eq(issued.cert.not_after, NOW + 30 * DAY);
	ck_assert_uint_eq(index_lines("issued "), 1);
	ck_assert_uint_eq(index_lines(issued.cert.serial), 1);
}
END_TEST

START_TEST(second_authority_in_the_folder_is_refused)
{
	char before[4096], after[4096];
	struct cert cert;
	struct err err;

	(void)folder_read(&folder, "ca.key", before, sizeof(before));
	ck_assert_int_eq(
	    authority_init(folder.path, "Other", 400, 30, NOW, &cert, &err),
	    RC_CONFLICT);
	ck_assert_str_eq(err.code, "key_file_exists");
	(void)folder_read(&folder, "ca.key", after, sizeof(after));
	ck_assert_str_eq(before, after);
}
END_TEST

START_TEST(nothing_is_overwritten_or_booked_for_a_name_that_is_taken)
{
	static const char *const files[] = { "bob.pem", "bob.key", "bob.p12" };
	struct authority_order order = order_of("bob");
	struct authority_issued issued;
	char text[64];
	struct err err;

	order.password = "secret";
	folder_write(&folder, files[_i], "mine", 0600);
	ck_assert_int_eq(
	    authority_issue(folder.path, &order, NOW, &issued, &err),
	    RC_CONFLICT);
	(void)folder_read(&folder, files[_i], text, sizeof(text));
	ck_assert_str_eq(text, "mine");
	ck_assert_uint_eq(index_lines("issued "), 0);
}
END_TEST

static const struct wrong_order {
	const char *name;
	int days;
	bool has_request;
	const char *password, *folder, *code;
} wrong_orders[] = {
	{ "", 30, false, NULL, NULL, "bad_name" },
	{ "ca", 30, false, NULL, NULL, "bad_name" },
	{ "crl", 30, false, NULL, NULL, "bad_name" },
	{ "index", 30, false, NULL, NULL, "bad_name" },
	{ ".hidden", 30, false, NULL, NULL, "bad_name" },
	{ "..", 30, false, NULL, NULL, "bad_name" },
	{ "../x", 30, false, NULL, NULL, "bad_name" },
	{ "a/b", 30, false, NULL, NULL, "bad_name" },
	{ "-a", 30, false, NULL, NULL, "bad_name" },
	{ "a b", 30, false, NULL, NULL, "bad_name" },
	{ "a\n", 30, false, NULL, NULL, "bad_name" },
	{ "a", 0, false, NULL, NULL, "bad_days" },
	{ "a", -1, false, NULL, NULL, "bad_days" },
	{ "a", 36501, false, NULL, NULL, "bad_days" },
	{ "a", 401, false, NULL, NULL, "bad_wish" },
	{ "a", 30, false, "", NULL, "bad_wish" },
	{ "a", 30, true, "secret", NULL, "bad_wish" },
	{ "a", 30, true, NULL, NULL, "bad_request" },
	{ "a", 30, false, NULL, "/nowhere", "key_file_unwritable" },
};

START_TEST(wrong_order_is_refused)
{
	const struct wrong_order *wrong = &wrong_orders[_i];
	struct authority_order order = order_of("a");
	struct authority_issued issued;
	struct err err;

	order.name = wrong->name;
	order.days = wrong->days;
	order.folder = wrong->folder;
	order.password = wrong->password;
	order.wish.request = wrong->has_request ? "no request" : NULL;
	ck_assert_int_ne(
	    authority_issue(folder.path, &order, NOW, &issued, &err), RC_OK);
	ck_assert_str_eq(err.code, wrong->code);
}
END_TEST

/* The listener's own loader reads what stands in the folder. */
START_TEST(listener_loads_the_folder)
{
	SCOPED(folder_clear) struct folder fresh;
	struct authority_order order = order_of("server");
	const char *names[] = { "localhost" };
	struct tls_credentials *credentials = NULL;
	struct authority_issued issued;
	char ca[FOLDER_PATH_SIZE], crl[FOLDER_PATH_SIZE];
	struct tls_files files;
	struct cert cert;
	struct err err = { .text = "" };

	/* Its loader looks at the clock; the outcome does not depend on it. */
	folder_init(&fresh);
	order.wish.is_server = true;
	order.wish.dns = names;
	order.wish.dns_count = 1;
	ck_assert_int_eq(
	    authority_init(fresh.path, "CA", 400, 30, clock_now(), &cert, &err),
	    RC_OK);
	ck_assert_int_eq(
	    authority_issue(fresh.path, &order, clock_now(), &issued, &err),
	    RC_OK);
	ck_assert_int_eq(authority_revoke(fresh.path, issued.certificate, 7,
			     clock_now(), &cert, &err),
	    RC_OK);
	files = (struct tls_files){ issued.certificate, issued.key,
		folder_path(&fresh, "ca.pem", ca),
		folder_path(&fresh, "crl.pem", crl) };
	ck_assert_msg(tls_credentials_load(&files, &credentials, &err) == RC_OK,
	    "%s", err.text);
	tls_credentials_unref(credentials);
}
END_TEST

START_TEST(revoked_once_is_revoked_for_ever)
{
	struct authority_issued alice = issue("alice"), bob = issue("bob");
	struct cert_list list;
	struct cert cert;
	struct err err;

	ck_assert_int_eq(authority_revoke(folder.path, alice.certificate, 7,
			     NOW, &cert, &err),
	    RC_OK);
	ck_assert_str_eq(cert.serial, alice.cert.serial);
	ck_assert_int_eq(authority_revoke(folder.path, alice.certificate, 7,
			     NOW, &cert, &err),
	    RC_CONFLICT);
	ck_assert_str_eq(err.code, "already_revoked");
	ck_assert_int_eq(authority_revoke(folder.path, bob.certificate, 7,
			     NOW + DAY, &cert, &err),
	    RC_OK);
	ck_assert_int_eq(
	    authority_list(folder.path, 7, NOW + 2 * DAY, &list, &err), RC_OK);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_int_eq(list.number, 4);
	ck_assert_int_eq(list.next_at, NOW + 9 * DAY);
	ck_assert_uint_eq(index_lines("list "), 4);
}
END_TEST

START_TEST(what_is_not_ours_cannot_be_revoked)
{
	SCOPED(folder_clear) struct folder other;
	struct authority_order order = order_of("alice");
	struct authority_issued theirs;
	char path[FOLDER_PATH_SIZE];
	struct cert cert;
	struct err err;

	folder_init(&other);
	ck_assert_int_eq(
	    authority_init(other.path, "The CA", 400, 30, NOW, &cert, &err),
	    RC_OK);
	ck_assert_int_eq(
	    authority_issue(other.path, &order, NOW, &theirs, &err), RC_OK);
	ck_assert_int_eq(authority_revoke(folder.path, theirs.certificate, 7,
			     NOW, &cert, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "not_ours");
	ck_assert_int_eq(
	    authority_revoke(folder.path, folder_path(&folder, "ca.pem", path),
		7, NOW, &cert, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "not_ours");
	ck_assert_int_eq(
	    authority_revoke(folder.path, folder_path(&folder, "ca.key", path),
		7, NOW, &cert, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "bad_certificate");
	ck_assert_int_eq(
	    authority_revoke(folder.path, "/nowhere", 7, NOW, &cert, &err),
	    RC_INVALID);
	ck_assert_uint_eq(index_lines("revoked "), 0);
}
END_TEST

static void
append_index(const char *text)
{
	char path[FOLDER_PATH_SIZE];
	FILE *file = fopen(folder_path(&folder, "index.txt", path), "a");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(line_that_a_crash_cut_short_is_dropped)
{
	struct cert_list list;
	struct err err;

	append_index("revoked 0123456789abcdef 17955");
	ck_assert_int_eq(
	    authority_list(folder.path, 7, NOW, &list, &err), RC_OK);
	ck_assert_uint_eq(list.count, 0);
	ck_assert_int_eq(list.number, 2);
	ck_assert_uint_eq(index_lines("revoked"), 0);
	ck_assert_uint_eq(index_lines("list "), 2);
}
END_TEST

static const char *const damaged_lines[] = { "\n", "revoked\n", "revoked 12\n",
	"revoked xyz 1\n", "revoked 12 1 2\n", "revoked 12 1795556520x\n",
	"list 1 2\n", "list 1 2 3 4\n", "issued\n", "issued XYZ 1 f n\n",
	"removed 12 1\n", "Revoked 12 1\n" };

START_TEST(damaged_books_stop_everything)
{
	const struct authority_order order = order_of("alice");
	struct authority_issued issued;
	struct cert_list list;
	struct err err;

	append_index(damaged_lines[_i]);
	ck_assert_int_eq(
	    authority_list(folder.path, 7, NOW, &list, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "authority_index_damaged");
	ck_assert_ptr_nonnull(strstr(err.text, "line 2"));
	ck_assert_int_eq(
	    authority_issue(folder.path, &order, NOW, &issued, &err),
	    RC_FAILED);
}
END_TEST

START_TEST(authority_without_its_files_does_nothing)
{
	static const struct {
		const char *file, *code;
	} gone[] = { { "ca.pem", "unreadable_file" },
		{ "ca.key", "key_file_unreadable" },
		{ "index.txt", "authority_index_failed" } };
	char path[FOLDER_PATH_SIZE];
	struct cert_list list;
	struct err err;

	ck_assert_int_eq(unlink(folder_path(&folder, gone[_i].file, path)), 0);
	ck_assert_int_ne(
	    authority_list(folder.path, 7, NOW, &list, &err), RC_OK);
	ck_assert_str_eq(err.code, gone[_i].code);
}
END_TEST

START_TEST(exposed_key_is_not_used)
{
	char path[FOLDER_PATH_SIZE];
	struct cert_list list;
	struct err err;

	ck_assert_int_eq(chmod(folder_path(&folder, "ca.key", path), 0644), 0);
	ck_assert_int_eq(
	    authority_list(folder.path, 7, NOW, &list, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "key_file_exposed");
}
END_TEST

Suite *
authority_suite(void)
{
	Suite *suite = suite_create("authority");
	TCase *tcase = tcase_create("folder");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(
	    tcase, keys_are_nobody_elses_and_certificates_are_for_all);
	tcase_add_test(tcase, second_authority_in_the_folder_is_refused);
	tcase_add_loop_test(tcase,
	    nothing_is_overwritten_or_booked_for_a_name_that_is_taken, 0, 3);
	tcase_add_loop_test(
	    tcase, wrong_order_is_refused, 0, (int)COUNT(wrong_orders));
	tcase_add_test(tcase, listener_loads_the_folder);
	tcase_add_test(tcase, revoked_once_is_revoked_for_ever);
	tcase_add_test(tcase, what_is_not_ours_cannot_be_revoked);
	tcase_add_test(tcase, line_that_a_crash_cut_short_is_dropped);
	tcase_add_loop_test(
	    tcase, damaged_books_stop_everything, 0, (int)COUNT(damaged_lines));
	tcase_add_loop_test(
	    tcase, authority_without_its_files_does_nothing, 0, 3);
	tcase_add_test(tcase, exposed_key_is_not_used);
	suite_add_tcase(suite, tcase);
	return suite;
}
