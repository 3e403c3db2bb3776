/*
 * The life of a freeze request.  The officer sets desired_status, the hub
 * sets status.
 */
#pragma once

#include "hub/domain/machine.h"

enum request_state {
	REQUEST_DRAFT,
	REQUEST_PENDING_APPROVAL,
	REQUEST_ISSUED,
	REQUEST_COMPLETED, /* every target is over: nothing to undo */
	REQUEST_REFUSED,
	REQUEST_WITHDRAWN,
	REQUEST_EXPIRED,
	REQUEST_SUSPENDED,
	REQUEST_STATE_COUNT
};

enum request_event {
	REQUEST_EVENT_DRAFTED,
	REQUEST_EVENT_APPROVAL_ASKED,
	REQUEST_EVENT_ISSUED,
	REQUEST_EVENT_CONFIRMED, /* an emergency, by another supervisor */
	REQUEST_EVENT_AMENDED,   /* generation + 1 */
	REQUEST_EVENT_COMPLETED,
	REQUEST_EVENT_REFUSED,
	REQUEST_EVENT_WITHDRAWN,
	REQUEST_EVENT_EXPIRED,
	REQUEST_EVENT_SUSPENDED,
	REQUEST_EVENT_COUNT
};

extern const struct machine request_machine;
