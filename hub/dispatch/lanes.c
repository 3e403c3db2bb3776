/*
 * Lanes: see lanes.h.
 */
#include "hub/dispatch/lanes_inside.h"

#include <stdlib.h>
#include <string.h>

enum {
	TABLE_SIZE = 4096, /* a power of two */
	/* While few are known, looking at all of them again finds the row of
	 * a slower transaction below the cursor at once. */
	FEW = 16,
	/* Of LANES_KNOWN_LIMIT, kept from each lower priority. */
	KEPT = 1024,
};

void
lanes_init(struct lanes *lanes)
{
	memset(lanes, 0, sizeof(*lanes));
	lanes->table = calloc(TABLE_SIZE, sizeof(*lanes->table));
	if (lanes->table == NULL)
		abort();
}

void
lanes_clear(struct lanes *lanes)
{
	for (size_t i = 0; i < TABLE_SIZE; i++)
		for (struct letter *letter = lanes->table[i], *same;
		     letter != NULL; letter = same) {
			same = letter->same;
			letter_free(letter);
		}
	for (size_t i = 0; i < lanes->count; i++) {
		keys_signer_clear(&lanes->items[i]->signer);
		free(lanes->items[i]);
	}
	free(lanes->items);
	free(lanes->table);
}

/* ---- finding */

static size_t
position(const struct lanes *lanes, int32_t number)
{
	size_t low = 0, high = lanes->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (lanes->items[middle]->number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct lane *
lanes_find(const struct lanes *lanes, int32_t number)
{
	size_t at = position(lanes, number);

	if (at == lanes->count || lanes->items[at]->number != number)
		return NULL;
	return lanes->items[at];
}

static struct lane *
new_lane(int32_t number)
{
	struct lane *lane = calloc(1, sizeof(*lane));

	if (lane == NULL)
		abort();
	lane->number = lane->signer.endpoint = number;
	lane->look_ahead = LANES_LOOK_AHEAD_LEAST;
	for (int p = 0; p < LANES_PRIORITIES; p++)
		for (int sort = 0; sort < LANE_SORTS; sort++) {
			struct lane_list *list = &lane->queues[p].lists[sort];

			list->last = &list->first;
			list->may_have_more = true;
		}
	return lane;
}

struct lane *
lanes_get(struct lanes *lanes, int32_t number)
{
	size_t at = position(lanes, number);
	struct lane **grown;

	if (at < lanes->count && lanes->items[at]->number == number)
		return lanes->items[at];
	grown = realloc(
	    lanes->items, (lanes->count + 1) * sizeof(struct lane *));
	if (grown == NULL)
		abort();
	memmove(grown + at + 1, grown + at,
	    (lanes->count - at) * sizeof(struct lane *));
	grown[at] = new_lane(number);
	lanes->items = grown;
	lanes->count++;
	return grown[at];
}

static struct letter **
slot_of(const struct lanes *lanes, int64_t seq)
{
	/* Seqs of one batch follow each other. */
	return &lanes
		    ->table[((uint64_t)seq ^ (uint64_t)seq >> 16) % TABLE_SIZE];
}

bool
lanes_knows(const struct lanes *lanes, int64_t seq)
{
	const struct letter *letter = *slot_of(lanes, seq);

	while (letter != NULL && letter->row.seq != seq)
		letter = letter->same;
	return letter != NULL;
}

/* ---- what to fetch */

static void
expect(struct lanes *lanes, enum lane_sort sort)
{
	for (size_t i = 0; i < lanes->count; i++)
		for (int p = 0; p < LANES_PRIORITIES; p++)
			lanes->items[i]->queues[p].lists[sort].may_have_more =
			    true;
}

void
lanes_expect_fresh(struct lanes *lanes)
{
	expect(lanes, LANE_FRESH);
}

void
lanes_expect_due(struct lanes *lanes)
{
	expect(lanes, LANE_DUE);
}

void
lanes_raise_floors(struct lanes *lanes)
{
	for (size_t i = 0; i < lanes->count; i++)
		for (int p = 0; p < LANES_PRIORITIES; p++) {
			struct lane_queue *queue = &lanes->items[i]->queues[p];

			queue->floor = queue->sample;
			queue->sample = queue->cursor;
			queue->sweeps = queue->floor > 0;
		}
	expect(lanes, LANE_FRESH);
}

void
lanes_drop_floors(struct lanes *lanes)
{
	for (size_t i = 0; i < lanes->count; i++)
		for (int p = 0; p < LANES_PRIORITIES; p++) {
			struct lane_queue *queue = &lanes->items[i]->queues[p];

			queue->floor = queue->sample = queue->cursor = 0;
		}
	expect(lanes, LANE_FRESH);
	expect(lanes, LANE_DUE);
}

/* Room for more letters, nothing while half of it is still full. */
static int32_t
room(const struct lanes *lanes, const struct lane *lane, int priority,
    const struct lane_list *list)
{
	size_t limit = LANES_KNOWN_LIMIT - (size_t)priority * KEPT;

	if (!list->may_have_more || lanes->known >= limit ||
	    2 * list->count > lane->look_ahead)
		return 0;
	return (int32_t)(lane->look_ahead - list->count);
}

/* Those known are found again unless the fetch looks behind the cursor. */
static struct outbox_want
want(const struct lanes *lanes, const struct lane *lane, int priority)
{
	const struct lane_queue *queue = &lane->queues[priority];
	const struct lane_list *fresh = &queue->lists[LANE_FRESH];
	const struct lane_list *due = &queue->lists[LANE_DUE];
	struct outbox_want made = { .endpoint = lane->number,
		.priority = priority,
		.floor = queue->cursor,
		.fresh = room(lanes, lane, priority, fresh),
		.due = room(lanes, lane, priority, due) };

	if (queue->sweeps || fresh->known <= FEW) {
		made.floor = queue->sweeps ? 0 : queue->floor;
		made.fresh += made.fresh > 0 ? (int32_t)fresh->known : 0;
	}
	made.due += made.due > 0 ? (int32_t)due->known : 0;
	return made;
}

/* It takes letters faster than they are fetched. */
static void
grow(struct lane *lane)
{
	size_t count = 0;
	bool may_have_more = false;

	for (int p = 0; p < LANES_PRIORITIES; p++)
		for (int sort = 0; sort < LANE_SORTS; sort++) {
			count += lane->queues[p].lists[sort].count;
			may_have_more |=
			    lane->queues[p].lists[sort].may_have_more;
		}
	if (!lane->has_flowed || !may_have_more || 2 * count > lane->look_ahead)
		return;
	lane->has_flowed = false;
	lane->look_ahead *= 2;
	if (lane->look_ahead > LANES_LOOK_AHEAD_MOST)
		lane->look_ahead = LANES_LOOK_AHEAD_MOST;
}

/* A wake-up while the fetch is under way makes it true again. */
static void
expect_no_more(struct lane *lane, const struct outbox_want *want)
{
	struct lane_list *lists = lane->queues[want->priority].lists;

	if (want->fresh > 0)
		lists[LANE_FRESH].may_have_more = false;
	if (want->due > 0)
		lists[LANE_DUE].may_have_more = false;
}

size_t
lanes_plan(struct lanes *lanes, struct outbox_want *wants, size_t capacity)
{
	size_t count = 0;

	for (size_t i = 0; i < lanes->count; i++)
		grow(lanes->items[i]);
	for (int p = 0; p < LANES_PRIORITIES; p++)
		for (size_t i = 0; i < lanes->count && count < capacity; i++) {
			if (!lanes->items[i]->is_open)
				continue;
			wants[count] = want(lanes, lanes->items[i], p);
			if (wants[count].fresh == 0 && wants[count].due == 0)
				continue;
			expect_no_more(lanes->items[i], &wants[count++]);
		}
	lanes->is_fetching = count > 0;
	return count;
}

static void
note_yield(struct lanes *lanes, const struct outbox_want *want,
    const struct lanes_yield *yield)
{
	struct lane_queue *queue =
	    &lanes_find(lanes, want->endpoint)->queues[want->priority];

	if (yield == NULL || yield->rows[LANE_FRESH] >= want->fresh)
		queue->lists[LANE_FRESH].may_have_more |= want->fresh > 0;
	if (yield == NULL || yield->rows[LANE_DUE] >= want->due)
		queue->lists[LANE_DUE].may_have_more |= want->due > 0;
	if (yield != NULL && want->fresh > 0)
		queue->sweeps = false;
}

static void
remove_letter(struct lanes *lanes, struct letter *letter)
{
	struct letter **slot = slot_of(lanes, letter->row.seq);

	while (*slot != letter)
		slot = &(*slot)->same;
	*slot = letter->same;
	letter_free(letter);
}

void
lanes_fetched(struct lanes *lanes, const struct outbox_want *wants,
    const struct lanes_yield *yields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		note_yield(
		    lanes, &wants[i], yields != NULL ? &yields[i] : NULL);
	lanes->is_fetching = false;
	while (lanes->gone != NULL) {
		struct letter *letter = lanes->gone;

		lanes->gone = letter->next;
		remove_letter(lanes, letter);
	}
}

/* ---- letters */

struct lane_list *
lanes_list_of(const struct lanes *lanes, const struct letter *letter)
{
	struct lane *lane = lanes_find(lanes, letter->row.endpoint);

	return &lane->queues[letter->row.priority]
		    .lists[letter->is_retry ? LANE_DUE : LANE_FRESH];
}

void
lanes_add(struct lanes *lanes, struct letter *letter)
{
	struct lane *lane = lanes_find(lanes, letter->row.endpoint);
	struct lane_queue *queue = &lane->queues[letter->row.priority];
	struct lane_list *list = lanes_list_of(lanes, letter);
	struct letter **slot = slot_of(lanes, letter->row.seq);

	letter->next = NULL;
	*list->last = letter;
	list->last = &letter->next;
	list->count++;
	list->known++;
	lanes->ready++;
	lanes->known++;
	letter->same = *slot;
	*slot = letter;
	if (!letter->is_retry && letter->row.seq > queue->cursor)
		queue->cursor = letter->row.seq;
}

struct letter *
lanes_pull(struct lanes *lanes, struct lane_list *list, struct letter **slot)
{
	struct letter *letter = *slot;

	*slot = letter->next;
	if (list->last == &letter->next)
		list->last = slot;
	list->count--;
	lanes->ready--;
	letter->next = NULL;
	return letter;
}

static void
drop(struct lanes *lanes, struct letter *letter)
{
	lanes_list_of(lanes, letter)->known--;
	lanes->known--;
	lanes_end_way(lanes, letter);
	if (!lanes->is_fetching) {
		remove_letter(lanes, letter);
		return;
	}
	letter->next = lanes->gone;
	lanes->gone = letter;
}

/* Those that wait for a letter that failed: it stands in the retry table now,
 * so that no fetch brings them before it is delivered. */
static void
drop_later(
    struct lanes *lanes, struct lane_queue *queue, const struct letter *failed)
{
	for (int sort = 0; sort < LANE_SORTS; sort++) {
		struct lane_list *list = &queue->lists[sort];
		struct letter **slot = &list->first;

		while (*slot != NULL)
			if ((*slot)->row.order_key == failed->row.order_key)
				drop(lanes, lanes_pull(lanes, list, slot));
			else
				slot = &(*slot)->next;
	}
}

/* Those that waited for it lie below the cursor. */
static void
expect_later(struct lane_queue *queue)
{
	queue->sweeps = true;
	queue->lists[LANE_FRESH].may_have_more = true;
	queue->lists[LANE_DUE].may_have_more = true;
}

void
lanes_forget(struct lanes *lanes, struct letter *letter)
{
	struct lane *lane = lanes_find(lanes, letter->row.endpoint);
	struct lane_queue *queue = &lane->queues[letter->row.priority];

	if (letter->row.order_key != 0 && letter->is_under_way) {
		if (!letter->attempt.is_delivered)
			drop_later(lanes, queue, letter);
		else if (letter->is_retry)
			expect_later(queue);
	}
	drop(lanes, letter);
}

static void
drop_queue(struct lanes *lanes, struct lane_queue *queue)
{
	for (int sort = 0; sort < LANE_SORTS; sort++) {
		struct lane_list *list = &queue->lists[sort];

		while (list->count > 0)
			drop(lanes, lanes_pull(lanes, list, &list->first));
		list->may_have_more = true;
	}
	queue->floor = queue->sample = queue->cursor = 0;
}

void
lanes_drop_closed(struct lanes *lanes)
{
	for (size_t i = 0; i < lanes->count; i++)
		for (int p = 0; p < LANES_PRIORITIES; p++)
			if (!lanes->items[i]->is_open)
				drop_queue(lanes, &lanes->items[i]->queues[p]);
}
