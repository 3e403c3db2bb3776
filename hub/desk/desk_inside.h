/*
 * What a batch needs of its desk.
 */
#pragma once

#include "hub/desk/inside.h"

/* The one batch of this desk; its arena and connection are reused. */
struct batch *desk_inside_batch(struct desk *desk);

/* The view to decide with; the caller drops the reference. */
struct registry *desk_inside_registry(struct desk *desk);

/* Tell of what was committed. */
void desk_inside_ring(struct desk *desk, const struct batch *batch);

/* Hand the settled job's reply to whoever waits, and free the job. */
void desk_inside_done(struct desk *desk, struct job *job);

/* Does the database answer? */
void desk_inside_ready(struct desk *desk, bool is_ready);
void desk_inside_lost(struct desk *desk);

void desk_inside_count_retry(struct desk *desk);
void desk_inside_count_bisection(struct desk *desk);
