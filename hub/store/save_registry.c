/*
 * Changes of the registry: see save.h.  They are few: each kind is one
 * statement with the changes of the kind in it.
 */
#include "hub/store/save.h"

#include <string.h>

/* One array of the parameters, of an expression of each `change` of a kind. */
#define PUT_KIND(type, wanted, put)                                  \
	do {                                                         \
		params_array(params, type);                          \
		for (size_t i = 0; i < effects->change_count; i++) { \
			const struct registry_change *change =       \
			    &effects->changes[i];                    \
			if (change->kind == (wanted)) {              \
				put;                                 \
			}                                            \
		}                                                    \
		params_array_end(params);                            \
	} while (0)

static size_t
count_kind(const struct effects *effects, enum registry_change_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < effects->change_count; i++)
		if (effects->changes[i].kind == kind)
			count++;
	return count;
}

static void
put_word(struct params *params, const struct words *words, int word)
{
	params_text(params, words_name(words, word));
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static void
add_institutions(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_ADD_INSTITUTION;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->add_institution->slug));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->add_institution->name));
	PUT_KIND(PARAM_TEXT, kind,
	    put_word(params, &institution_kind_words,
		(int)change->add_institution->kind));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->add_institution->country));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, or_empty(change->add_institution->region)));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->add_institution->profile));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, or_empty(change->add_institution->phone)));
	PUT_KIND(PARAM_UUID, kind,
	    params_id_or_null(params, &change->add_institution->parent));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, or_empty(change->add_institution->district)));
	PUT_KIND(PARAM_UUID, kind, params_id_or_null(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->at));
	(void)pipeline_add(db, SQL_REGISTRY_ADD_INSTITUTIONS, params);
}

static void
add_routes(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_ADD_INSTITUTION;
	struct params *params = db_params(db);
	const struct register_institution *added;
	size_t total = 0;

	PUT_KIND(PARAM_TEXT, kind, {
		added = change->add_institution;
		total += added->route_count;
		for (size_t n = 0; n < added->route_count; n++)
			put_word(params, &route_scheme_words,
			    (int)added->routes[n].scheme);
	});
	PUT_KIND(PARAM_TEXT, kind, {
		added = change->add_institution;
		for (size_t n = 0; n < added->route_count; n++)
			params_text(params, added->routes[n].value);
	});
	PUT_KIND(PARAM_UUID, kind, {
		added = change->add_institution;
		for (size_t n = 0; n < added->route_count; n++)
			params_id(params, &change->id);
	});
	if (total > 0)
		(void)pipeline_add(db, SQL_REGISTRY_ADD_ROUTES, params);
}

/* Of a draft that does not say: from now to the end of the certificate. */
static int64_t
valid_from(const struct registry_change *change)
{
	return change->principal->valid_from != 0
	    ? change->principal->valid_from
	    : change->at;
}

static int64_t
valid_until(const struct registry_change *change)
{
	return change->principal->valid_until != 0
	    ? change->principal->valid_until
	    : change->principal->certificate.not_after;
}

static void
add_principals(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_ADD_PRINCIPAL;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->institution));
	PUT_KIND(PARAM_TEXT, kind,
	    put_word(params, &role_words, (int)change->principal->role));
	PUT_KIND(
	    PARAM_TEXT, kind, params_text(params, change->principal->name));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, or_empty(change->principal->rank)));
	PUT_KIND(PARAM_TIME, kind, params_time(params, valid_from(change)));
	PUT_KIND(PARAM_TIME, kind, params_time(params, valid_until(change)));
	PUT_KIND(PARAM_UUID, kind, params_id_or_null(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->at));
	PUT_KIND(PARAM_BYTEA, kind,
	    params_bytea(
		params, change->principal->certificate.key, ACTOR_KEY_SIZE));
	PUT_KIND(PARAM_BYTEA, kind,
	    params_bytea(params, change->principal->certificate.fingerprint,
		COMMAND_HASH_SIZE));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->principal->certificate.serial));
	PUT_KIND(PARAM_TIME, kind,
	    params_time(params, change->principal->certificate.not_after));
	(void)pipeline_add(db, SQL_REGISTRY_ADD_PRINCIPALS, params);
}

static void
put_secret(struct params *params, const struct blob *sealed)
{
	if (sealed->length == 0)
		params_null(params);
	else
		params_bytea(params, sealed->bytes, sealed->length);
}

static void
add_endpoints(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_ADD_ENDPOINT;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->institution));
	PUT_KIND(PARAM_TEXT, kind,
	    put_word(
		params, &endpoint_kind_words, (int)change->endpoint->kind));
	PUT_KIND(PARAM_TEXT, kind, params_text(params, change->endpoint->url));
	PUT_KIND(
	    PARAM_TEXT, kind, params_text(params, change->endpoint->adapter));
	PUT_KIND(
	    PARAM_INT2, kind, params_int2(params, change->endpoint->max_batch));
	PUT_KIND(PARAM_INT2, kind,
	    params_int2(params, change->endpoint->concurrency));
	PUT_KIND(PARAM_BOOL, kind,
	    params_bool(params, change->endpoint->allow_private));
	PUT_KIND(PARAM_TEXT, kind,
	    params_text(params, change->endpoint->pinned_key));
	PUT_KIND(PARAM_UUID, kind, params_id_or_null(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->at));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->key_id));
	PUT_KIND(PARAM_INT4, kind, params_int4(params, change->key_no));
	PUT_KIND(PARAM_BYTEA, kind, put_secret(params, &change->sealed_secret));
	PUT_KIND(PARAM_INT4, kind,
	    params_int4(params, change->endpoint->rate_limit));
	(void)pipeline_add(db, SQL_REGISTRY_ADD_ENDPOINTS, params);
}

static void
confirm(struct db *db, const struct effects *effects,
    enum registry_change_kind kind, enum statement statement)
{
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->active_from));
	(void)pipeline_add(db, statement, params);
}

static void
confirm_institutions(struct db *db, const struct effects *effects)
{
	confirm(db, effects, REGISTRY_CONFIRM_INSTITUTION,
	    SQL_REGISTRY_CONFIRM_INSTITUTIONS);
}

static void
propose_places(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_PROPOSE_PLACE;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(PARAM_UUID, kind,
	    params_id_or_null(params, &change->place->parent));
	PUT_KIND(
	    PARAM_TEXT, kind, params_text(params, change->place->district));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->actor));
	(void)pipeline_add(db, SQL_REGISTRY_PROPOSE_PLACES, params);
}

static void
confirm_places(struct db *db, const struct effects *effects)
{
	confirm(
	    db, effects, REGISTRY_CONFIRM_PLACE, SQL_REGISTRY_CONFIRM_PLACES);
}

static void
confirm_principals(struct db *db, const struct effects *effects)
{
	confirm(db, effects, REGISTRY_CONFIRM_PRINCIPAL,
	    SQL_REGISTRY_CONFIRM_PRINCIPALS);
}

static void
confirm_endpoints(struct db *db, const struct effects *effects)
{
	confirm(db, effects, REGISTRY_CONFIRM_ENDPOINT,
	    SQL_REGISTRY_CONFIRM_ENDPOINTS);
}

static void
revoke_certificates(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_REVOKE_CERTIFICATE;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_BYTEA, kind,
	    params_bytea(params, change->key, ACTOR_KEY_SIZE));
	PUT_KIND(PARAM_UUID, kind, params_id_or_null(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->at));
	(void)pipeline_add(db, SQL_REGISTRY_REVOKE_CERTIFICATES, params);
}

static void
put_kinds(struct params *params, uint32_t kinds)
{
	char text[SIGNAL_KINDS_SIZE];

	params_text(params, signal_kinds_format(kinds, text));
}

static int64_t
agreed_from(const struct registry_change *change)
{
	return change->agreement->valid_from != 0
	    ? change->agreement->valid_from
	    : change->at;
}

static void
add_agreements(struct db *db, const struct effects *effects)
{
	const enum registry_change_kind kind = REGISTRY_ADD_AGREEMENT;
	struct params *params = db_params(db);

	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->id));
	PUT_KIND(
	    PARAM_UUID, kind, params_id(params, &change->agreement->source));
	PUT_KIND(PARAM_UUID, kind,
	    params_id(params, &change->agreement->destination));
	PUT_KIND(
	    PARAM_TEXT, kind, params_text(params, change->agreement->purpose));
	PUT_KIND(PARAM_TEXT, kind, put_kinds(params, change->agreement->kinds));
	PUT_KIND(PARAM_TIME, kind, params_time(params, agreed_from(change)));
	PUT_KIND(PARAM_TIME, kind,
	    params_time(params, change->agreement->valid_until));
	PUT_KIND(PARAM_UUID, kind, params_id(params, &change->actor));
	PUT_KIND(PARAM_TIME, kind, params_time(params, change->at));
	(void)pipeline_add(db, SQL_REGISTRY_ADD_AGREEMENTS, params);
}

static void
confirm_agreements(struct db *db, const struct effects *effects)
{
	confirm(db, effects, REGISTRY_CONFIRM_AGREEMENT,
	    SQL_REGISTRY_CONFIRM_AGREEMENTS);
}

/* At once: `active_from` is the time of the withdrawal. */
static void
withdraw_agreements(struct db *db, const struct effects *effects)
{
	confirm(db, effects, REGISTRY_WITHDRAW_AGREEMENT,
	    SQL_REGISTRY_WITHDRAW_AGREEMENTS);
}

/* One array of the parameters, of an expression of each `shift`, the `n`th of
 * its roster. */
#define PUT_SHIFTS(type, put)                                              \
	do {                                                               \
		params_array(params, type);                                \
		for (size_t i = 0; i < effects->change_count; i++) {       \
			const struct registry_change *change =             \
			    &effects->changes[i];                          \
			for (size_t n = 0; n < change->shift_count; n++) { \
				const struct shift *shift =                \
				    &change->shifts[n];                    \
				(void)shift;                               \
				put;                                       \
			}                                                  \
		}                                                          \
		params_array_end(params);                                  \
	} while (0)

static void
set_rosters(struct db *db, const struct effects *effects)
{
	struct params *params = db_params(db);

	PUT_KIND(
	    PARAM_UUID, REGISTRY_SET_ROSTER, params_id(params, &change->id));
	(void)pipeline_add(db, SQL_REGISTRY_DROP_ROSTERS, params);
	params = db_params(db);
	PUT_SHIFTS(PARAM_UUID, params_id(params, &shift->institution));
	PUT_SHIFTS(PARAM_INT2, params_int2(params, (int)n));
	PUT_SHIFTS(PARAM_INT2, params_int2(params, shift->number));
	PUT_SHIFTS(PARAM_INT4, params_int4(params, shift->weekday));
	PUT_SHIFTS(PARAM_INT8, params_int8(params, shift->day));
	PUT_SHIFTS(PARAM_INT4, params_int4(params, shift->from));
	PUT_SHIFTS(PARAM_INT4, params_int4(params, shift->until));
	PUT_SHIFTS(PARAM_UUID, params_id_or_null(params, &shift->principal));
	(void)pipeline_add(db, SQL_REGISTRY_ADD_SHIFTS, params);
}

/* In the order in which rows refer to each other. */
static const struct {
	enum registry_change_kind kind;
	void (*save)(struct db *db, const struct effects *effects);
} savers[] = {
	{ REGISTRY_ADD_INSTITUTION, add_institutions },
	{ REGISTRY_ADD_INSTITUTION, add_routes },
	{ REGISTRY_ADD_PRINCIPAL, add_principals },
	{ REGISTRY_ADD_ENDPOINT, add_endpoints },
	{ REGISTRY_PROPOSE_PLACE, propose_places },
	{ REGISTRY_SET_ROSTER, set_rosters },
	{ REGISTRY_CONFIRM_INSTITUTION, confirm_institutions },
	{ REGISTRY_CONFIRM_PLACE, confirm_places },
	{ REGISTRY_CONFIRM_PRINCIPAL, confirm_principals },
	{ REGISTRY_CONFIRM_ENDPOINT, confirm_endpoints },
	{ REGISTRY_REVOKE_CERTIFICATE, revoke_certificates },
	{ REGISTRY_ADD_AGREEMENT, add_agreements },
	{ REGISTRY_CONFIRM_AGREEMENT, confirm_agreements },
	{ REGISTRY_WITHDRAW_AGREEMENT, withdraw_agreements },
};

void
save_registry(struct db *db, const struct effects *effects)
{
	if (effects->change_count == 0)
		return;
	for (size_t i = 0; i < COUNT(savers); i++)
		if (count_kind(effects, savers[i].kind) > 0)
			savers[i].save(db, effects);
	(void)pipeline_add(db, SQL_REGISTRY_RAISE_VERSION, NULL);
}
