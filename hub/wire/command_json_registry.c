/*
 * Who takes part: institutions, principals and endpoints as they are
 * proposed.  See command_json.h.
 */
#include <string.h>

#include "hub/domain/profile.h"
#include "hub/wire/command_json.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	SLUG_MIN = 2,
	SLUG_MAX = 63,
	WORD_BYTES = 64,
	NAME_BYTES = 200,
	PHONE_BYTES = 32,
	URL_BYTES = 2048,
	ROUTE_BYTES = 253, /* of a domain name, RFC 1035 */
	ROUTE_LIMIT = 64,
	PRINCIPAL_LIMIT = 64,
	PEM_BYTES = 16384,
	BATCH_MAX = 64,
	CONCURRENCY_MAX = 64,
	RATE_MAX = 10000,
};

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static enum rc
too_large(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "request_too_large",
	    "the request needs more memory than one may have");
}

/* ---- principals */

static enum rc
read_principal_as(const struct json_node *node, struct principal_draft *p,
    const struct json_member *institution, struct err *err)
{
	/* The hub's own role is nobody's certificate. */
	const struct words roles = { role_words.what, role_words.items,
		ROLE_HUB };
	const struct json_member members[] = {
		MEMBER_WORD("role", JSON_REQUIRED, &roles, &p->role),
		MEMBER_TEXT("name", JSON_REQUIRED, NAME_BYTES, &p->name),
		MEMBER_TEXT(
		    "rank", JSON_OPTIONAL, ACTOR_RANK_SIZE - 1, &p->rank),
		MEMBER_TEXT("certificate", JSON_REQUIRED, PEM_BYTES,
		    &p->certificate.pem),
		MEMBER_TIME("valid_from", JSON_OPTIONAL, &p->valid_from),
		MEMBER_TIME("valid_until", JSON_OPTIONAL, &p->valid_until),
		institution != NULL ? *institution : (struct json_member){ 0 },
	};
	const struct free_text texts[] = {
		{ "name", &p->name },
		{ "rank", &p->rank },
	};

	p->rank = "";
	TRY(json_read_members(node, members,
	    COUNT(members) - (institution == NULL ? 1 : 0), err));
	if (p->valid_from != 0 && p->valid_until != 0 &&
	    p->valid_until <= p->valid_from)
		return err_at(err, RC_INVALID, "/valid_until", "bad_order",
		    "must be after valid_from");
	return command_json_text_check(texts, COUNT(texts), err);
}

/* Inside an institution. */
static enum rc
read_own_principal(const struct json_node *node, void *out, struct err *err)
{
	return read_principal_as(node, out, NULL, err);
}

static enum rc
read_principal(const struct json_node *node, void *out, struct err *err)
{
	struct principal_draft *principal = out;
	const struct json_member institution = MEMBER_TEXT("institution",
	    JSON_REQUIRED, WORD_BYTES, &principal->institution_text);

	return read_principal_as(node, principal, &institution, err);
}

static enum rc
take_certificate(struct principal_draft *principal,
    command_json_certificate *certificate, struct arena *arena, struct err *err)
{
	struct certificate_draft *draft = &principal->certificate;
	enum rc rc = certificate(draft->pem, draft, err);

	if (rc != RC_OK) {
		err_prefix(err, "/certificate");
		return rc;
	}
	draft->serial = arena_strdup(
	    arena, draft->serial == NULL ? "" : draft->serial);
	return draft->serial == NULL ? too_large(err) : RC_OK;
}

enum rc
command_json_principal(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err)
{
	struct principal_draft *principal = &command->principal;

	*principal = (struct principal_draft){ 0 };
	TRY(json_read(
	    body, length, command->arena, read_principal, principal, err));
	return take_certificate(principal, certificate, command->arena, err);
}

/* ---- endpoints */

static enum rc
check_url(const struct endpoint_draft *endpoint, struct err *err)
{
	static const char scheme[] = "https://";
	bool is_webhook = endpoint->kind == ENDPOINT_WEBHOOK;

	if (is_webhook && endpoint->url[0] == '\0')
		return err_at(err, RC_INVALID, "/url", "missing_member",
		    "a webhook needs its url");
	if (endpoint->kind == ENDPOINT_INBOX && endpoint->url[0] != '\0')
		return err_at(err, RC_INVALID, "/url", "not_allowed_here",
		    "an inbox has no url");
	if (!is_webhook)
		return RC_OK;
	if (strncmp(endpoint->url, scheme, strlen(scheme)) == 0 &&
	    strcspn(endpoint->url, " \t\r\n#@") == strlen(endpoint->url) &&
	    endpoint->url[strlen(scheme)] != '\0')
		return RC_OK;
	return err_at(err, RC_INVALID, "/url", "bad_form",
	    "must be an https url without user and fragment");
}

/* What curl calls a public key pin: base64 of the SPKI's SHA-256. */
static enum rc
check_pin(const char *pin, struct err *err)
{
	static const char prefix[] = "sha256//";
	size_t length = strlen(pin), skip = strlen(prefix);

	if (length == 0 ||
	    (length == skip + 44 && strncmp(pin, prefix, skip) == 0 &&
		strspn(pin + skip, UPPER LOWER DIGITS "+/") == 43 &&
		pin[length - 1] == '='))
		return RC_OK;
	return err_at(err, RC_INVALID, "/pinned_key", "bad_form",
	    "must be sha256// and the base64 of a key's SHA-256");
}

static enum rc
read_endpoint_as(const struct json_node *node, struct endpoint_draft *e,
    const struct json_member *institution, struct err *err)
{
	enum adapter_kind adapter = ADAPTER_JSON;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "kind", JSON_REQUIRED, &endpoint_kind_words, &e->kind),
		MEMBER_TEXT("url", JSON_OPTIONAL, URL_BYTES, &e->url),
		MEMBER_WORD(
		    "adapter", JSON_OPTIONAL, &adapter_kind_words, &adapter),
		MEMBER_TEXT(
		    "pinned_key", JSON_OPTIONAL, WORD_BYTES, &e->pinned_key),
		MEMBER_INT(
		    "max_batch", JSON_OPTIONAL, 1, BATCH_MAX, &e->max_batch),
		MEMBER_INT("concurrency", JSON_OPTIONAL, 1, CONCURRENCY_MAX,
		    &e->concurrency),
		MEMBER_INT(
		    "rate_limit", JSON_OPTIONAL, 1, RATE_MAX, &e->rate_limit),
		MEMBER_BOOL("allow_private", JSON_OPTIONAL, &e->allow_private),
		institution != NULL ? *institution : (struct json_member){ 0 },
	};
	const struct free_text texts[] = { { "url", &e->url } };

	e->url = e->pinned_key = "";
	TRY(json_read_members(node, members,
	    COUNT(members) - (institution == NULL ? 1 : 0), err));
	e->adapter = words_name(&adapter_kind_words, (int)adapter);
	TRY(check_url(e, err));
	TRY(check_pin(e->pinned_key, err));
	return command_json_text_check(texts, COUNT(texts), err);
}

/* Inside an institution. */
static enum rc
read_own_endpoint(const struct json_node *node, void *out, struct err *err)
{
	return read_endpoint_as(node, out, NULL, err);
}

static enum rc
read_endpoint(const struct json_node *node, void *out, struct err *err)
{
	struct endpoint_draft *endpoint = out;
	const struct json_member institution = MEMBER_TEXT("institution",
	    JSON_REQUIRED, WORD_BYTES, &endpoint->institution_text);

	return read_endpoint_as(node, endpoint, &institution, err);
}

enum rc
command_json_endpoint(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct endpoint_draft *endpoint = &command->endpoint;
	struct endpoint_draft empty = { 0 };

	/* Its secret was made at the edge. */
	memcpy(empty.secret, endpoint->secret, sizeof(empty.secret));
	*endpoint = empty;
	return json_read(
	    body, length, command->arena, read_endpoint, endpoint, err);
}

/* ---- institutions */

static enum rc
read_route(const struct json_node *node, void *out, struct err *err)
{
	struct route_draft *route = out;
	const struct json_member members[] = {
		MEMBER_WORD("scheme", JSON_REQUIRED, &route_scheme_words,
		    &route->scheme),
		MEMBER_TEXT("value", JSON_REQUIRED, ROUTE_BYTES, &route->value),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
check_institution(const struct register_institution *i, struct err *err)
{
	const struct free_text texts[] = {
		{ "name", &i->name },
		{ "region", &i->region },
		{ "phone", &i->phone },
		{ "district", &i->district },
	};

	TRY(command_json_text_form(i->slug, "/slug", SLUG_MIN, SLUG_MAX,
	    LOWER DIGITS "_", "2 to 63 of a-z, 0-9 and _", err));
	if (strchr(LOWER, i->slug[0]) == NULL ||
	    strncmp(i->slug, "ins_", 4) == 0)
		return err_at(err, RC_INVALID, "/slug", "bad_form",
		    "must begin with a letter, and not like an id");
	TRY(command_json_text_form(i->country, "/country", 2, 2, UPPER,
	    "two capital letters (ISO 3166-1)", err));
	return command_json_text_check(texts, COUNT(texts), err);
}

/* The laws of its country, where there is a profile of them. */
static const char *
profile_of(const char *country)
{
	return profile_find(country) != NULL ? country : "generic";
}

static enum rc
read_institution(const struct json_node *node, void *out, struct err *err)
{
	struct register_institution *i = out;
	const struct json_member members[] = {
		MEMBER_TEXT("slug", JSON_REQUIRED, WORD_BYTES, &i->slug),
		MEMBER_TEXT("name", JSON_REQUIRED, NAME_BYTES, &i->name),
		MEMBER_WORD(
		    "kind", JSON_REQUIRED, &institution_kind_words, &i->kind),
		MEMBER_TEXT("country", JSON_REQUIRED, WORD_BYTES, &i->country),
		MEMBER_TEXT("region", JSON_OPTIONAL, WORD_BYTES, &i->region),
		MEMBER_TEXT("profile", JSON_OPTIONAL, WORD_BYTES, &i->profile),
		MEMBER_TEXT("phone", JSON_OPTIONAL, PHONE_BYTES, &i->phone),
		MEMBER_TEXT(
		    "district", JSON_OPTIONAL, WORD_BYTES, &i->district),
		MEMBER_TEXT(
		    "parent", JSON_OPTIONAL, WORD_BYTES, &i->parent_text),
		MEMBER_LIST("routes", JSON_OPTIONAL, ROUTE_LIMIT, read_route,
		    &i->routes, &i->route_count),
		MEMBER_LIST("principals", JSON_OPTIONAL, PRINCIPAL_LIMIT,
		    read_own_principal, &i->principals, &i->principal_count),
		MEMBER_OBJECT("endpoint", JSON_FLAGGED(&i->has_endpoint),
		    read_own_endpoint, &i->endpoint),
	};

	i->region = i->profile = i->phone = i->district = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(check_institution(i, err));
	if (i->profile[0] == '\0')
		i->profile = profile_of(i->country);
	return RC_OK;
}

static enum rc
take_certificates(struct register_institution *institution,
    command_json_certificate *certificate, struct arena *arena, struct err *err)
{
	for (size_t i = 0; i < institution->principal_count; i++) {
		enum rc rc = take_certificate(
		    &institution->principals[i], certificate, arena, err);

		if (rc != RC_OK) {
			err_prefix(err, "/principals/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

enum rc
command_json_institution(const char *body, size_t length,
    command_json_certificate *certificate, struct command *command,
    struct err *err)
{
	struct register_institution *institution = &command->institution;
	struct register_institution empty = { 0 };

	/* The secret of its endpoint was made at the edge. */
	memcpy(empty.endpoint.secret, institution->endpoint.secret,
	    sizeof(empty.endpoint.secret));
	*institution = empty;
	TRY(json_read(
	    body, length, command->arena, read_institution, institution, err));
	return take_certificates(institution, certificate, command->arena, err);
}

/* ---- the tree of units */

static enum rc
read_place(const struct json_node *node, void *out, struct err *err)
{
	struct place_institution *place = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "parent", JSON_OPTIONAL, WORD_BYTES, &place->parent_text),
		MEMBER_TEXT(
		    "district", JSON_OPTIONAL, WORD_BYTES, &place->district),
	};
	const struct free_text texts[] = { { "district", &place->district } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_place(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct place_institution *place = &command->place;

	place->parent_text = NULL;
	place->district = "";
	return json_read(body, length, command->arena, read_place, place, err);
}
