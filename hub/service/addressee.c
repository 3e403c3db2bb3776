/*
 * Addressees of requests and leads: see addressee.h.
 */
#include "hub/service/addressee.h"

#include <stdio.h>
#include <string.h>

enum { BANK_CODE_LENGTH = 4 };

enum rc
addressee_check_bank(const struct registry *registry,
    const struct identifier *identifier, struct err *err)
{
	char code[BANK_CODE_LENGTH + 1];
	const char *text, *pointer;

	if (identifier->type == IDENTIFIER_IFSC) {
		text = identifier->value;
		pointer = "/value";
	} else if (identifier->type == IDENTIFIER_IN_ACCOUNT) {
		text = identifier->qualifier;
		pointer = strlen(text) == BANK_CODE_LENGTH ? "/bank_code"
							   : "/ifsc";
	} else
		return RC_OK;
	(void)snprintf(code, sizeof code, "%.4s", text);
	if (registry_knows_bank_code(registry, code))
		return RC_OK;
	return err_at(err, RC_INVALID, pointer, "unknown_bank",
	    "no bank has the code %s", code);
}

bool
addressee_is_reachable(const struct registry *registry,
    const struct institution *institution, int64_t at)
{
	return registry_is_active(
		   institution->status, institution->active_from, at) &&
	    registry_endpoint_of(registry, &institution->id, at) != NULL;
}

static enum rc
find_named(const struct registry *registry, const char *named,
    const struct institution **institution, struct err *err)
{
	*institution = registry_institution_named(registry, named);
	if (*institution == NULL)
		return err_at(err, RC_INVALID, "/institution",
		    "unknown_institution", "no institution is named so");
	return RC_OK;
}

enum rc
addressee_find(const struct registry *registry, const char *named,
    const struct identifier *identifier, int64_t at,
    const struct institution **institution, struct err *err)
{
	enum rc rc = addressee_check_bank(registry, identifier, err);

	if (rc != RC_OK) {
		err_prefix(err, "/identifier");
		return rc;
	}
	if (named != NULL) {
		TRY(find_named(registry, named, institution, err));
	} else {
		*institution = registry_route(registry, identifier, at);
		if (*institution == NULL)
			return err_at(err, RC_INVALID, "/institution",
			    "no_route",
			    "this identifier does not tell the institution; "
			    "name it");
	}
	if ((*institution)->kind == INSTITUTION_POLICE_UNIT ||
	    (*institution)->kind == INSTITUTION_AUDITOR ||
	    (*institution)->kind == INSTITUTION_HUB)
		return err_at(err, RC_INVALID, "/institution",
		    "not_an_addressee", "%s takes no freeze requests",
		    (*institution)->name);
	if (!addressee_is_reachable(registry, *institution, at))
		return err_at(err, RC_INVALID, "/institution",
		    "institution_not_active",
		    "%s cannot be reached through the hub at present",
		    (*institution)->name);
	return RC_OK;
}
