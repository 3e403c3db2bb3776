/*
 * Notifications: see notify.h.
 */
#include "hub/store/notify.h"

enum rc
notify_send(struct db *db, const char *payload, struct err *err)
{
	struct params *params = db_params(db);

	params_text(params, payload);
	return db_query(db, SQL_BELL_RING, params, NULL, err);
}
