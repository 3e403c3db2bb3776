/*
 * The load: see snapshot_load.h.  The order of the statements is the order
 * of locks (sql/queries/load.sql).
 */
#include "hub/store/snapshot_load.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/target_state.h"
#include "hub/store/load_rows.h"
#include "hub/store/pipeline.h"

/* A message is made within this of the time in its id. */
#define MESSAGE_SLACK (24 * 3600 * CLOCK_SECOND)

struct load {
	struct db *db;
	const struct load_keys *keys;
	struct snapshot *snapshot;
	struct load_results results;
};

/* ------------------------------------------------------------- sending */

/* The times between which the messages named were made. */
static void
put_message_span(struct params *params, const struct load_keys *keys)
{
	int64_t low = INT64_MAX, high = 0;

	for (size_t i = 0; i < keys->message_count; i++) {
		int64_t at = 0;

		/* RFC 9562: 48 bits of milliseconds. */
		for (int n = 0; n < 6; n++)
			at = at << 8 | keys->messages[i].message.bytes[n];
		at *= 1000;
		low = at < low ? at : low;
		high = at > high ? at : high;
	}
	params_time(params, (low == INT64_MAX ? 0 : low) - MESSAGE_SLACK);
	params_time(params, high + MESSAGE_SLACK);
}

static void
put_messages(struct params *params, const struct load_keys *keys)
{
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->message_count; i++)
		params_id(params, &keys->messages[i].message);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->message_count; i++)
		params_id(params, &keys->messages[i].institution);
	params_array_end(params);
}

/* The four arrays and the span that batch_targets takes. */
static struct params *
put_targets(struct db *db, const struct load_keys *keys)
{
	struct params *params = db_params(db);

	params_ids(params, keys->targets, keys->target_count);
	params_ids(params, keys->requests, keys->request_count);
	put_messages(params, keys);
	put_message_span(params, keys);
	return params;
}

static void
send_numbers(struct load *load)
{
	load->results.of[LOAD_BATCH_NUMBER] = pipeline_add(
	    load->db, SQL_LOAD_BATCH_NUMBER, NULL);
	if (load->keys->case_numbers > 0) {
		struct params *params = db_params(load->db);

		params_int4(params, (int32_t)load->keys->case_numbers);
		load->results.of[LOAD_CASE_NUMBERS] = pipeline_add(
		    load->db, SQL_LOAD_CASE_NUMBERS, params);
	}
}

/* The random end of an id as a lock's number. */
static int64_t
lock_of(const struct id *id)
{
	uint64_t lock;

	memcpy(
	    &lock, id->bytes + sizeof(id->bytes) - sizeof(lock), sizeof(lock));
	return (int64_t)be64toh(lock);
}

static int
compare_int64(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* RC_TOO_LARGE when the arena is full. */
static enum rc
send_dedupe_locks(struct load *load, struct err *err)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);
	size_t count = 0;
	int64_t *locks = arena_alloc(load->snapshot->arena,
	    (keys->dedupe_count + 2 * keys->volume_count + 1) * sizeof(*locks));

	if (locks == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	for (size_t i = 0; i < keys->dedupe_count; i++) {
		uint64_t lock;

		memcpy(&lock, keys->dedupe_hashes[i], sizeof(lock));
		locks[count++] = (int64_t)be64toh(lock);
	}
	for (size_t i = 0; i < keys->volume_count; i++) {
		locks[count++] = lock_of(&keys->volumes[i].principal);
		locks[count++] = lock_of(&keys->volumes[i].unit);
	}
	qsort(locks, count, sizeof(*locks), compare_int64);
	params_array(params, PARAM_INT8);
	for (size_t i = 0; i < count; i++)
		params_int8(params, locks[i]);
	params_array_end(params);
	(void)pipeline_add(load->db, SQL_LOAD_DEDUPE_LOCKS, params);
	return RC_OK;
}

static void
send_cases(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_ids(params, keys->cases, keys->case_count);
	params_ids(params, keys->requests, keys->request_count);
	params_ids(params, keys->targets, keys->target_count);
	put_messages(params, keys);
	put_message_span(params, keys);
	params_ids(params, keys->documents, keys->document_count);
	params_ids(params, keys->formalities, keys->formality_count);
	load->results.of[LOAD_CASES] = pipeline_add(
	    load->db, SQL_LOAD_CASES, params);
}

/* The trails of all targets named have their requests and payments as well. */
static bool
has_all_in_trails(const struct load_keys *keys)
{
	return keys->trail_count == keys->target_count &&
	    keys->request_count == 0 && keys->message_count == 0;
}

static void
send_targets(struct load *load)
{
	struct db *db = load->db;
	const struct params *params = put_targets(db, load->keys);

	load->results.of[LOAD_TARGETS] = pipeline_add(
	    db, SQL_LOAD_TARGETS, params);
	if (has_all_in_trails(load->keys))
		return;
	load->results.of[LOAD_REQUESTS] = pipeline_add(
	    db, SQL_LOAD_REQUESTS, params);
	load->results.of[LOAD_TXNS] = pipeline_add(db, SQL_LOAD_TXNS, params);
}

/* What of them is loaded already is not read again. */
static void
send_trails(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct db *db = load->db;
	struct params *params = db_params(db);

	params_ids(params, keys->trails, keys->trail_count);
	params_ids(params, keys->whole_cases, keys->whole_count);
	load->results.of[LOAD_TRAIL_TARGETS] = pipeline_add(
	    db, SQL_LOAD_TRAIL_TARGETS, params);
	load->results.of[LOAD_TRAIL_REQUESTS] = pipeline_add(
	    db, SQL_LOAD_TRAIL_REQUESTS, params);
	load->results.of[LOAD_TRAIL_TXNS] = pipeline_add(
	    db, SQL_LOAD_TRAIL_TXNS, params);
}

static void
send_formalities(struct load *load)
{
	struct params *params = db_params(load->db);

	params_ids(params, load->keys->requests, load->keys->request_count);
	params_ids(
	    params, load->keys->formalities, load->keys->formality_count);
	load->results.of[LOAD_FORMALITIES] = pipeline_add(
	    load->db, SQL_LOAD_FORMALITIES, params);
}

static void
send_case_formalities(struct load *load)
{
	struct params *params = db_params(load->db);

	params_ids(params, load->keys->whole_cases, load->keys->whole_count);
	load->results.of[LOAD_CASE_FORMALITIES] = pipeline_add(
	    load->db, SQL_LOAD_CASE_FORMALITIES, params);
}

static void
send_documents(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_ids(params, keys->documents, keys->document_count);
	params_ids(params, keys->requests, keys->request_count);
	params_ids(params, keys->targets, keys->target_count);
	load->results.of[LOAD_DOCUMENTS] = pipeline_add(
	    load->db, SQL_LOAD_DOCUMENTS, params);
}

static void
send_restitutions(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_ids(params, keys->restitutions, keys->restitution_count);
	params_ids(params, keys->requests, keys->request_count);
	params_ids(params, keys->whole_cases, keys->whole_count);
	load->results.of[LOAD_RESTITUTIONS] = pipeline_add(
	    load->db, SQL_LOAD_RESTITUTIONS, params);
}

static void
send_pending(struct load *load)
{
	struct params *params = db_params(load->db);

	put_messages(params, load->keys);
	put_message_span(params, load->keys);
	load->results.of[LOAD_PENDING] = pipeline_add(
	    load->db, SQL_LOAD_PENDING, params);
}

static void
send_deadlines(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->deadline_count; i++)
		params_id(params, &keys->deadlines[i].subject);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < keys->deadline_count; i++)
		params_text(params,
		    words_name(
			&deadline_kind_words, (int)keys->deadlines[i].kind));
	params_array_end(params);
	load->results.of[LOAD_DEADLINES] = pipeline_add(
	    load->db, SQL_LOAD_DEADLINES, params);
}

static void
send_live(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < keys->dedupe_count; i++)
		params_bytea(
		    params, keys->dedupe_hashes[i], SNAPSHOT_HASH_SIZE);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (int state = 0; state < TARGET_STATE_COUNT; state++)
		if (target_state_is_over((enum target_state)state))
			params_text(
			    params, words_name(target_machine.states, state));
	params_array_end(params);
	load->results.of[LOAD_LIVE] = pipeline_add(
	    load->db, SQL_LOAD_LIVE_TARGETS, params);
}

/* Since when the oldest command of the batch looks back. */
static void
put_since(
    struct params *params, const struct load_keys *keys, enum volume_kind kind)
{
	int64_t at = INT64_MAX;

	for (size_t i = 0; i < keys->volume_count; i++)
		if (keys->volumes[i].at < at)
			at = keys->volumes[i].at;
	params_time(params, at - volume_span(kind));
}

static void
send_volumes(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->volume_count; i++)
		params_id(params, &keys->volumes[i].principal);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->volume_count; i++)
		params_id(params, &keys->volumes[i].unit);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < keys->volume_count; i++)
		if (keys->volumes[i].complainant != NULL)
			params_bytea(params, keys->volumes[i].complainant,
			    SNAPSHOT_HASH_SIZE);
	params_array_end(params);
	put_since(params, keys, VOLUME_OFFICER_REQUESTS);
	put_since(params, keys, VOLUME_OFFICER_AMOUNT);
	put_since(params, keys, VOLUME_COMPLAINANT_CASES);
	load->results.of[LOAD_VOLUMES] = pipeline_add(
	    load->db, SQL_LOAD_VOLUMES, params);
}

static void
send_usual(struct load *load)
{
	struct params *params = db_params(load->db);

	params_ids(params, load->keys->usual, load->keys->usual_count);
	load->results.of[LOAD_USUAL] = pipeline_add(
	    load->db, SQL_LOAD_USUAL_TIMES, params);
}

static void
send_kept(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < keys->kept_count; i++)
		params_id(params, &keys->kept[i].principal);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < keys->kept_count; i++)
		params_text(params, keys->kept[i].key);
	params_array_end(params);
	load->results.of[LOAD_KEPT] = pipeline_add(
	    load->db, SQL_LOAD_KEPT_REPLIES, params);
}

static void
send_actors(struct load *load)
{
	const struct load_keys *keys = load->keys;
	struct params *params = db_params(load->db);

	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < keys->actor_count; i++)
		params_bytea(params, keys->actor_keys[i], ACTOR_KEY_SIZE);
	params_array_end(params);
	load->results.of[LOAD_ACTORS] = pipeline_add(
	    load->db, SQL_LOAD_ACTORS, params);
}

/* Only what has keys is sent. */
static enum rc
load_send(struct load *load, struct err *err)
{
	const struct load_keys *keys = load->keys;
	bool has_targets = keys->request_count + keys->target_count +
		keys->message_count >
	    0;

	(void)pipeline_add(load->db, SQL_BEGIN, NULL);
	send_numbers(load);
	if (keys->dedupe_count + keys->volume_count > 0)
		TRY(send_dedupe_locks(load, err));
	if (keys->case_count + keys->document_count + keys->formality_count >
		0 ||
	    has_targets)
		send_cases(load);
	if (has_targets)
		send_targets(load);
	if (keys->trail_count + keys->whole_count > 0)
		send_trails(load);
	if (keys->grievance_count > 0) {
		struct params *params = db_params(load->db);

		params_ids(params, keys->grievances, keys->grievance_count);
		load->results.of[LOAD_GRIEVANCES] = pipeline_add(
		    load->db, SQL_LOAD_GRIEVANCES, params);
	}
	if (keys->restitution_count + keys->request_count + keys->whole_count >
	    0)
		send_restitutions(load);
	if (keys->request_count + keys->formality_count > 0)
		send_formalities(load);
	if (keys->whole_count > 0)
		send_case_formalities(load);
	if (keys->document_count > 0 || (keys->wants_documents && has_targets))
		send_documents(load);
	if (keys->message_count > 0)
		send_pending(load);
	load_risk_send(load->db, &keys->risk, &load->results);
	if (keys->deadline_count > 0)
		send_deadlines(load);
	if (keys->dedupe_count > 0)
		send_live(load);
	if (keys->volume_count > 0)
		send_volumes(load);
	if (keys->usual_count > 0)
		send_usual(load);
	if (keys->kept_count > 0)
		send_kept(load);
	if (keys->actor_count > 0)
		send_actors(load);
	return RC_OK;
}

enum rc
snapshot_load(struct db *db, const struct load_keys *keys,
    struct snapshot *snapshot, struct err *err)
{
	struct load load = { db, keys, snapshot, { { 0 } } };
	enum rc rc;

	for (size_t i = 0; i < LOAD_STEP_COUNT; i++)
		load.results.of[i] = LOAD_NOT_SENT;
	pipeline_begin(db);
	rc = load_send(&load, err);
	if (rc != RC_OK) {
		/* What was queued is run to leave the pipeline. */
		struct err ignored;

		if (pipeline_run(db, &ignored) == RC_OK)
			db_rollback(db);
		return rc;
	}
	TRY(pipeline_run(db, err));
	rc = load_rows_read(db, &load.results, snapshot, err);
	if (rc != RC_OK)
		db_rollback(db);
	return rc;
}
