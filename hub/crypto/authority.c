/*
 * An authority on files: see authority.h.
 */
#include "hub/crypto/authority.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hub/base/clock.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/authority_index.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/secret_file.h"
#include "hub/crypto/text_file.h"

enum {
	TEXT_LIMIT = 16 << 20,
	KEY_SIZE = 16384,
	NAME_MAX_BYTES = 64,
};

/* Clocks differ; a certificate must not be from the future. */
#define CLOCK_SKEW (300 * CLOCK_SECOND)
#define CLOCK_DAY (86400 * CLOCK_SECOND)

/* The folder, opened: its authority and its books under the lock. */
struct office {
	const char *dir;
	struct cert_authority *authority;
	struct authority_index index;
	char index_path[AUTHORITY_PATH_SIZE];
};

static enum rc
join(const char *dir, const char *name, const char *ending, char *path,
    struct err *err)
{
	int size = snprintf(
	    path, AUTHORITY_PATH_SIZE, "%s/%s%s", dir, name, ending);

	if (size < 0 || size >= AUTHORITY_PATH_SIZE)
		return err_set(err, RC_INVALID, "bad_path",
		    "the path of %s is too long", name);
	return RC_OK;
}

static enum rc
check_days(int days, struct err *err)
{
	if (days < 1 || days > AUTHORITY_DAYS_MAX)
		return err_set(err, RC_INVALID, "bad_days", "days are 1 to %d",
		    AUTHORITY_DAYS_MAX);
	return RC_OK;
}

static void
office_close(struct office *office)
{
	cert_authority_free(office->authority);
	authority_index_close(&office->index);
}

static enum rc
read_authority(
    const char *dir, struct cert_authority **authority, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	char path[AUTHORITY_PATH_SIZE], key[KEY_SIZE];
	size_t length;
	enum rc rc;

	strbuf_init(&pem, TEXT_LIMIT);
	TRY(join(dir, "ca", ".pem", path, err));
	TRY(text_file_read(path, &pem, err));
	TRY(join(dir, "ca", ".key", path, err));
	TRY(secret_file_read(path, key, sizeof(key), &length, err));
	rc = cert_authority_read(pem.bytes, key, authority, err);
	crypto_wipe(key, sizeof(key));
	return rc;
}

/* The office is closed by the caller, also after a failure. */
static enum rc
office_open(const char *dir, struct office *office, struct err *err)
{
	TRY(read_authority(dir, &office->authority, err));
	TRY(join(dir, "index", ".txt", office->index_path, err));
	return authority_index_open(office->index_path, &office->index, err);
}

/* In the books first: a list that nobody has booked could be followed by
 * another of the same number. */
static enum rc
make_list(struct office *office, int days, int64_t now, struct cert_list *list,
    struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	char path[AUTHORITY_PATH_SIZE];
	enum rc rc;

	*list = (struct cert_list){ .items = office->index.revoked,
		.count = office->index.revoked_count,
		.number = office->index.last_list + 1,
		.at = now - CLOCK_SKEW,
		.next_at = now + days * CLOCK_DAY };
	strbuf_init(&pem, TEXT_LIMIT);
	TRY(join(office->dir, "crl", ".pem", path, err));
	rc = cert_authority_list(office->authority, list, &pem, err);
	list->items = NULL;
	TRY(rc);
	TRY(authority_index_list(
	    &office->index, list->number, list->at, list->next_at, err));
	return secret_file_replace(path, 0644, pem.bytes, pem.length, err);
}

/* ---- init */

static enum rc
write_key(
    const struct cert_authority *authority, const char *path, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	enum rc rc;

	strbuf_init(&pem, KEY_SIZE);
	rc = cert_authority_write_key(authority, &pem, err);
	if (rc == RC_OK)
		rc = secret_file_create(path, 0600, pem.bytes, pem.length, err);
	crypto_wipe(pem.bytes, pem.length);
	return rc;
}

/* The key goes first: it is what must never be overwritten. */
static enum rc
write_authority(const char *dir, const struct cert_authority *authority,
    struct cert *cert, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	char path[AUTHORITY_PATH_SIZE];

	strbuf_init(&pem, TEXT_LIMIT);
	TRY(join(dir, "ca", ".key", path, err));
	TRY(write_key(authority, path, err));
	TRY(cert_authority_write(authority, &pem, err));
	TRY(cert_read(pem.bytes, pem.length, cert, err));
	TRY(join(dir, "ca", ".pem", path, err));
	TRY(secret_file_create(path, 0644, pem.bytes, pem.length, err));
	TRY(join(dir, "index", ".txt", path, err));
	return secret_file_create(path, 0600, "", 0, err);
}

enum rc
authority_init(const char *dir, const char *name, int days, int list_days,
    int64_t now, struct cert *cert, struct err *err)
{
	SCOPED(cert_authority_cleanup) struct cert_authority *made = NULL;
	struct cert_list list;

	TRY(check_days(days, err));
	TRY(check_days(list_days, err));
	TRY(cert_authority_new(
	    name, now - CLOCK_SKEW, now + days * CLOCK_DAY, &made, err));
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, RC_FAILED, "bad_path", "cannot make %s: %s",
		    dir, strerror(errno));
	TRY(write_authority(dir, made, cert, err));
	return authority_list(dir, list_days, now, &list, err);
}

/* ---- issue */

/* No path of its own, no hidden file, none of the authority's. */
static enum rc
check_name(const char *name, struct err *err)
{
	static const char *const ours[] = { "ca", "crl", "index" };
	size_t length = strlen(name);

	if (length == 0 || length > NAME_MAX_BYTES || name[0] == '.' ||
	    name[0] == '-' ||
	    strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789._-") != length)
		return err_set(err, RC_INVALID, "bad_name",
		    "a name has 1 to %d letters, digits, '.', '_' or '-'",
		    NAME_MAX_BYTES);
	for (size_t i = 0; i < COUNT(ours); i++)
		if (strcmp(name, ours[i]) == 0)
			return err_set(err, RC_INVALID, "bad_name",
			    "the name %s is the authority's own", name);
	return RC_OK;
}

static enum rc
check_absent(const char *path, struct err *err)
{
	struct stat status;

	if (path[0] != '\0' && lstat(path, &status) == 0)
		return err_set(err, RC_CONFLICT, "key_file_exists",
		    "%s exists and is not overwritten", path);
	return RC_OK;
}

/* Before anything is booked or made. */
static enum rc
plan(const char *dir, const struct authority_order *order,
    struct authority_issued *issued, struct err *err)
{
	const char *folder = order->folder != NULL ? order->folder : dir;

	*issued = (struct authority_issued){ .certificate = "" };
	TRY(check_name(order->name, err));
	TRY(check_days(order->days, err));
	if (order->password != NULL && order->wish.request != NULL)
		return err_set(err, RC_INVALID, "bad_wish",
		    "a bundle needs the private key");
	if (order->password != NULL && order->password[0] == '\0')
		return err_set(
		    err, RC_INVALID, "bad_wish", "a bundle needs a password");
	TRY(join(folder, order->name, ".pem", issued->certificate, err));
	if (order->wish.request == NULL)
		TRY(join(folder, order->name, ".key", issued->key, err));
	if (order->password != NULL)
		TRY(join(folder, order->name, ".p12", issued->bundle, err));
	TRY(check_absent(issued->certificate, err));
	TRY(check_absent(issued->key, err));
	return check_absent(issued->bundle, err);
}

static enum rc
write_bundle(struct office *office, const struct authority_order *order,
    const struct cert_pair *pair, const char *path, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf bytes = { .bytes = NULL };

	strbuf_init(&bytes, TEXT_LIMIT);
	TRY(cert_authority_bundle(office->authority, pair, order->name,
	    order->password, &bytes, err));
	return secret_file_create(path, 0600, bytes.bytes, bytes.length, err);
}

static enum rc
issue(struct office *office, const struct authority_order *order,
    const struct cert_pair *pair, struct authority_issued *issued,
    struct err *err)
{
	size_t length = strlen(pair->certificate);

	TRY(cert_read(pair->certificate, length, &issued->cert, err));
	TRY(authority_index_issued(
	    &office->index, &issued->cert, order->name, err));
	if (pair->key != NULL)
		TRY(secret_file_create(
		    issued->key, 0600, pair->key, strlen(pair->key), err));
	if (order->password != NULL)
		TRY(write_bundle(office, order, pair, issued->bundle, err));
	return secret_file_create(
	    issued->certificate, 0644, pair->certificate, length, err);
}

enum rc
authority_issue(const char *dir, const struct authority_order *order,
    int64_t now, struct authority_issued *issued, struct err *err)
{
	SCOPED(office_close)
	struct office office = { .dir = dir, .index = { .fd = -1 } };
	SCOPED(cert_pair_clear) struct cert_pair pair = { NULL, NULL };
	struct cert_wish wish = order->wish;

	TRY(plan(dir, order, issued, err));
	TRY(office_open(dir, &office, err));
	wish.not_before = now - CLOCK_SKEW;
	wish.not_after = now + order->days * CLOCK_DAY;
	TRY(cert_authority_issue(office.authority, &wish, &pair, err));
	return issue(&office, order, &pair, issued, err);
}

/* ---- revoke and list */

enum rc
authority_revoke(const char *dir, const char *certificate, int list_days,
    int64_t now, struct cert *cert, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem = { .bytes = NULL };
	SCOPED(office_close)
	struct office office = { .dir = dir, .index = { .fd = -1 } };
	struct cert_list list;

	strbuf_init(&pem, TEXT_LIMIT);
	TRY(check_days(list_days, err));
	TRY(text_file_read(certificate, &pem, err));
	TRY(cert_read(pem.bytes, pem.length, cert, err));
	TRY(office_open(dir, &office, err));
	TRY(cert_authority_check(office.authority, pem.bytes, err));
	if (cert->is_authority)
		return err_set(err, RC_INVALID, "not_ours",
		    "an authority cannot revoke itself");
	if (authority_index_is_revoked(&office.index, cert->serial))
		return err_set(err, RC_CONFLICT, "already_revoked",
		    "certificate %s is revoked already", cert->serial);
	TRY(authority_index_revoked(&office.index, cert->serial, now, err));
	return make_list(&office, list_days, now, &list, err);
}

enum rc
authority_list(const char *dir, int days, int64_t now, struct cert_list *list,
    struct err *err)
{
	SCOPED(office_close)
	struct office office = { .dir = dir, .index = { .fd = -1 } };

	TRY(check_days(days, err));
	TRY(office_open(dir, &office, err));
	return make_list(&office, days, now, list, err);
}
