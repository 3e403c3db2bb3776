/*
 * Laws that need an order: see ordering.h.
 */
#include "hub/service/ordering.h"

#include <stdio.h>

#include "hub/domain/authority_list.h"

static bool
needs_order(const struct profile *profile, const char *code)
{
	const struct profile_basis *basis = profile == NULL
	    ? NULL
	    : profile_basis(
		  profile, code[0] == '\0' ? profile->default_basis : code);

	return basis != NULL && basis->needs_order;
}

bool
ordering_of_draft(
    const struct profile *profile, const struct request_draft *draft)
{
	if (needs_order(profile, draft->basis))
		return true;
	for (size_t i = 0; i < draft->authority_count; i++)
		if (needs_order(profile_find(draft->authorities[i].profile),
			draft->authorities[i].basis))
			return true;
	return false;
}

/* The code of the first law of a request that needs one, or NULL. */
static bool
find_law(const struct freeze_request *request, struct authority_entry *entry)
{
	const char *more = request->more_authorities == NULL
	    ? ""
	    : request->more_authorities;

	(void)snprintf(
	    entry->profile, sizeof(entry->profile), "%s", request->profile);
	(void)snprintf(
	    entry->basis, sizeof(entry->basis), "%s", request->basis);
	do {
		if (needs_order(
			authority_list_profile(entry->profile), entry->basis))
			return true;
	} while (authority_list_next(&more, entry));
	return false;
}

enum rc
ordering_check(const struct snapshot *snapshot,
    const struct freeze_request *request, struct err *err)
{
	struct authority_entry law;

	if (!find_law(request, &law) ||
	    snapshot_has_verified_order(snapshot, &request->id))
		return RC_OK;
	return err_set(err, RC_CONFLICT, "order_missing",
	    "%s needs a verified order: file it, and another supervisor "
	    "verifies it",
	    law.basis);
}
