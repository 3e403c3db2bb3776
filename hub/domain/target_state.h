/*
 * The life of a target: one identifier at one institution.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/machine.h"

enum target_state {
	TARGET_PROPOSED,
	TARGET_QUEUED,
	TARGET_SENT,
	TARGET_DELIVERED,
	TARGET_UNDELIVERABLE,
	TARGET_ACKNOWLEDGED,
	TARGET_IN_REVIEW,
	TARGET_HELD_FULL,
	TARGET_HELD_PARTIAL,
	TARGET_BLOCKED,
	TARGET_NOT_HELD,
	TARGET_REJECTED,
	TARGET_REJECTED_FINAL,
	TARGET_RELEASE_PENDING,
	TARGET_RELEASED,
	TARGET_ATTACHED,
	TARGET_RESTORED,
	TARGET_CANCELLED,
	TARGET_SUPERSEDED,
	TARGET_STATE_COUNT
};

enum target_event {
	TARGET_EVENT_PROPOSED,  /* drafted, awaits approval, or a lead */
	TARGET_EVENT_DUPLICATE, /* a second live one for the same triple */
	TARGET_EVENT_ISSUED,
	TARGET_EVENT_DISMISSED,
	TARGET_EVENT_ATTEMPTED, /* first attempt without a 2xx */
	TARGET_EVENT_DELIVERED, /* 2xx, or the inbox checkpoint */
	TARGET_EVENT_ESCALATED, /* to people; the retries go on */
	TARGET_EVENT_RECEIPT,
	TARGET_EVENT_PENDING, /* PND_* */
	TARGET_EVENT_HELD_FULL,
	TARGET_EVENT_HELD_PART,
	TARGET_EVENT_BLOCKED,  /* BLK_* */
	TARGET_EVENT_NOT_HELD, /* OUT_*, NIL_BAL, REV_DONE, TXN_FAILED */
	TARGET_EVENT_REJECTED, /* REJ_*, correctable */
	TARGET_EVENT_REJECTED_FINAL,
	TARGET_EVENT_CORRECTED, /* generation + 1, the clock restarts */
	TARGET_EVENT_WINDOW_OVER,
	TARGET_EVENT_EXTENDED,
	TARGET_EVENT_REDUCED,
	TARGET_EVENT_RELEASE_ORDERED,
	TARGET_EVENT_EXPIRED,
	TARGET_EVENT_RELEASED,
	TARGET_EVENT_ATTACHED,
	TARGET_EVENT_RESTORED,
	TARGET_EVENT_PART_RESTORED, /* less is held; the rest goes on */
	TARGET_EVENT_WITHDRAWN,
	TARGET_EVENT_MERGED,
	TARGET_EVENT_COUNT
};

extern const struct machine target_machine;

/* Something is held or blocked: a withdrawal must order its release. */
bool target_state_is_held(enum target_state state);

/* Nothing more can happen, and a second target for the same triple may. */
bool target_state_is_over(enum target_state state);
