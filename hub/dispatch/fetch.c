/*
 * The dispatcher's fetch: one question at a time, for every lane that has
 * room.
 */
#include "hub/base/log.h"
#include "hub/dispatch/inside.h"

void
fetch_break(struct dispatcher *dispatcher)
{
	channel_break(&dispatcher->fetcher);
	lanes_fetched(&dispatcher->lanes, dispatcher->wants, NULL,
	    dispatcher->want_count);
	dispatcher->want_count = 0;
}

static void
fail(struct dispatcher *dispatcher, const struct err *err)
{
	log_warn("messages could not be fetched", "code", err->code, "why",
	    err->text, NULL);
	fetch_break(dispatcher);
}

void
fetch_step(struct dispatcher *dispatcher)
{
	struct err err;

	if (!channel_is_idle(&dispatcher->fetcher) ||
	    dispatcher->shards.held.count == 0)
		return;
	dispatcher->want_count = lanes_plan(
	    &dispatcher->lanes, dispatcher->wants, DISPATCHER_WANTS);
	if (dispatcher->want_count > 0 &&
	    outbox_fetch(&dispatcher->fetcher.ask, dispatcher->wants,
		dispatcher->want_count, &err) != RC_OK)
		fail(dispatcher, &err);
}

static struct lanes_yield *
yield_of(const struct dispatcher *dispatcher, struct lanes_yield *yields,
    const struct outbox_row *row)
{
	for (size_t i = 0; i < dispatcher->want_count; i++)
		if (dispatcher->wants[i].endpoint == row->endpoint &&
		    dispatcher->wants[i].priority == row->priority)
			return &yields[i];
	return NULL;
}

/* Rows of a lane that was closed meanwhile, and those known, only count. */
static void
take_row(struct dispatcher *dispatcher, const struct outbox_row *row,
    struct lanes_yield *yields)
{
	struct lanes *lanes = &dispatcher->lanes;
	struct lanes_yield *yield = yield_of(dispatcher, yields, row);
	const struct lane *lane = lanes_find(lanes, row->endpoint);
	bool is_retry = row->attempts > 0 || row->level > 0;
	int64_t epoch = shards_epoch(&dispatcher->shards, row->shard);

	if (yield != NULL)
		yield->rows[is_retry ? LANE_DUE : LANE_FRESH]++;
	if (epoch != 0 && lane != NULL && lane->is_open &&
	    !lanes_knows(lanes, row->seq))
		lanes_add(lanes, letter_new(row, epoch));
}

static void
take_rows(struct dispatcher *dispatcher, const struct rows *rows)
{
	struct lanes_yield yields[DISPATCHER_WANTS] = { 0 };
	struct outbox_row row;
	struct err err;

	arena_reset(dispatcher->arena);
	for (size_t i = 0; i < rows_count(rows); i++)
		if (outbox_row(rows, i, dispatcher->arena, &row, &err) == RC_OK)
			take_row(dispatcher, &row, yields);
		else
			log_error(
			    "a message cannot be read", "why", err.text, NULL);
	lanes_fetched(&dispatcher->lanes, dispatcher->wants, yields,
	    dispatcher->want_count);
	dispatcher->want_count = 0;
	pthread_mutex_lock(&dispatcher->tally.lock);
	dispatcher->tally.counters.fetches++;
	pthread_mutex_unlock(&dispatcher->tally.lock);
}

void
fetch_on_ready(void *context, int fd, uint32_t events)
{
	struct dispatcher *dispatcher = context;
	struct ask *ask = &dispatcher->fetcher.ask;
	bool is_over;
	struct err err;

	(void)fd;
	(void)events;
	if (dispatcher->fetcher.fd < 0)
		return;
	if (ask_read(ask, &is_over, &err) != RC_OK)
		fail(dispatcher, &err);
	else if (is_over)
		take_rows(dispatcher, ask->rows);
}
