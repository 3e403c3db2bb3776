/*
 * The save: see effects_save.h.
 */
#include "hub/store/effects_save.h"

#include "hub/store/save.h"

/* What was queued has no COMMIT: run it to leave the pipeline. */
void
effects_save_abandon(struct db *db)
{
	struct err ignored;

	if (pipeline_run(db, &ignored) == RC_OK)
		db_rollback(db);
}

static enum rc
queue_rows(struct db *db, const struct effects *effects, struct err *err)
{
	if (effects->failed)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	return save_rows(db, effects->snapshot, err);
}

enum rc
effects_save_rows(struct db *db, const struct effects *effects, struct err *err)
{
	enum rc rc;

	pipeline_begin(db);
	rc = queue_rows(db, effects, err);
	if (rc == RC_OK)
		pipeline_send(db);
	else
		effects_save_abandon(db);
	return rc;
}

static enum rc
queue_records(struct db *db, const struct effects *effects, struct err *err)
{
	TRY(save_records(db, effects, err));
	TRY(save_risk(db, effects, err));
	save_registry(db, effects);
	if (effects->gives_kept)
		(void)pipeline_add(db, SQL_SAVE_NOTHING, NULL);
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	return RC_OK;
}

enum rc
effects_save_records(
    struct db *db, const struct effects *effects, struct err *err)
{
	enum rc rc = queue_records(db, effects, err);

	if (rc == RC_OK)
		return pipeline_run(db, err);
	effects_save_abandon(db);
	return rc;
}
