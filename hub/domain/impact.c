/*
 * Words of impacts: see impact.h.
 */
#include "hub/domain/impact.h"

static const char *const reasons[] = {
	[APPROVAL_LARGE] = "large",
	[APPROVAL_WIDE] = "wide",
	[APPROVAL_EMERGENCY] = "emergency",
	[APPROVAL_VELOCITY] = "velocity",
	[APPROVAL_ORDER] = "order",
};

const struct words approval_reason_words = { "reason of an approval", reasons,
	APPROVAL_REASON_COUNT };
