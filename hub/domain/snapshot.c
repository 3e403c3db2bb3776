/*
 * The rows of a batch: see snapshot.h.  Short lists are searched from end to
 * end; a long one gets a hash index, which takes new rows in when the next
 * look-up comes.
 */
#include "hub/domain/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "hub/domain/row_index.h"

enum { SHORT_LIST = 8 };

static const size_t NOWHERE = (size_t)-1;

enum list {
	LIST_CASES,
	LIST_TXNS,
	LIST_REQUESTS,
	LIST_TARGETS,
	LIST_TARGETS_BY_HASH,
	LIST_DEADLINES,
	LIST_LIVE,
	LIST_PENDING,
	LIST_ACTORS,
	LIST_COUNT
};

/* Rows below `taken` are in the index. */
struct lookup {
	struct row_index index;
	size_t taken;
};

struct snapshot_lookups {
	struct lookup by[LIST_COUNT];
	struct target **watched;
	size_t watched_count, watched_capacity;
	struct live_target found; /* made for a target of this batch */
};

void
snapshot_init(struct snapshot *snapshot, struct arena *arena,
    const struct registry *registry)
{
	memset(snapshot, 0, sizeof(*snapshot));
	snapshot->arena = arena;
	snapshot->registry = registry;
	snapshot->risk.arena = arena;
	snapshot->lookups = arena_alloc(arena, sizeof(*snapshot->lookups));
	if (snapshot->lookups == NULL)
		abort(); /* an arena too small for anything is our bug */
}

/* ---- adding */

/* A list of pointers, so that rows stay where they are. */
#define DEFINE_ADD_ROW(function, type, list, one)                         \
	type *function(struct snapshot *snapshot)                         \
	{                                                                 \
		type **rows = arena_grow(snapshot->arena, snapshot->list, \
		    snapshot->one##_count, &snapshot->one##_capacity,     \
		    sizeof(type *));                                      \
		type *row = arena_alloc(snapshot->arena, sizeof(type));   \
                                                                          \
		if (rows != NULL)                                         \
			snapshot->list = rows;                            \
		if (rows == NULL || row == NULL)                          \
			return NULL;                                      \
		rows[snapshot->one##_count++] = row;                      \
		return row;                                               \
	}

/* A list of rows that nothing points at for long. */
#define DEFINE_ADD_VALUE(function, type, list, one)                      \
	type *function(struct snapshot *snapshot)                        \
	{                                                                \
		type *rows = arena_grow(snapshot->arena, snapshot->list, \
		    snapshot->one##_count, &snapshot->one##_capacity,    \
		    sizeof(type));                                       \
                                                                         \
		if (rows == NULL)                                        \
			return NULL;                                     \
		snapshot->list = rows;                                   \
		return &rows[snapshot->one##_count++];                   \
	}

/* clang-format off */
DEFINE_ADD_ROW(snapshot_add_case, struct case_file, cases, case)
DEFINE_ADD_ROW(snapshot_add_txn, struct txn, txns, txn)
DEFINE_ADD_ROW(snapshot_add_request, struct freeze_request, requests, request)
DEFINE_ADD_ROW(snapshot_add_target, struct target, targets, target)
DEFINE_ADD_ROW(snapshot_add_grievance, struct grievance, grievances, grievance)
DEFINE_ADD_ROW(snapshot_add_restitution, struct restitution, restitutions, restitution)
static DEFINE_ADD_ROW(add_deadline, struct deadline, deadlines, deadline)
DEFINE_ADD_ROW(snapshot_add_formality, struct formality, formalities, formality)
DEFINE_ADD_ROW(snapshot_add_document, struct document, documents, document)
DEFINE_ADD_VALUE(snapshot_add_live, struct live_target, live_targets, live)
DEFINE_ADD_VALUE(snapshot_add_kept, struct kept_reply, kept_replies, kept)
DEFINE_ADD_VALUE(snapshot_add_pending, struct pending_message, pending, pending)
DEFINE_ADD_VALUE(snapshot_add_actor, struct actor_row, actors, actor)
DEFINE_ADD_VALUE(snapshot_add_usual, struct usual_time, usual_times, usual)
    /* clang-format on */

    static void deadline_make_key(uint8_t key[DEADLINE_KEY_SIZE],
	const struct id *subject, enum deadline_kind kind)
{
	memcpy(key, subject->bytes, sizeof(subject->bytes));
	/* Never zero: a key of zeroes is none yet. */
	key[DEADLINE_KEY_SIZE - 1] = (uint8_t)((int)kind + 1);
}

struct deadline *
snapshot_add_deadline(struct snapshot *snapshot, const struct id *subject,
    enum deadline_kind kind)
{
	struct deadline *deadline = add_deadline(snapshot);

	if (deadline == NULL)
		return NULL;
	deadline->subject = *subject;
	deadline->kind = kind;
	deadline_make_key(deadline->key, subject, kind);
	return deadline;
}

/* ---- looking up */

static const uint8_t *
case_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->cases[row]->id.bytes;
}

static const uint8_t *
txn_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->txns[row]->id.bytes;
}

static const uint8_t *
request_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->requests[row]->id.bytes;
}

static const uint8_t *
target_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->targets[row]->id.bytes;
}

static const uint8_t *
target_hash_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->targets[row]->dedupe_hash;
}

static const uint8_t *
deadline_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->deadlines[row]->key;
}

static const uint8_t *
live_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->live_targets[row].dedupe_hash;
}

static const uint8_t *
pending_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->pending[row].id.bytes;
}

static const uint8_t *
actor_key(const struct snapshot *snapshot, size_t row)
{
	return snapshot->actors[row].key;
}

static const struct {
	const uint8_t *(*key)(const struct snapshot *snapshot, size_t row);
	size_t size;
} lists[LIST_COUNT] = {
	[LIST_CASES] = { case_key, sizeof(struct id) },
	[LIST_TXNS] = { txn_key, sizeof(struct id) },
	[LIST_REQUESTS] = { request_key, sizeof(struct id) },
	[LIST_TARGETS] = { target_key, sizeof(struct id) },
	[LIST_TARGETS_BY_HASH] = { target_hash_key, SNAPSHOT_HASH_SIZE },
	[LIST_DEADLINES] = { deadline_key, DEADLINE_KEY_SIZE },
	[LIST_LIVE] = { live_key, SNAPSHOT_HASH_SIZE },
	[LIST_PENDING] = { pending_key, sizeof(struct id) },
	[LIST_ACTORS] = { actor_key, ACTOR_KEY_SIZE },
};

/* Whether the caller wants this row, where its key alone does not say so. */
typedef bool
wants(const struct snapshot *snapshot, size_t row, const struct id *except);

static bool
is_keyed(const uint8_t *key, size_t size)
{
	static const uint8_t zero[SNAPSHOT_HASH_SIZE];

	return memcmp(key, zero, size) != 0;
}

/* Take new rows into the index, up to one that has no key yet. */
static void
take(const struct snapshot *snapshot, enum list list, size_t count)
{
	struct lookup *lookup = &snapshot->lookups->by[list];

	if (count <= SHORT_LIST)
		return;
	for (; lookup->taken < count; lookup->taken++) {
		const uint8_t *key = lists[list].key(snapshot, lookup->taken);

		if (!is_keyed(key, lists[list].size) ||
		    !row_index_add(&lookup->index, snapshot->arena,
			row_index_hash(0, key, lists[list].size),
			lookup->taken))
			return;
	}
}

static bool
is_it(const struct snapshot *snapshot, enum list list, size_t row,
    const uint8_t *key, wants *wanted, const struct id *except)
{
	return memcmp(lists[list].key(snapshot, row), key, lists[list].size) ==
	    0 &&
	    (wanted == NULL || wanted(snapshot, row, except));
}

static size_t
find(const struct snapshot *snapshot, enum list list, size_t count,
    const uint8_t *key, wants *wanted, const struct id *except)
{
	const struct lookup *lookup = &snapshot->lookups->by[list];
	struct row_walk walk;
	size_t row;

	take(snapshot, list, count);
	walk = row_index_walk(
	    &lookup->index, row_index_hash(0, key, lists[list].size));
	while (row_index_next(&lookup->index, &walk, &row))
		if (is_it(snapshot, list, row, key, wanted, except))
			return row;
	for (row = lookup->taken; row < count; row++)
		if (is_it(snapshot, list, row, key, wanted, except))
			return row;
	return NOWHERE;
}

struct case_file *
snapshot_case(const struct snapshot *snapshot, const struct id *id)
{
	size_t row = find(
	    snapshot, LIST_CASES, snapshot->case_count, id->bytes, NULL, NULL);

	return row == NOWHERE ? NULL : snapshot->cases[row];
}

struct txn *
snapshot_txn(const struct snapshot *snapshot, const struct id *id)
{
	size_t row = find(
	    snapshot, LIST_TXNS, snapshot->txn_count, id->bytes, NULL, NULL);

	return row == NOWHERE ? NULL : snapshot->txns[row];
}

struct freeze_request *
snapshot_request(const struct snapshot *snapshot, const struct id *id)
{
	size_t row = find(snapshot, LIST_REQUESTS, snapshot->request_count,
	    id->bytes, NULL, NULL);

	return row == NOWHERE ? NULL : snapshot->requests[row];
}

struct target *
snapshot_target(const struct snapshot *snapshot, const struct id *id)
{
	size_t row = find(snapshot, LIST_TARGETS, snapshot->target_count,
	    id->bytes, NULL, NULL);

	return row == NOWHERE ? NULL : snapshot->targets[row];
}

struct deadline *
snapshot_deadline(const struct snapshot *snapshot, const struct id *subject,
    enum deadline_kind kind)
{
	uint8_t key[DEADLINE_KEY_SIZE];
	size_t row;

	deadline_make_key(key, subject, kind);
	row = find(snapshot, LIST_DEADLINES, snapshot->deadline_count, key,
	    NULL, NULL);
	return row == NOWHERE ? NULL : snapshot->deadlines[row];
}

/* One for each command of the batch at most: no index. */
struct kept_reply *
snapshot_kept(const struct snapshot *snapshot, const struct id *principal,
    const char *key)
{
	for (size_t i = 0; i < snapshot->kept_count; i++) {
		struct kept_reply *kept = &snapshot->kept_replies[i];

		if (id_equal(&kept->principal, principal) &&
		    strcmp(kept->idempotency.key, key) == 0)
			return kept;
	}
	return NULL;
}

struct pending_message *
snapshot_pending(const struct snapshot *snapshot, const struct id *id)
{
	size_t row = find(snapshot, LIST_PENDING, snapshot->pending_count,
	    id->bytes, NULL, NULL);

	return row == NOWHERE ? NULL : &snapshot->pending[row];
}

const struct actor_row *
snapshot_actor(
    const struct snapshot *snapshot, const uint8_t key[ACTOR_KEY_SIZE])
{
	size_t row = find(
	    snapshot, LIST_ACTORS, snapshot->actor_count, key, NULL, NULL);

	return row == NOWHERE ? NULL : &snapshot->actors[row];
}

/* ---- live targets */

static bool
is_other(const struct id *id, const struct id *except)
{
	return except == NULL || !id_equal(id, except);
}

/* The database's word counts only while the batch has not changed the
 * target: it may be over by now, or corrected to another triple. */
static bool
is_row_live(
    const struct snapshot *snapshot, size_t row, const struct id *except)
{
	const struct live_target *live = &snapshot->live_targets[row];
	const struct target *target = snapshot_target(snapshot, &live->id);

	if (!is_other(&live->id, except))
		return false;
	return target == NULL ||
	    (!target_state_is_over(target->state) &&
		memcmp(target->dedupe_hash, live->dedupe_hash,
		    SNAPSHOT_HASH_SIZE) == 0);
}

static bool
is_target_live(
    const struct snapshot *snapshot, size_t row, const struct id *except)
{
	const struct target *target = snapshot->targets[row];

	return !target_state_is_over(target->state) &&
	    is_other(&target->id, except);
}

static const struct target *
find_watched(const struct snapshot *snapshot,
    const uint8_t dedupe_hash[SNAPSHOT_HASH_SIZE], const struct id *except)
{
	const struct snapshot_lookups *lookups = snapshot->lookups;

	for (size_t i = 0; i < lookups->watched_count; i++) {
		const struct target *target = lookups->watched[i];

		if (memcmp(target->dedupe_hash, dedupe_hash,
			SNAPSHOT_HASH_SIZE) == 0 &&
		    !target_state_is_over(target->state) &&
		    is_other(&target->id, except))
			return target;
	}
	return NULL;
}

const struct live_target *
snapshot_live(const struct snapshot *snapshot,
    const uint8_t dedupe_hash[SNAPSHOT_HASH_SIZE], const struct id *except)
{
	struct live_target *found = &snapshot->lookups->found;
	const struct target *target;
	const struct case_file *case_file;
	size_t row = find(snapshot, LIST_LIVE, snapshot->live_count,
	    dedupe_hash, is_row_live, except);

	if (row != NOWHERE)
		return &snapshot->live_targets[row];
	row = find(snapshot, LIST_TARGETS_BY_HASH, snapshot->target_count,
	    dedupe_hash, is_target_live, except);
	target = row != NOWHERE ? snapshot->targets[row]
				: find_watched(snapshot, dedupe_hash, except);
	if (target == NULL)
		return NULL;
	memset(found, 0, sizeof(*found));
	memcpy(found->dedupe_hash, dedupe_hash, SNAPSHOT_HASH_SIZE);
	found->id = target->id;
	found->case_id = target->case_id;
	case_file = snapshot_case(snapshot, &target->case_id);
	if (case_file != NULL)
		found->unit = case_file->unit;
	return found;
}

bool
snapshot_watch(struct snapshot *snapshot, struct target *target)
{
	struct snapshot_lookups *lookups = snapshot->lookups;
	struct target **grown = arena_grow(snapshot->arena, lookups->watched,
	    lookups->watched_count, &lookups->watched_capacity,
	    sizeof(*lookups->watched));

	if (grown == NULL)
		return false;
	lookups->watched = grown;
	lookups->watched[lookups->watched_count++] = target;
	return true;
}
