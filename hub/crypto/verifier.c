/*
 * Checks signatures: see verifier.h.
 */
#include "hub/crypto/verifier.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "hub/base/encode.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/digest.h"

enum { SIGNATURE_SIZE = 64, ID_LIMIT = 120, TIMESTAMP_DIGITS = 12 };

/* One signature of the header. */
struct signature {
	enum signing_algorithm algorithm;
	uint8_t bytes[SIGNATURE_SIZE];
};

/* The header, taken apart.  What is of no known version or length is left
 * out: a receiver skips what it does not know. */
struct signature_list {
	struct signature items[VERIFIER_SIGNATURE_LIMIT];
	size_t count;
};

static const struct {
	const char *prefix;
	size_t length;
} versions[SIGNING_ALGORITHM_COUNT] = {
	[SIGNING_V1] = { "v1,", DIGEST_SIZE },
	[SIGNING_V1A] = { "v1a,", SIGNATURE_SIZE },
};

static void
list_add(struct signature_list *list, const char *text, size_t length)
{
	struct signature *next = &list->items[list->count];

	for (size_t i = 0; i < COUNT(versions); i++) {
		size_t skip = strlen(versions[i].prefix), size = 0;

		if (length < skip ||
		    strncmp(text, versions[i].prefix, skip) != 0)
			continue;
		if (!base64_decode(text + skip, length - skip, next->bytes,
			sizeof(next->bytes), &size) ||
		    size != versions[i].length)
			return;
		next->algorithm = (enum signing_algorithm)i;
		list->count++;
		return;
	}
}

static void
list_read(struct signature_list *list, const char *header)
{
	while (*header != '\0' && list->count < COUNT(list->items)) {
		size_t length = strcspn(header, " ");

		list_add(list, header, length);
		header += length;
		header += strspn(header, " ");
	}
}

/* A full stop in the id would let `a.1` + `2` pass for `a` + `1.2`. */
static enum rc
check_form(const struct verifier_message *message, struct err *err)
{
	const char *id = message->id, *timestamp = message->timestamp;
	size_t digits;

	if (message->signature == NULL || message->signature[0] == '\0')
		return err_set(err, RC_MALFORMED, "signature_missing",
		    "the message has no signature");
	if (id == NULL || id[0] == '\0' || strlen(id) > ID_LIMIT ||
	    strchr(id, '.') != NULL)
		return err_set(err, RC_MALFORMED, "message_id_malformed",
		    "the message id is missing or malformed");
	digits = timestamp == NULL ? 0 : strspn(timestamp, "0123456789");
	if (digits == 0 || digits > TIMESTAMP_DIGITS ||
	    timestamp[digits] != '\0' || timestamp[0] == '0')
		return err_set(err, RC_MALFORMED, "timestamp_malformed",
		    "the message's timestamp is missing or malformed");
	return RC_OK;
}

static enum rc
check_time(
    const char *timestamp, int64_t now, int64_t tolerance, struct err *err)
{
	int64_t at = strtoll(timestamp, NULL, 10);

	if (at < now - tolerance)
		return err_set(err, RC_FORBIDDEN, "timestamp_too_old",
		    "the message is older than %lld s", (long long)tolerance);
	if (at > now + tolerance)
		return err_set(err, RC_FORBIDDEN, "timestamp_in_future",
		    "the message is more than %lld s in the future",
		    (long long)tolerance);
	return RC_OK;
}

/* No early end: the time must not tell which signature was right. */
static bool
match_v1(const struct signing_key *key, const struct strbuf *text,
    const struct signature_list *list)
{
	uint8_t mac[DIGEST_SIZE];
	unsigned good = 0;

	digest_hmac(key->bytes, key->length, text->bytes, text->length, mac);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].algorithm == SIGNING_V1)
			good |= digest_equal(
			    mac, list->items[i].bytes, sizeof(mac));
	return good != 0;
}

static bool
is_signed(
    EVP_PKEY *public, const struct strbuf *text, const struct signature *item)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool is_good = context != NULL &&
	    EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) == 1 &&
	    EVP_DigestVerify(context, item->bytes, SIGNATURE_SIZE,
		(const uint8_t *)text->bytes, text->length) == 1;

	EVP_MD_CTX_free(context);
	return is_good;
}

static bool
match_v1a(const struct signing_key *key, const struct strbuf *text,
    const struct signature_list *list)
{
	EVP_PKEY *public = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL,
	    signing_key_public(key), SIGNING_KEY_PUBLIC_SIZE);
	bool is_good = false;

	for (size_t i = 0; i < list->count && public != NULL; i++)
		if (list->items[i].algorithm == SIGNING_V1A &&
		    is_signed(public, text, &list->items[i]))
			is_good = true;
	ERR_clear_error();
	EVP_PKEY_free(public);
	return is_good;
}

enum rc
verifier_check(const struct verifier_message *message,
    const struct signing_key *keys, size_t count, int64_t now_seconds,
    int64_t tolerance_seconds, struct verifier_outcome *outcome,
    struct err *err)
{
	static bool (*const match[SIGNING_ALGORITHM_COUNT])(
	    const struct signing_key *, const struct strbuf *,
	    const struct signature_list *) = {
		[SIGNING_V1] = match_v1,
		[SIGNING_V1A] = match_v1a,
	};
	struct signature_list list = { .count = 0 };
	SCOPED(strbuf_clear) struct strbuf text;
	bool is_good = false;

	*outcome = (struct verifier_outcome){ .verified = { false } };
	strbuf_init(&text, message->length + ID_LIMIT + TIMESTAMP_DIGITS + 2);
	TRY(check_form(message, err));
	TRY(check_time(
	    message->timestamp, now_seconds, tolerance_seconds, err));
	strbuf_printf(&text, "%s.%s.", message->id, message->timestamp);
	strbuf_append_bytes(&text, message->body, message->length);
	list_read(&list, message->signature);
	for (size_t i = 0; i < count; i++)
		if (match[keys[i].algorithm](&keys[i], &text, &list)) {
			outcome->verified[keys[i].algorithm] = true;
			is_good = true;
		}
	return is_good ? RC_OK
		       : err_set(err, RC_FORBIDDEN, "signature_mismatch",
			     "no signature of the message matches");
}
