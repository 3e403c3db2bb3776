/*
 * Group commit of the append file: see journal.h.
 */
#include "adapters/nodal/journal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/nodal/id_table.h"
#include "hub/base/log.h"

enum { BATCH_ENTRIES = 512 };

/* One record on its way; its text lies behind it. */
struct entry {
	struct entry *next;
	struct store_record record;
	enum journal_outcome outcome;
	void (*done)(void *context, enum journal_outcome outcome);
	void *context;
	char text[];
};

struct journal {
	struct store_file *store;
	struct id_table *ids; /* the thread's, once it runs */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ring;
	struct entry *first, **last; /* waiting */
	bool is_closing;
	enum rc (*replay)(void *, const struct store_record *, struct err *);
	void *context;
};

/* ---- the thread */

/* Up to BATCH_ENTRIES waiting entries; NULL when it is time to end. */
static struct entry *
take_batch(struct journal *journal)
{
	struct entry *batch, *tail;
	int count = 1;

	pthread_mutex_lock(&journal->lock);
	while (journal->first == NULL && !journal->is_closing)
		pthread_cond_wait(&journal->ring, &journal->lock);
	batch = tail = journal->first;
	while (tail != NULL && tail->next != NULL && count++ < BATCH_ENTRIES)
		tail = tail->next;
	if (tail != NULL) {
		journal->first = tail->next;
		tail->next = NULL;
	}
	if (journal->first == NULL)
		journal->last = &journal->first;
	pthread_mutex_unlock(&journal->lock);
	return batch;
}

/* Put the entry's line into the batch, unless it is a repeat. */
static void
append(struct journal *journal, struct entry *entry)
{
	const struct store_record *record = &entry->record;
	struct err err;

	entry->outcome = JOURNAL_STORED;
	if (record->kind == STORE_MESSAGE &&
	    !id_table_add(journal->ids, record->id)) {
		entry->outcome = JOURNAL_REPEATED;
		return;
	}
	if (store_file_append(journal->store, record, &err) == RC_OK)
		return;
	log_error(err.text, "message", record->id, NULL);
	entry->outcome = JOURNAL_FAILED;
	if (record->kind == STORE_MESSAGE)
		id_table_remove(journal->ids, record->id);
}

/* The sync failed: repeats too may lean on a line of this batch, so all of
 * the batch has failed. */
static void
fail_batch(struct journal *journal, struct entry *batch)
{
	for (struct entry *entry = batch; entry != NULL; entry = entry->next) {
		if (entry->outcome == JOURNAL_STORED &&
		    entry->record.kind == STORE_MESSAGE)
			id_table_remove(journal->ids, entry->record.id);
		entry->outcome = JOURNAL_FAILED;
	}
}

static void
finish_batch(struct entry *batch)
{
	while (batch != NULL) {
		struct entry *next = batch->next;

		if (batch->done != NULL)
			batch->done(batch->context, batch->outcome);
		free(batch);
		batch = next;
	}
}

static void *
write_batches(void *context)
{
	struct journal *journal = context;
	struct entry *batch;
	struct err err;

	while ((batch = take_batch(journal)) != NULL) {
		for (struct entry *entry = batch; entry != NULL;
		     entry = entry->next)
			append(journal, entry);
		if (store_file_sync(journal->store, &err) != RC_OK) {
			log_error(err.text, "code", err.code, NULL);
			fail_batch(journal, batch);
		}
		finish_batch(batch);
	}
	return NULL;
}

/* ---- open and close */

static enum rc
replay_record(void *context, const struct store_record *record, struct err *err)
{
	struct journal *journal = context;

	if (record->kind == STORE_MESSAGE)
		(void)id_table_add(journal->ids, record->id);
	return journal->replay(journal->context, record, err);
}

static void
free_journal(struct journal *journal)
{
	store_file_free(journal->store);
	id_table_free(journal->ids);
	(void)pthread_mutex_destroy(&journal->lock);
	(void)pthread_cond_destroy(&journal->ring);
	free(journal);
}

enum rc
journal_open(const char *path,
    enum rc (*replay)(
	void *context, const struct store_record *record, struct err *err),
    void *context, struct journal **journal, struct err *err)
{
	struct journal *opened = calloc(1, sizeof(*opened));
	enum rc rc;

	if (opened == NULL)
		abort();
	opened->ids = id_table_new();
	opened->last = &opened->first;
	opened->replay = replay;
	opened->context = context;
	(void)pthread_mutex_init(&opened->lock, NULL);
	(void)pthread_cond_init(&opened->ring, NULL);
	rc = store_file_open(path, replay_record, opened, &opened->store, err);
	if (rc == RC_OK &&
	    pthread_create(&opened->thread, NULL, write_batches, opened) != 0)
		rc = err_set(err, RC_FAILED, "no_thread",
		    "cannot start the journal's thread");
	if (rc != RC_OK) {
		free_journal(opened);
		return rc;
	}
	*journal = opened;
	return RC_OK;
}

void
journal_close(struct journal *journal)
{
	if (journal == NULL)
		return;
	pthread_mutex_lock(&journal->lock);
	journal->is_closing = true;
	pthread_cond_signal(&journal->ring);
	pthread_mutex_unlock(&journal->lock);
	(void)pthread_join(journal->thread, NULL);
	free_journal(journal);
}

/* ---- submitting */

/* Copy `text` to `*at` and move `*at` behind it. */
static const char *
copy_text(char **at, const char *text)
{
	size_t size;
	char *copy = *at;

	if (text == NULL)
		return NULL;
	size = strlen(text) + 1;
	memcpy(copy, text, size);
	*at += size;
	return copy;
}

static size_t
size_of(const char *text)
{
	return text != NULL ? strlen(text) + 1 : 0;
}

void
journal_submit(struct journal *journal, const struct store_record *record,
    void (*done)(void *context, enum journal_outcome outcome), void *context)
{
	struct entry *entry = malloc(sizeof(*entry) + size_of(record->id) +
	    size_of(record->target) + size_of(record->body));
	char *at;

	if (entry == NULL)
		abort();
	at = entry->text;
	*entry = (struct entry){
		.record = *record, .done = done, .context = context
	};
	entry->record.id = copy_text(&at, record->id);
	entry->record.target = copy_text(&at, record->target);
	entry->record.body = copy_text(&at, record->body);
	pthread_mutex_lock(&journal->lock);
	*journal->last = entry;
	journal->last = &entry->next;
	pthread_cond_signal(&journal->ring);
	pthread_mutex_unlock(&journal->lock);
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t ring;
	bool is_over;
	enum journal_outcome outcome;
};

static void
end_waiting(void *context, enum journal_outcome outcome)
{
	struct waiting *waiting = context;

	pthread_mutex_lock(&waiting->lock);
	waiting->outcome = outcome;
	waiting->is_over = true;
	pthread_cond_signal(&waiting->ring);
	pthread_mutex_unlock(&waiting->lock);
}

enum journal_outcome
journal_write(struct journal *journal, const struct store_record *record)
{
	struct waiting waiting = { .is_over = false };

	(void)pthread_mutex_init(&waiting.lock, NULL);
	(void)pthread_cond_init(&waiting.ring, NULL);
	journal_submit(journal, record, end_waiting, &waiting);
	pthread_mutex_lock(&waiting.lock);
	while (!waiting.is_over)
		pthread_cond_wait(&waiting.ring, &waiting.lock);
	pthread_mutex_unlock(&waiting.lock);
	(void)pthread_mutex_destroy(&waiting.lock);
	(void)pthread_cond_destroy(&waiting.ring);
	return waiting.outcome;
}
