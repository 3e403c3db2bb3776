/*
 * Founding a registry: see founding.h.
 */
#include "hub/cli/founding.h"

#include <ctype.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/cert.h"
#include "hub/crypto/commitment.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealed_column.h"
#include "hub/desk/hub_keys_load.h"
#include "hub/domain/event.h"
#include "hub/domain/ids.h"
#include "hub/store/first_admins.h"
#include "hub/wire/leaf_json.h"

enum { ARENA_LIMIT = 1 << 20, VALUE_LIMIT = 64 * 1024, EVENT_SPAN = 65536 };

/* All that is in the making. */
struct making {
	struct first_admins rows;
	struct cert certs[FIRST_ADMINS_COUNT];
	struct arena *arena;
	const struct hub_keys *keys;
};

/* ---- the certificates */

static enum rc
check_cert(
    const struct cert *cert, const char *path, int64_t now, struct err *err)
{
	if (cert->not_after <= now)
		return err_set(
		    err, RC_INVALID, "bad_certificate", "%s has expired", path);
	if (cert->is_authority || (cert->is_server && !cert->is_client))
		return err_set(err, RC_INVALID, "bad_certificate",
		    "%s is no client certificate", path);
	return RC_OK;
}

static enum rc
read_certs(
    struct making *making, const struct founding *founding, struct err *err)
{
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++) {
		TRY(cert_read_file(
		    founding->certificates[i], &making->certs[i], err));
		TRY(check_cert(&making->certs[i], founding->certificates[i],
		    making->rows.at, err));
	}
	if (memcmp(making->certs[0].key, making->certs[1].key,
		CERT_DIGEST_SIZE) == 0)
		return err_set(err, RC_INVALID, "bad_certificate",
		    "both certificates have the same key: two people are "
		    "needed");
	return RC_OK;
}

/* ---- events: fields, commitments, leaf, sealed values */

static enum rc
commit_fields(const struct event *event, uint8_t salts[][EVENT_SALT_SIZE],
    uint8_t commitments[][DIGEST_SIZE])
{
	SCOPED(strbuf_clear) struct strbuf value = { .bytes = NULL };

	strbuf_init(&value, VALUE_LIMIT);
	crypto_random(salts, event->field_count * EVENT_SALT_SIZE);
	for (size_t i = 0; i < event->field_count; i++) {
		char text[COMMITMENT_TEXT_SIZE];

		strbuf_reset(&value);
		leaf_json_value(&value, &event->fields[i]);
		(void)commitment_make(salts[i], event->fields[i].name,
		    value.bytes, value.length, text);
		if (value.failed ||
		    !hex_decode(text, commitments[i], DIGEST_SIZE))
			return RC_FAILED;
	}
	return RC_OK;
}

static enum rc
seal(struct making *making, const struct strbuf *values,
    struct first_event *row, struct err *err)
{
	uint8_t bytes[8];
	struct sealed_place place = sealed_place_event(row->id, bytes);
	struct blob plain = { (const uint8_t *)values->bytes, values->length };

	row->key_no = hub_keys_newest(making->keys);
	return sealed_column_seal(hub_keys_find(making->keys, row->key_no),
	    &place, &plain, making->arena, &row->sealed, err);
}

static enum rc
make_event(struct making *making, const struct event *event,
    struct first_event *row, struct err *err)
{
	uint8_t salts[EVENT_FIELD_LIMIT][EVENT_SALT_SIZE];
	uint8_t commitments[EVENT_FIELD_LIMIT][DIGEST_SIZE];
	SCOPED(strbuf_clear) struct strbuf leaf = { .bytes = NULL };
	SCOPED(strbuf_clear) struct strbuf values = { .bytes = NULL };

	strbuf_init(&leaf, VALUE_LIMIT);
	strbuf_init(&values, VALUE_LIMIT);
	if (commit_fields(event, salts, commitments) == RC_OK) {
		leaf_json_write(
		    &leaf, event, (const uint8_t(*)[32])commitments);
		leaf_json_write_values(
		    &values, event, (const uint8_t(*)[EVENT_SALT_SIZE])salts);
	}
	row->leaf.bytes = arena_memdup(making->arena, leaf.bytes, leaf.length);
	row->leaf.length = leaf.length;
	if (leaf.failed || values.failed || leaf.length == 0 ||
	    row->leaf.bytes == NULL)
		return err_set(err, RC_FAILED, "event_too_large",
		    "an event could not be made");
	row->id = event->id;
	row->type = event->type;
	row->subject = event->subject;
	return seal(making, &values, row, err);
}

static struct event
new_event(const struct making *making, int64_t id, const char *type,
    const char *prefix, const struct id *subject)
{
	return (struct event){ .id = id,
		.type = type,
		.subject = *subject,
		.subject_prefix = prefix,
		.happened_at = making->rows.at,
		.recorded_at = making->rows.at };
}

static void
add_field(struct event *event, const char *name, const char *text)
{
	if (text[0] != '\0')
		event->fields[event->field_count++] = (struct event_field){
			.name = name, .text = text
		};
}

static enum rc
make_events(struct making *making, int64_t number, struct err *err)
{
	struct first_admins *rows = &making->rows;
	int64_t id = number * EVENT_SPAN;
	char place[ID_TEXT_SIZE];
	struct event event = new_event(making, id, "institution.founded",
	    ID_INSTITUTION, &rows->institution);

	add_field(&event, "name", rows->name);
	add_field(&event, "country", rows->country);
	TRY(make_event(making, &event, &rows->events[0], err));
	(void)id_format(ID_INSTITUTION, &rows->institution, place);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++) {
		event = new_event(making, ++id, "principal.founded",
		    ID_PRINCIPAL, &rows->admins[i].id);
		add_field(&event, "institution", place);
		add_field(&event, "role", "admin");
		add_field(&event, "name", rows->admins[i].name);
		add_field(&event, "certificate_serial", rows->admins[i].serial);
		TRY(make_event(making, &event, &rows->events[1 + i], err));
	}
	return RC_OK;
}

/* ---- the rows */

static void
make_rows(struct making *making, const struct founding *founding)
{
	const struct id base = id_new();

	making->rows.institution = id_nth(&base, 1);
	making->rows.name = founding->name;
	making->rows.country = founding->country;
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++) {
		const struct cert *cert = &making->certs[i];

		making->rows.admins[i] = (struct first_admin){
			.id = id_nth(&base, (uint32_t)i + 2),
			.name = cert->subject[0] != '\0' ? cert->subject
							 : "admin",
			.serial = cert->serial,
			.key = cert->key,
			.fingerprint = cert->fingerprint,
			.valid_until = cert->not_after,
		};
	}
}

static enum rc
save(struct making *making, const char *conninfo, struct err *err)
{
	const struct db_settings settings = { .conninfo = conninfo,
		.application = "freezeline first admins",
		.session = SESSION_MIGRATE };
	SCOPED(db_cleanup) struct db *db = NULL;
	int64_t number;
	enum rc rc;

	TRY(db_open(&settings, &db, err));
	TRY(first_admins_begin(db, &number, err));
	rc = make_events(making, number, err);
	if (rc == RC_OK)
		return first_admins_save(db, &making->rows, err);
	db_rollback(db);
	return rc;
}

enum rc
founding_run(const struct founding *founding, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	SCOPED(hub_keys_cleanup) struct hub_keys *keys = NULL;
	struct making making = { .arena = arena, .rows.at = clock_now() };

	if (strlen(founding->country) != 2 ||
	    !isupper((unsigned char)founding->country[0]) ||
	    !isupper((unsigned char)founding->country[1]))
		return err_set(err, RC_INVALID, "bad_country",
		    "the country must be two capital letters");
	TRY(read_certs(&making, founding, err));
	make_rows(&making, founding);
	TRY(keyring_load(founding->keyring_file, &keyring, err));
	TRY(hub_keys_load(founding->owner_conninfo, keyring, &keys, err));
	making.keys = keys;
	return save(&making, founding->owner_conninfo, err);
}
