/*
 * The sequencer's round: see sequence.h.
 *
 * The floor.  Event ids are batch number * 65536 + n; a desk's transaction
 * draws its batch number after its xid was assigned (load_batch_number).  Say
 * a round has seen the number N.  Whoever drew a number up to N did so before,
 * and had its xid then.  The xid X of the round after that is higher, so when
 * every transaction up to X has ended, none can add an event of batch N or
 * below, and the floor may rise to N + 1.  The snapshot's xmax would not do
 * for X: it is not above a transaction that runs and is the newest.
 */
#include "hub/store/sequence.h"

enum { BATCH_BITS = 16 };

/* What a round's answer means for the next one. */
static void
plan_floor(struct sequence *sequence, int64_t last, int64_t xid)
{
	if (sequence->barrier != 0 && sequence->floor >= sequence->next_floor)
		sequence->barrier = 0;
	if (sequence->barrier == 0 &&
	    (sequence->highest + 1) << BATCH_BITS > sequence->floor &&
	    sequence->highest > 0) {
		sequence->next_floor = (sequence->highest + 1) << BATCH_BITS;
		sequence->barrier = xid;
	}
	if (last >> BATCH_BITS > sequence->highest)
		sequence->highest = last >> BATCH_BITS;
}

enum rc
sequence_round(struct db *db, const struct id *owner, int64_t epoch,
    int32_t limit, struct sequence *sequence, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_id(params, owner);
	params_int8(params, epoch);
	params_int4(params, limit);
	params_int8(params, sequence->next_floor);
	params_int8(params, sequence->barrier);
	TRY(db_query(db, SQL_SEQUENCE_ROUND, params, &rows, err));
	if (!rows_bool(rows, 0, 2))
		return err_set(err, RC_CONFLICT, "lease_lost",
		    "another node is the sequencer now");
	*count = (size_t)rows_int(rows, 0, 0);
	sequence->floor = rows_int(rows, 0, 4);
	plan_floor(sequence, rows_int(rows, 0, 1), rows_int(rows, 0, 3));
	return RC_OK;
}
