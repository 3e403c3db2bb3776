/*
 * The reader: a few threads, each with its own session, that answer looks at
 * cases.  Changes nothing; records nothing (its caller records the access
 * before the answer leaves).  One file for each view: view_*.c.
 *
 * A look that may wait (`wait_seconds`) holds no thread: it is parked until
 * the desk's ring, another hub's commit or the end of its time.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/domain/actor.h"
#include "hub/domain/calendar.h"
#include "hub/domain/registry.h"
#include "hub/domain/report.h"
#include "hub/domain/snapshot.h"
#include "hub/reading/cursor.h"

struct keyring;
struct reader;

enum view_kind {
	VIEW_CASE,
	VIEW_CASES,
	VIEW_TARGET,
	VIEW_RESTITUTION,
	VIEW_TIMELINE,
	VIEW_DEBTS,
	VIEW_ALERTS,
	VIEW_DEADLINES,
	VIEW_LEGAL_DEBT,
	VIEW_DOCUMENT,
	VIEW_CONTENT, /* of a document */
	VIEW_NOTICE,
	VIEW_STATUS,
	VIEW_TRAIL,
	VIEW_INBOX,
	VIEW_RESPONSE_TIMES,
	VIEW_OUTCOMES,
	VIEW_SIGNALS,
	VIEW_WATCHES,
	VIEW_WATCH,
	VIEW_PAYMENT_HOLDS,
	VIEW_PAYMENT_HOLD,
	VIEW_ATTEMPTS,
	VIEW_KIND_COUNT
};

enum {
	VIEW_LIMIT = 200, /* rows of a page */
	VIEW_WAIT_LIMIT = 60,
	VIEW_ETAG_SIZE = 64,
};

struct view_request {
	enum view_kind kind;
	struct actor actor;
	struct id id;                /* case, target or document */
	char ref[SNAPSHOT_REF_SIZE]; /* or the case's reference; "" : none */
	struct id target;            /* of a notice */
	struct id of_case;           /* of debts, deadlines; zero: of any */
	/* Of debts and deadlines: sent to, or owed by, this one (id or slug);
	 * NULL: any.  Borrowed. */
	const char *institution;
	struct span owes_within; /* of debts; all zero: whenever */
	uint32_t kinds;          /* bit per enum deadline_kind; 0: any */
	enum report_debtor by;   /* of the legal debt */
	bool as_text;            /* a notice to be printed */
	struct report_query report;
	/* Only of this unit (id or slug) and those below, and of this
	 * district; NULL: all that the actor sees.  Borrowed. */
	const char *unit, *district;
	int limit;
	struct cursor cursor;
	uint32_t states;           /* bit per enum case_state, of debts
				    * formality_state, of deadlines
				    * deadline_status; 0: any */
	const char *if_none_match; /* borrowed, or NULL */
	int wait_seconds;          /* for something that is not known; 0: not */
};

/* What a content leaves with. */
struct view_file {
	bool is_file;
	enum document_format format;
	uint8_t sha256[SNAPSHOT_HASH_SIZE];
	char media_type[DOCUMENT_MEDIA_SIZE];
};

struct view_reply {
	enum rc rc; /* not RC_OK: `err` says why */
	struct err err;
	bool is_same;                /* what if_none_match names: no body */
	char etag[VIEW_ETAG_SIZE];   /* with its quotes, or "" */
	char next[CURSOR_TEXT_SIZE]; /* "" : the last page */
	const char *content_type;    /* NULL: JSON */
	struct view_file file;       /* of a content; its type as well */
	struct strbuf body;          /* the callee may take the bytes */
	/* What was seen, for the record: one case, or a number of them. */
	struct id case_id;
	int64_t case_count;
};

/* Called once for each request on a reader's thread (or the submitter's,
 * where the queue is full).  The reply is good during the call. */
typedef void view_done(
    void *context, struct view_request *request, struct view_reply *reply);

struct reader_settings {
	const char *conninfo;
	const struct keyring *keyring;
	/* A reference to the present view of the registry. */
	struct registry *(*registry)(void *context);
	void *context;
	unsigned threads;   /* 0 is 2 */
	size_t queue_limit; /* 0 is 4096 */
};

struct reader_counters {
	uint64_t views, failures, wakes;
	uint64_t waiting, parked;
};

/* Connect and start the threads.  RC_UNAVAILABLE without a database. */
NODISCARD enum rc reader_start(const struct reader_settings *settings,
    struct reader **reader, struct err *err);

/* Answer what waits (RC_UNAVAILABLE), end the threads, free. */
void reader_stop(struct reader *reader);

/* Queue a look; the request must live until `done`.  Any thread. */
void reader_submit(struct reader *reader, struct view_request *request,
    view_done *done, void *context);

/* What a commit touched. */
struct reader_news {
	const struct id *cases;
	size_t case_count;
	const struct id *institutions; /* that got messages */
	size_t institution_count;
};

/* A commit of this process: those whom it concerns look again.  Any thread;
 * cheap. */
void reader_ring(struct reader *reader, const struct reader_news *news);

/* The hub stops: everybody parked is answered now, and nobody waits again. */
void reader_release(struct reader *reader);

/* True while the database answers. */
bool reader_is_ready(const struct reader *reader);

void reader_counters(struct reader *reader, struct reader_counters *counters);
