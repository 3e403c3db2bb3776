/*
 * `freezeline ca`: see cli_ca.h.  Options become an order for authority.h;
 * what it made is printed as lines or, with --json, as one JSON object.
 */
#include "hub/cli/cli_ca.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/authority.h"
#include "hub/crypto/crypto.h"

enum { EXIT_USAGE = 2, NAMES_MAX = 32, REQUEST_MAX = 65536, SECRET_MAX = 256 };

enum { AUTHORITY_DAYS = 3650, CERTIFICATE_DAYS = 397, LIST_DAYS = 30 };

/* What the command line said. */
struct words {
	const char *operands[2];
	bool as_json, is_client, is_server;
	const char *name, *request_path, *folder, *password;
	const char *dns[NAMES_MAX], *addresses[NAMES_MAX];
	size_t dns_count, address_count;
	int days;                /* 0: not said */
	char secret[SECRET_MAX]; /* a password from standard input */
};

static const struct option options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "days", required_argument, NULL, 'd' },
	{ "name", required_argument, NULL, 'n' },
	{ "client", no_argument, NULL, 'c' },
	{ "server", no_argument, NULL, 's' },
	{ "dns", required_argument, NULL, 'h' },
	{ "ip", required_argument, NULL, 'a' },
	{ "csr", required_argument, NULL, 'r' },
	{ "out", required_argument, NULL, 'o' },
	{ "p12", required_argument, NULL, 'p' },
	{ NULL, 0, NULL, 0 },
};

/* ---- the verbs */

static void
put_text(json_t *out, const char *name, const char *text)
{
	if (text[0] != '\0')
		(void)json_object_set_new(out, name, json_string(text));
}

static void
put_time(json_t *out, const char *name, int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	put_text(out, name, clock_format(at, 3, text));
}

static void
put_cert(json_t *out, const struct cert *cert)
{
	char hex[HEX_SIZE(CERT_DIGEST_SIZE)];

	put_text(out, "subject", cert->subject);
	put_text(out, "issuer", cert->issuer);
	put_text(out, "serial", cert->serial);
	put_text(
	    out, "spki_sha256", hex_encode(cert->key, sizeof(cert->key), hex));
	put_text(out, "fingerprint_sha256",
	    hex_encode(cert->fingerprint, sizeof(cert->fingerprint), hex));
	put_time(out, "not_before", cert->not_before);
	put_time(out, "not_after", cert->not_after);
	(void)json_object_set_new(
	    out, "is_authority", json_boolean(cert->is_authority));
	(void)json_object_set_new(
	    out, "is_client", json_boolean(cert->is_client));
	(void)json_object_set_new(
	    out, "is_server", json_boolean(cert->is_server));
}

static int
days_or(const struct words *words, int otherwise)
{
	return words->days != 0 ? words->days : otherwise;
}

static enum rc
run_init(struct words *words, json_t *out, struct err *err)
{
	struct cert cert;

	TRY(authority_init(words->operands[0],
	    words->name != NULL ? words->name : "Freezeline CA",
	    days_or(words, AUTHORITY_DAYS), LIST_DAYS, clock_now(), &cert,
	    err));
	put_text(out, "directory", words->operands[0]);
	put_cert(out, &cert);
	return RC_OK;
}

static enum rc
read_request(const char *path, char *text, size_t size, struct err *err)
{
	FILE *file = fopen(path, "re");
	size_t got = file != NULL ? fread(text, 1, size - 1, file) : 0;

	if (file != NULL)
		(void)fclose(file);
	text[got] = '\0';
	if (got == 0 || got == size - 1)
		return err_set(err, RC_INVALID, "unreadable_file",
		    "cannot read a request from %s", path);
	return RC_OK;
}

/* "-": a password on the command line is seen by every process. */
static enum rc
read_password(struct words *words, struct err *err)
{
	if (words->password == NULL || strcmp(words->password, "-") != 0)
		return RC_OK;
	if (fgets(words->secret, sizeof(words->secret), stdin) == NULL)
		return err_set(err, RC_INVALID, "bad_wish",
		    "no password on standard input");
	words->secret[strcspn(words->secret, "\r\n")] = '\0';
	words->password = words->secret;
	return RC_OK;
}

static enum rc
run_issue(struct words *words, json_t *out, struct err *err)
{
	char request[REQUEST_MAX];
	struct authority_order order = { .name = words->operands[1],
		.folder = words->folder,
		.days = days_or(words, CERTIFICATE_DAYS),
		.wish = { .common_name = words->name != NULL
			? words->name
			: words->operands[1],
		    .is_client = words->is_client,
		    .is_server = words->is_server,
		    .dns = words->dns,
		    .dns_count = words->dns_count,
		    .addresses = words->addresses,
		    .address_count = words->address_count } };
	struct authority_issued issued;

	if (words->request_path != NULL) {
		TRY(read_request(
		    words->request_path, request, sizeof(request), err));
		order.wish.request = request;
	}
	TRY(read_password(words, err));
	order.password = words->password;
	TRY(authority_issue(
	    words->operands[0], &order, clock_now(), &issued, err));
	put_text(out, "certificate", issued.certificate);
	put_text(out, "key", issued.key);
	put_text(out, "p12", issued.bundle);
	put_cert(out, &issued.cert);
	return RC_OK;
}

static enum rc
run_revoke(struct words *words, json_t *out, struct err *err)
{
	struct cert cert;

	TRY(authority_revoke(words->operands[0], words->operands[1],
	    days_or(words, LIST_DAYS), clock_now(), &cert, err));
	put_text(out, "revoked", cert.serial);
	put_cert(out, &cert);
	return RC_OK;
}

static enum rc
run_crl(struct words *words, json_t *out, struct err *err)
{
	struct cert_list list;

	TRY(authority_list(words->operands[0], days_or(words, LIST_DAYS),
	    clock_now(), &list, err));
	(void)json_object_set_new(out, "number", json_integer(list.number));
	(void)json_object_set_new(
	    out, "revoked", json_integer((json_int_t)list.count));
	put_time(out, "this_update", list.at);
	put_time(out, "next_update", list.next_at);
	return RC_OK;
}

static enum rc
run_show(struct words *words, json_t *out, struct err *err)
{
	struct cert cert;

	TRY(cert_read_file(words->operands[0], &cert, err));
	put_cert(out, &cert);
	return RC_OK;
}

static const struct verb {
	const char *name;
	int operand_count;
	const char *letters; /* the options it takes */
	enum rc (*run)(struct words *words, json_t *out, struct err *err);
	const char *usage;
} verbs[] = {
	{ "init", 1, "jnd", run_init, "init DIR [--name N] [--days N]" },
	{ "issue", 2, "jdncsharop", run_issue,
	    "issue DIR NAME --client|--server [--dns N]... [--ip A]...\n"
	    "        [--name CN] [--days N] [--csr FILE] [--out DIR]\n"
	    "        [--p12 PASSWORD|-]" },
	{ "revoke", 2, "jd", run_revoke, "revoke DIR CERT.pem [--days N]" },
	{ "crl", 1, "jd", run_crl, "crl DIR [--days N]" },
	{ "show", 1, "j", run_show, "show CERT.pem" },
};

/* ---- the command line */

static int
usage(const char *what, const char *which)
{
	(void)fprintf(stderr, "freezeline ca: %s%s%s\n", what,
	    which[0] != '\0' ? " " : "", which);
	(void)fprintf(stderr, "usage: freezeline ca VERB ... [--json]\n");
	for (size_t i = 0; i < COUNT(verbs); i++)
		(void)fprintf(stderr, "    %s\n", verbs[i].usage);
	return EXIT_USAGE;
}

static bool
read_days(const char *text, int *days)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || number < 1 ||
	    number > AUTHORITY_DAYS_MAX)
		return false;
	*days = (int)number;
	return true;
}

static bool
add_name(const char **names, size_t *count, const char *name)
{
	if (*count == NAMES_MAX)
		return false;
	names[(*count)++] = name;
	return true;
}

/* False where the option's value cannot be. */
static bool
take_option(struct words *words, int letter, const char *value)
{
	switch (letter) {
	case 'j':
		words->as_json = true;
		return true;
	case 'c':
		words->is_client = true;
		return true;
	case 's':
		words->is_server = true;
		return true;
	case 'n':
		words->name = value;
		return true;
	case 'r':
		words->request_path = value;
		return true;
	case 'o':
		words->folder = value;
		return true;
	case 'p':
		words->password = value;
		return true;
	case 'd':
		return read_days(value, &words->days);
	case 'h':
		return add_name(words->dns, &words->dns_count, value);
	default:
		return add_name(words->addresses, &words->address_count, value);
	}
}

static const char *
option_name(int letter)
{
	for (size_t i = 0; options[i].name != NULL; i++)
		if (options[i].val == letter)
			return options[i].name;
	return "";
}

/* 0, or the exit code of a wrong usage. */
static int
read_words(const struct verb *verb, int argc, char **argv, struct words *words)
{
	int letter;

	optind = 0; /* start afresh, also in a test's second call */
	opterr = 0;
	while ((letter = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (letter == '?' || letter == ':')
			return usage("wrong option", argv[optind - 1]);
		if (strchr(verb->letters, letter) == NULL)
			return usage(
			    "this verb does not take --", option_name(letter));
		if (!take_option(words, letter, optarg))
			return usage("wrong value of --", option_name(letter));
	}
	if (argc - optind != verb->operand_count)
		return usage("wrong number of operands for", verb->name);
	for (int i = 0; i < verb->operand_count; i++)
		words->operands[i] = argv[optind + i];
	return 0;
}

static void
print(const json_t *out, bool as_json)
{
	const char *key;
	const json_t *value;

	if (as_json) {
		(void)json_dumpf(out, stdout, JSON_COMPACT);
		(void)putchar('\n');
		return;
	}
	/* jansson keeps the order in which members were added. */
	json_object_foreach((json_t *)out, key, value)
	{
		if (json_is_string(value))
			(void)printf(
			    "%-19s %s\n", key, json_string_value(value));
		else if (json_is_integer(value))
			(void)printf("%-19s %" JSON_INTEGER_FORMAT "\n", key,
			    json_integer_value(value));
		else
			(void)printf("%-19s %s\n", key,
			    json_is_true(value) ? "yes" : "no");
	}
}

static int
run(const struct verb *verb, struct words *words)
{
	json_t *out = json_object();
	struct err err = { .text = "" };
	enum rc rc = verb->run(words, out, &err);

	if (rc != RC_OK) {
		(void)fprintf(
		    stderr, "freezeline ca %s: %s\n", verb->name, err.text);
		(void)json_object_clear(out);
		put_text(out, "code", err.code);
		put_text(out, "detail", err.text);
	}
	if (rc == RC_OK || words->as_json)
		print(out, words->as_json);
	json_decref(out);
	crypto_wipe(words->secret, sizeof(words->secret));
	return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
cli_ca(int argc, char **argv)
{
	struct words words = { .days = 0 };

	if (argc < 2)
		return usage("what shall it do?", "");
	for (size_t i = 0; i < COUNT(verbs); i++) {
		int code;

		if (strcmp(argv[1], verbs[i].name) != 0)
			continue;
		code = read_words(&verbs[i], argc - 1, argv + 1, &words);
		return code != 0 ? code : run(&verbs[i], &words);
	}
	return usage("no such verb:", argv[1]);
}
