/*
 * The save: see effects_save.h.
 */
#include "hub/store/effects_save.h"

#include "hub/store/save.h"

static enum rc
queue_all(struct db *db, const struct effects *effects, struct err *err)
{
	if (effects->failed)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	TRY(save_rows(db, effects->snapshot, err));
	TRY(save_records(db, effects, err));
	TRY(save_risk(db, effects, err));
	save_registry(db, effects);
	if (effects->gives_kept)
		(void)pipeline_add(db, SQL_SAVE_NOTHING, NULL);
	(void)pipeline_add(db, SQL_COMMIT, NULL);
	return RC_OK;
}

enum rc
effects_save(struct db *db, struct effects *effects, struct err *err)
{
	struct err ignored;
	enum rc rc;

	pipeline_begin(db);
	rc = queue_all(db, effects, err);
	if (rc == RC_OK)
		return pipeline_run(db, err);
	/* What was queued has no COMMIT: run it to leave the pipeline. */
	if (pipeline_run(db, &ignored) == RC_OK)
		db_rollback(db);
	return rc;
}
