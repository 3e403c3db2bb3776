/*
 * What a case would do, for the officer who tries it out before it is issued:
 * why a second person is needed, how the volumes stand, how fast receivers
 * usually are.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/volume.h"

/* Why a request needs a second person. */
enum approval_reason {
	APPROVAL_LARGE,     /* the sum */
	APPROVAL_WIDE,      /* the whole account, or an action that needs two */
	APPROVAL_EMERGENCY, /* goes out at once, and is confirmed later */
	APPROVAL_VELOCITY,  /* an extreme volume */
	APPROVAL_ORDER,     /* its law needs a verified order */
	APPROVAL_REASON_COUNT
};
extern const struct words approval_reason_words;

enum { IMPACT_VOLUMES = 16 };

struct impact {
	uint32_t *reasons; /* of each request: bit per enum approval_reason */
	struct volume_state volumes[IMPACT_VOLUMES];
	size_t volume_count;
};

/* How fast an institution usually acknowledges, in milliseconds. */
struct usual_time {
	struct id institution;
	int64_t asked, p50, p95;
};
