/*
 * What tests of a running desk share: a fresh database with the small world
 * of batch.h, keys, one desk on it and room for a batch of errands.
 */
#pragma once

#include <stdatomic.h>

#include "test/db/db.h"
#include "test/db/errand.h"

enum { OFFICE_BATCH = 20 };

struct office {
	struct world world;
	struct desk_settings settings; /* of office_open_desk */
	struct desk *desk, *second;    /* second: NULL until a test opens it */
	struct errand *batch[OFFICE_BATCH];
	atomic_uint rings; /* told by the desk's threads, before the replies */
};
extern struct office office;

/* A checked fixture; what a test left must fit together. */
void office_set_up(void);
void office_tear_down(void);

struct desk *office_open_desk(void);

/* The desk anew, after a change of the settings. */
void office_reopen_desk(void);

/* The registry as it is in the database now. */
void office_reload_view(void);

/* Run text as the database's owner. */
void office_as_owner(const char *text);

/* Cases 1 to OFFICE_BATCH of one target each under the keys "k0" …; give
 * them to the desk as one batch and wait for all. */
void office_fill_batch(void);
void office_give_batch(void);
void office_free_batch(void);
