/*
 * Readings on record: see access_log.h.  Sets of WAYS entries by a hash of
 * the key.
 */
#include "hub/http/access_log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

enum { SETS = 4096, WAYS = 4, LOCKS = 16 };

#define SPAN (5 * 60 * CLOCK_SECOND)

enum entry_state { ENTRY_FREE, ENTRY_PENDING, ENTRY_DONE };

struct entry {
	struct access_key key;
	enum entry_state state;
	int64_t at;
	struct access_waiter *waiters;
};

struct access_log {
	pthread_mutex_t locks[LOCKS];
	struct entry entries[SETS][WAYS];
};

struct access_log *
access_log_new(void)
{
	struct access_log *log = calloc(1, sizeof(*log));

	if (log == NULL)
		log_panic("out of memory", NULL);
	for (size_t i = 0; i < LOCKS; i++)
		(void)pthread_mutex_init(&log->locks[i], NULL);
	return log;
}

void
access_log_free(struct access_log *log)
{
	if (log == NULL)
		return;
	for (size_t i = 0; i < LOCKS; i++)
		(void)pthread_mutex_destroy(&log->locks[i]);
	free(log);
}

/* FNV-1a; nobody chooses ids to collide, and who did would only be recorded
 * more often. */
static uint32_t
hash(const struct access_key *key)
{
	const uint8_t *bytes = (const uint8_t *)key;
	uint32_t sum = UINT32_C(2166136261);

	for (size_t i = 0; i < sizeof(*key); i++)
		sum = (sum ^ bytes[i]) * UINT32_C(16777619);
	return sum ^ sum >> 15;
}

static struct entry *
find(struct entry *set, const struct access_key *key)
{
	for (size_t i = 0; i < WAYS; i++)
		if (set[i].state != ENTRY_FREE &&
		    memcmp(&set[i].key, key, sizeof(*key)) == 0)
			return &set[i];
	return NULL;
}

/* A free entry or the oldest that nobody waits for; NULL when all are being
 * recorded. */
static struct entry *
make_room(struct entry *set)
{
	struct entry *oldest = NULL;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].state == ENTRY_FREE)
			return &set[i];
		if (set[i].state == ENTRY_DONE &&
		    (oldest == NULL || set[i].at < oldest->at))
			oldest = &set[i];
	}
	return oldest;
}

static enum access_state
ask(struct entry *set, const struct access_key *key, int64_t now,
    struct access_waiter *waiter)
{
	struct entry *entry = find(set, key);

	if (entry != NULL && entry->state == ENTRY_PENDING) {
		waiter->next = entry->waiters;
		entry->waiters = waiter;
		return ACCESS_WAITS;
	}
	if (entry != NULL && now - entry->at < SPAN)
		return ACCESS_RECORDED;
	if (entry == NULL)
		entry = make_room(set);
	if (entry != NULL)
		*entry = (struct entry){ *key, ENTRY_PENDING, now, NULL };
	return ACCESS_MINE;
}

enum access_state
access_log_ask(struct access_log *log, const struct access_key *key,
    int64_t now, struct access_waiter *waiter)
{
	uint32_t set = hash(key) % SETS;
	enum access_state state;

	(void)pthread_mutex_lock(&log->locks[set % LOCKS]);
	state = ask(log->entries[set], key, now, waiter);
	(void)pthread_mutex_unlock(&log->locks[set % LOCKS]);
	return state;
}

struct access_waiter *
access_log_settle(struct access_log *log, const struct access_key *key,
    int64_t now, bool is_recorded)
{
	uint32_t set = hash(key) % SETS;
	struct access_waiter *waiters = NULL;
	struct entry *entry;

	(void)pthread_mutex_lock(&log->locks[set % LOCKS]);
	entry = find(log->entries[set], key);
	if (entry != NULL && entry->state == ENTRY_PENDING) {
		waiters = entry->waiters;
		entry->waiters = NULL;
		entry->state = is_recorded ? ENTRY_DONE : ENTRY_FREE;
		entry->at = now;
	}
	(void)pthread_mutex_unlock(&log->locks[set % LOCKS]);
	return waiters;
}
