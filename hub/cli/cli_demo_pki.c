/*
 * The demo's certificates: see cli_demo_pki.h.
 */
#include "hub/cli/cli_demo_pki.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/authority.h"
#include "hub/crypto/cert.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/secret_file.h"

enum {
	AUTHORITY_DAYS = 3650,
	CERTIFICATE_DAYS = 397,
	LIST_DAYS = 30,
	PASSWORD_BYTES = 8,
	OPEN_FOLDERS = 4,
	NAME_SIZE = 96,
};

/* A run must not meet the end of a certificate. */
#define LEAST_LIFE (7 * 86400 * CLOCK_SECOND)

struct wish {
	const char *file, *name;
	bool is_client, is_server;
	const char *password; /* of its .p12; NULL: none */
};

struct maker {
	char folder[PATH_MAX];
	const char *password;
	int64_t now;
};

char *
cli_demo_pki_path(const struct cli_demo_place *place, const char *name,
    const char *ending, char *path)
{
	char file[NAME_SIZE + 16];

	(void)snprintf(file, sizeof(file), "pki/%s%s", name, ending);
	return cli_demo_place_path(place, file, path);
}

/* ---- one certificate */

static bool
is_there(const struct maker *maker, const char *name, const char *ending)
{
	char path[PATH_MAX + NAME_SIZE];

	(void)snprintf(
	    path, sizeof(path), "%s/%s%s", maker->folder, name, ending);
	return access(path, R_OK) == 0;
}

static enum rc
issue(const struct maker *maker, const struct wish *wish, struct err *err)
{
	static const char *const dns[] = { "localhost" };
	static const char *const addresses[] = { "127.0.0.1", "::1" };
	struct authority_order order = { .name = wish->file,
		.days = CERTIFICATE_DAYS,
		.password = wish->password,
		.wish = { .common_name = wish->name,
		    .is_client = wish->is_client,
		    .is_server = wish->is_server } };
	struct authority_issued issued;

	if (wish->is_server) {
		order.wish.dns = dns;
		order.wish.dns_count = COUNT(dns);
		order.wish.addresses = addresses;
		order.wish.address_count = COUNT(addresses);
	}
	if (is_there(maker, wish->file, ".pem") &&
	    is_there(maker, wish->file, ".key"))
		return RC_OK;
	return authority_issue(maker->folder, &order, maker->now, &issued, err);
}

/* "@NAME.pem" names the file of a principal's certificate. */
static enum rc
issue_principal(const struct maker *maker, const struct json_view *principal,
    bool has_webhook, struct err *err)
{
	const char *certificate = json_view_text(principal, "certificate", "");
	bool is_machine = strcmp(json_view_text(principal, "role", ""),
			      "service") == 0;
	struct wish wish = { .name = json_view_text(principal, "name", "?"),
		.is_client = true,
		.is_server = is_machine && has_webhook,
		.password = is_machine ? NULL : maker->password };
	char file[NAME_SIZE];
	size_t length = strlen(certificate);

	if (certificate[0] != '@' || length < sizeof("@x.pem") - 1 ||
	    length >= sizeof(file) ||
	    strcmp(certificate + length - 4, ".pem") != 0)
		return err_set(err, RC_FAILED, "demo_example",
		    "%s is no placeholder of a certificate", certificate);
	(void)snprintf(
	    file, sizeof(file), "%.*s", (int)length - 5, certificate + 1);
	wish.file = file;
	return issue(maker, &wish, err);
}

static enum rc
issue_all(const struct maker *maker, const struct json_view *registry,
    struct err *err)
{
	const struct wish own[] = {
		{ "server", "localhost", false, true, NULL },
		{ "hub-client", "Freezeline hub", true, false, NULL },
		{ CLI_DEMO_PKI_FIRST_ADMIN, "First admin", true, false,
		    maker->password },
		{ CLI_DEMO_PKI_SECOND_ADMIN, "Second admin", true, false,
		    maker->password },
	};
	const struct json_view *all = json_view_at(registry, "institutions");

	for (size_t i = 0; i < COUNT(own); i++)
		TRY(issue(maker, &own[i], err));
	for (size_t i = 0; i < json_view_count(all); i++) {
		const struct json_view *one = json_view_item(all, i);
		const struct json_view *people = json_view_at(
		    one, "principals");
		bool has_webhook = strcmp(json_view_text(
					      one, "endpoint/kind", "inbox"),
				       "webhook") == 0;

		for (size_t n = 0; n < json_view_count(people); n++)
			TRY(issue_principal(maker, json_view_item(people, n),
			    has_webhook, err));
	}
	return RC_OK;
}

/* ---- the whole */

static int
remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	(void)remove(path);
	return 0;
}

/* All were made in one run or not long after it: one tells for all. */
static void
drop_if_old(const struct maker *maker)
{
	char path[PATH_MAX + NAME_SIZE];
	struct cert cert;
	struct err err;

	(void)snprintf(path, sizeof(path), "%s/server.pem", maker->folder);
	if (cert_read_file(path, &cert, &err) == RC_OK &&
	    cert.not_after > maker->now + LEAST_LIFE)
		return;
	(void)nftw(
	    maker->folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* One for all runs, beside the files that it opens. */
static enum rc
find_password(const struct cli_demo_place *place,
    char password[CLI_DEMO_PKI_PASSWORD_SIZE], struct err *err)
{
	uint8_t bytes[PASSWORD_BYTES];
	char path[PATH_MAX], hex[HEX_SIZE(PASSWORD_BYTES)];
	size_t length;

	(void)cli_demo_place_path(place, "pki/p12-password", path);
	if (secret_file_read(path, password, CLI_DEMO_PKI_PASSWORD_SIZE,
		&length, err) == RC_OK)
		return RC_OK;
	crypto_random(bytes, sizeof(bytes));
	(void)snprintf(password, CLI_DEMO_PKI_PASSWORD_SIZE, "%s",
	    hex_encode(bytes, sizeof(bytes), hex));
	return cli_demo_place_write(place, "pki/p12-password", password, err);
}

enum rc
cli_demo_pki_make(const struct cli_demo_place *place,
    const struct json_view *registry, char password[CLI_DEMO_PKI_PASSWORD_SIZE],
    struct err *err)
{
	struct maker maker = { .now = clock_now() };
	struct cert_list list;
	struct cert cert;
	char keyring[PATH_MAX];

	(void)cli_demo_place_path(place, "pki", maker.folder);
	drop_if_old(&maker);
	if (!is_there(&maker, "ca", ".pem"))
		TRY(authority_init(maker.folder, "Freezeline demo CA",
		    AUTHORITY_DAYS, LIST_DAYS, maker.now, &cert, err));
	TRY(find_password(place, password, err));
	maker.password = password;
	TRY(issue_all(&maker, registry, err));
	TRY(authority_list(maker.folder, LIST_DAYS, maker.now, &list, err));
	return keyring_generate(
	    cli_demo_place_path(place, "keyring", keyring), err);
}
