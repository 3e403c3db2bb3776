/*
 * The seed: see dispatch_seed.h.
 */
#include "test/support/dispatch_seed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/crypto/sealed_column.h"
#include "hub/crypto/signing_key.h"

enum { TEXT = 64, ROW_LIMIT = 8 };

static PGresult *
run(struct dispatch_seed *seed, const char *text, const char *const *values,
    int count)
{
	PGresult *result = PQexecParams(
	    seed->connection, text, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return result;
	fprintf(stderr, "%s: %s", text, PQerrorMessage(seed->connection));
	exit(EXIT_FAILURE);
}

static void
must(struct dispatch_seed *seed, const char *text, const char *const *values,
    int count)
{
	PQclear(run(seed, text, values, count));
}

static int64_t
number(struct dispatch_seed *seed, const char *text, const char *const *values,
    int count)
{
	PGresult *result = run(seed, text, values, count);
	int64_t value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);

	PQclear(result);
	return value;
}

/* "\x…": how bytea is written as text. */
static char *
bytes_text(const void *bytes, size_t length)
{
	char *text = malloc(2 + HEX_SIZE(length));

	if (text == NULL)
		abort();
	memcpy(text, "\\x", 2);
	(void)hex_encode(bytes, length, text + 2);
	return text;
}

static char *
seal(const struct data_key *key, const char *column, const struct id *row,
    const void *bytes, size_t length)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	struct sealed_place place = sealed_place_of(column, row);
	struct blob plain = { bytes, length }, sealed;
	struct err err;

	if (sealed_column_seal(key, &place, &plain, arena, &sealed, &err) !=
	    RC_OK)
		abort();
	return bytes_text(sealed.bytes, sealed.length);
}

static const struct data_key *
hub_key(const struct dispatch_seed *seed)
{
	return hub_keys_find(seed->hub_keys, hub_keys_newest(seed->hub_keys));
}

/* ---- endpoints */

static void
add_institution(struct dispatch_seed *seed, const char *id)
{
	const char *values[] = { id };

	must(seed,
	    "INSERT INTO institution (institution_id, slug, name, kind,"
	    " country, profile, status, created_at, active_from)"
	    " VALUES ($1::uuid, 'bank_' || replace($1::text, '-', '_'), 'Bank',"
	    " 'bank', 'IN', 'IN', 'active', now(), now())",
	    values, 1);
}

int
dispatch_seed_endpoint(struct dispatch_seed *seed, const char *url,
    int concurrency, bool allow_private, char *secret)
{
	struct id id = id_new(), key_id = id_nth(&id, 1), of = id_nth(&id, 2);
	char id_text[TEXT], key_text[TEXT], of_text[TEXT], many[TEXT];
	char key_no[TEXT];
	struct signing_key key;
	struct err err;
	const char *endpoint[] = { id_uuid(&id, id_text), id_uuid(&of, of_text),
		url, many, allow_private ? "t" : "f" };
	const char *secrets[] = { id_uuid(&key_id, key_text), id_text, key_no,
		NULL };
	int made;

	add_institution(seed, of_text);
	(void)snprintf(many, sizeof(many), "%d", concurrency);
	made = (int)number(seed,
	    "INSERT INTO endpoint (endpoint_id, institution_id, kind, url,"
	    " concurrency, allow_private, status, created_at, active_from)"
	    " VALUES ($1, $2, 'webhook', $3, $4::smallint, $5::boolean,"
	    " 'active', now(), now()) RETURNING endpoint_no",
	    endpoint, 5);
	if (signing_key_generate("test", SIGNING_V1, &key, &err) != RC_OK)
		abort();
	(void)signing_key_format(&key, secret);
	(void)snprintf(
	    key_no, sizeof(key_no), "%d", hub_keys_newest(seed->hub_keys));
	secrets[3] = seal(
	    hub_key(seed), SEALED_SECRET, &key_id, key.bytes, key.length);
	must(seed,
	    "INSERT INTO endpoint_key (key_id, endpoint_id, algorithm, key_no,"
	    " secret, sign_from) VALUES ($1, $2, 'v1', $3::integer,"
	    " $4::bytea, now())",
	    secrets, 4);
	free((void *)(uintptr_t)secrets[3]);
	must(
	    seed, "UPDATE registry_version SET version = version + 1", NULL, 0);
	return made;
}

/* ---- messages */

/* A case with a key of its own. */
static void
add_case(struct dispatch_seed *seed, const char *id, struct data_key *key)
{
	uint8_t wrapped[SEALING_WRAPPED_SIZE];
	struct err err;
	char *text;
	const char *values[2] = { id };

	sealing_new_key(key);
	if (sealing_wrap(seed->keyring, key, wrapped, &err) != RC_OK)
		abort();
	values[1] = text = bytes_text(wrapped, sizeof(wrapped));
	must(seed,
	    "INSERT INTO case_file (case_id, ref, unit_id, created_by, status,"
	    " typology, authorised, profile, priority, currency, loss_minor,"
	    " report_channel, occurred_at, reported_at, received_at,"
	    " updated_at, data_key) VALUES ($1::uuid, 'CASE-' || $1::text, "
	    "$1::uuid,"
	    " $1::uuid, 'dispatched', 'other', 'no', 'IN', 'p1', 'INR', 100,"
	    " 'portal', now(), now(), now(), now(), $2::bytea)",
	    values, 2);
	free(text);
}

static void
add_target(struct dispatch_seed *seed, const char *id, const char *of)
{
	const char *values[] = { id, of };

	must(seed,
	    "INSERT INTO target (target_id, case_id, request_id,"
	    " institution_id, position, layer, status, identifier_type,"
	    " identifier_mask, identifier_hash, dedupe_hash, sealed,"
	    " requested_minor, currency, created_at, updated_at)"
	    " VALUES ($1, $2, $2, $2, 1, 1, 'queued', 'bank_account', '…1',"
	    " '', '', '', 100, 'INR', now(), now())",
	    values, 2);
}

struct seeding {
	int64_t batch;
	int endpoint, priority;
	int64_t order_key;
	const char *case_id; /* NULL: the hub's key */
	const struct data_key *key;
	int key_no;
};

static void
add_message(struct dispatch_seed *seed, const struct seeding *of, int n,
    const char *body, size_t length)
{
	struct id id = id_new(), target = id_nth(&id, 1);
	char id_text[TEXT], target_text[TEXT], seq[TEXT], endpoint[TEXT];
	char priority[TEXT], key_no[TEXT], order_key[TEXT];
	const char *values[] = { id_uuid(&id, id_text), seq, of->case_id,
		of->case_id == NULL ? key_no : NULL, endpoint, priority,
		id_uuid(&target, target_text), NULL, order_key };
	char *sealed = seal(of->key, SEALED_MESSAGE, &id, body, length);

	values[7] = sealed;
	(void)snprintf(seq, sizeof(seq), "%" PRId64, of->batch * 65536 + n);
	(void)snprintf(endpoint, sizeof(endpoint), "%d", of->endpoint);
	(void)snprintf(priority, sizeof(priority), "%d", of->priority);
	(void)snprintf(key_no, sizeof(key_no), "%d", of->key_no);
	(void)snprintf(order_key, sizeof(order_key), "%" PRId64, of->order_key);
	if (of->case_id != NULL)
		add_target(seed, target_text, of->case_id);
	must(seed,
	    "WITH m AS (INSERT INTO message (message_id, created_at, seq,"
	    " case_id, key_no, institution_id, endpoint_no, generation, type,"
	    " target_ids, sealed) SELECT $1, clock_timestamp(), $2::bigint,"
	    " $3::uuid, $4::integer, e.institution_id, e.endpoint_no, 1,"
	    " 'freeze.requested', ARRAY[$7::uuid], $8::bytea"
	    " FROM endpoint e WHERE e.endpoint_no = $5::integer"
	    " RETURNING message_id, created_at, seq, endpoint_no)"
	    " INSERT INTO outbox (seq, endpoint_no, shard, priority,"
	    " message_id, message_at, created_at, escalate_at, order_key)"
	    " SELECT seq, endpoint_no, endpoint_no % 64, $6::smallint,"
	    " message_id, created_at, created_at,"
	    " created_at + interval '60 seconds', $9::bigint FROM m",
	    values, 9);
	free(sealed);
}

void
dispatch_seed_messages(struct dispatch_seed *seed, int endpoint, int priority,
    int count, size_t bytes, bool is_caseless, int64_t order_key)
{
	struct id id = id_new();
	char case_id[TEXT];
	struct data_key key;
	struct seeding of = { .endpoint = endpoint,
		.priority = priority,
		.order_key = order_key,
		.case_id = is_caseless ? NULL : id_uuid(&id, case_id),
		.key = is_caseless ? hub_key(seed) : &key,
		.key_no = hub_keys_newest(seed->hub_keys) };
	char *body = malloc(bytes + TEXT);

	if (body == NULL)
		abort();
	must(seed, "BEGIN", NULL, 0);
	of.batch = number(seed,
	    "SELECT nextval('batch_number')"
	    " WHERE pg_current_xact_id() IS NOT NULL",
	    NULL, 0);
	if (!is_caseless)
		add_case(seed, case_id, &key);
	for (int n = 0; n < count; n++) {
		int used = snprintf(body, TEXT, "{\"n\":%d,\"filler\":\"", n);
		size_t length = (size_t)used;

		while (length < bytes - 2)
			body[length++] = 'x';
		memcpy(body + length, "\"}", 2);
		add_message(seed, &of, n, body, length + 2);
	}
	must(seed, "COMMIT", NULL, 0);
	free(body);
}
