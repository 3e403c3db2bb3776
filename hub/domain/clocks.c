/*
 * Clocks of requests and targets: see clocks.h.
 */
#include "hub/domain/clocks.h"

#include "hub/base/clock.h"
#include "hub/domain/ids.h"

#define DAY (24 * 3600 * CLOCK_SECOND)
#define CLOCK(kind) (UINT32_C(1) << DEADLINE_##kind)

static const char *const kinds[] = {
	[DEADLINE_ACKNOWLEDGEMENT] = "acknowledgement",
	[DEADLINE_DECISION] = "decision",
	[DEADLINE_CORRECTION] = "correction",
	[DEADLINE_HOLD] = "hold_expiry",
	[DEADLINE_RELEASE] = "release",
	[DEADLINE_CONFIRMATION] = "confirmation",
	[DEADLINE_REQUEST] = "request_expiry",
	[DEADLINE_FORMALITY] = "formality",
	[DEADLINE_GRIEVANCE_REPLY] = "grievance_reply",
	[DEADLINE_GRIEVANCE_DECISION] = "grievance_decision",
	[DEADLINE_WATCH] = "watch_expiry",
	[DEADLINE_PAYMENT_HOLD] = "payment_hold_term",
	[DEADLINE_RESTITUTION] = "restitution",
};
static const char *const statuses[] = {
	[DEADLINE_RUNNING] = "running",
	[DEADLINE_ENDED] = "ended",
	[DEADLINE_PASSED] = "passed",
};
static const char *const overlays[] = {
	[OVERLAY_OVERDUE_ACK] = "overdue_ack",
	[OVERLAY_OVERDUE_DECISION] = "overdue_decision",
};

const struct words deadline_kind_words = { "kind of deadline", kinds,
	DEADLINE_KIND_COUNT };
const struct words deadline_status_words = { "status of a deadline", statuses,
	DEADLINE_STATUS_COUNT };
const struct words clock_overlay_words = { "overlay", overlays, OVERLAY_COUNT };

/* clang-format off */
static const struct clock_rule rules[DEADLINE_KIND_COUNT] = {
	/*                               subject       by the unit  reminds */
	[DEADLINE_ACKNOWLEDGEMENT]    = { ID_TARGET,    false,       true  },
	[DEADLINE_DECISION]           = { ID_TARGET,    false,       true  },
	[DEADLINE_CORRECTION]         = { ID_TARGET,    true,        true  },
	[DEADLINE_HOLD]               = { ID_TARGET,    true,        true  },
	[DEADLINE_RELEASE]            = { ID_TARGET,    false,       true  },
	[DEADLINE_CONFIRMATION]       = { ID_REQUEST,   true,        true  },
	/* Its holds have clocks of their own. */
	[DEADLINE_REQUEST]            = { ID_REQUEST,   true,        false },
	[DEADLINE_FORMALITY]          = { ID_FORMALITY, true,        true  },
	[DEADLINE_GRIEVANCE_REPLY]    = { ID_GRIEVANCE, false,       true  },
	[DEADLINE_GRIEVANCE_DECISION] = { ID_GRIEVANCE, true,        true  },
	/* Of no case: they only end. */
	[DEADLINE_WATCH]              = { ID_WATCH,     false,       false },
	[DEADLINE_PAYMENT_HOLD]       = { ID_PAYMENT_HOLD, false,    false },
	[DEADLINE_RESTITUTION]        = { ID_RESTITUTION, false,     true  },
};

static const uint32_t target_clocks[TARGET_STATE_COUNT] = {
	[TARGET_QUEUED]          = CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION),
	[TARGET_SENT]            = CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION),
	[TARGET_DELIVERED]       = CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION),
	[TARGET_UNDELIVERABLE]   = CLOCK(ACKNOWLEDGEMENT) | CLOCK(DECISION),
	[TARGET_ACKNOWLEDGED]    = CLOCK(DECISION),
	[TARGET_IN_REVIEW]       = CLOCK(DECISION),
	[TARGET_HELD_FULL]       = CLOCK(HOLD),
	[TARGET_HELD_PARTIAL]    = CLOCK(HOLD),
	[TARGET_BLOCKED]         = CLOCK(HOLD),
	[TARGET_REJECTED]        = CLOCK(CORRECTION),
	[TARGET_RELEASE_PENDING] = CLOCK(RELEASE),
	[TARGET_ATTACHED]        = CLOCK(HOLD), /* until the order's end */
};

static const uint32_t request_clocks[REQUEST_STATE_COUNT] = {
	[REQUEST_DRAFT]            = CLOCK(REQUEST),
	[REQUEST_PENDING_APPROVAL] = CLOCK(REQUEST),
	[REQUEST_ISSUED]           = CLOCK(REQUEST),
	[REQUEST_SUSPENDED]        = CLOCK(REQUEST),
};

/* While a document waits for its decision nobody owes it. */
static const uint32_t formality_clocks[FORMALITY_STATE_COUNT] = {
	[FORMALITY_DUE]       = CLOCK(FORMALITY),
	[FORMALITY_DEFECTIVE] = CLOCK(FORMALITY),
	[FORMALITY_REJECTED]  = CLOCK(FORMALITY),
	[FORMALITY_OVERDUE]   = CLOCK(FORMALITY),
};

static const uint32_t grievance_clocks[GRIEVANCE_STATE_COUNT] = {
	[GRIEVANCE_FILED]         = CLOCK(GRIEVANCE_REPLY),
	[GRIEVANCE_BANK_ENDORSED] = CLOCK(GRIEVANCE_DECISION),
	[GRIEVANCE_WITH_OFFICER]  = CLOCK(GRIEVANCE_DECISION),
	[GRIEVANCE_ESCALATED_1]   = CLOCK(GRIEVANCE_DECISION),
	[GRIEVANCE_ESCALATED_2]   = CLOCK(GRIEVANCE_DECISION),
};
/* clang-format on */

const struct clock_rule *
clocks_rule(enum deadline_kind kind)
{
	return &rules[kind];
}

uint32_t
clocks_of_target(enum target_state state)
{
	return target_clocks[state];
}

/* Until a second supervisor has confirmed it, an emergency has a clock more. */
uint32_t
clocks_of_request(
    const struct freeze_request *request, enum request_state state)
{
	uint32_t clocks = request_clocks[state];

	if (state == REQUEST_ISSUED && request->is_emergency &&
	    request->confirm_by != 0 && id_is_zero(&request->approved_by))
		clocks |= CLOCK(CONFIRMATION);
	return clocks;
}

uint32_t
clocks_of_formality(enum formality_state state)
{
	return formality_clocks[state];
}

uint32_t
clocks_of_grievance(enum grievance_state state)
{
	return grievance_clocks[state];
}

uint32_t
clocks_of_restitution(enum restitution_state state)
{
	return restitution_state_is_owed(state) ? CLOCK(RESTITUTION) : 0;
}

/* ---- beginning */

static void
begin(struct deadline *deadline, enum deadline_kind kind, int64_t started_at,
    int64_t due_at)
{
	deadline->kind = kind;
	deadline->started_at = started_at;
	deadline->due_at = due_at;
	deadline->status = DEADLINE_RUNNING;
	deadline->stage = rules[kind].reminds ? DEADLINE_AT_HALF
					      : DEADLINE_AT_END;
	deadline->next_at = clocks_stage_at(deadline, deadline->stage);
}

static int64_t
target_due(enum deadline_kind kind, const struct target *target,
    const struct freeze_request *request, const struct profile *profile,
    int64_t at)
{
	switch (kind) {
	case DEADLINE_ACKNOWLEDGEMENT:
		return target->queued_at +
		    profile->ack_seconds[request->priority] * CLOCK_SECOND;
	case DEADLINE_DECISION:
		return target->queued_at +
		    profile->decision_seconds[request->priority] * CLOCK_SECOND;
	case DEADLINE_CORRECTION:
		return target->correct_until;
	case DEADLINE_HOLD:
		return target->expires_at;
	case DEADLINE_RELEASE:
		return at + profile->release_seconds * CLOCK_SECOND;
	case DEADLINE_CONFIRMATION:
	case DEADLINE_REQUEST:
	case DEADLINE_FORMALITY:
	case DEADLINE_GRIEVANCE_REPLY:
	case DEADLINE_GRIEVANCE_DECISION:
	case DEADLINE_WATCH:
	case DEADLINE_PAYMENT_HOLD:
	case DEADLINE_RESTITUTION:
	case DEADLINE_KIND_COUNT:
		break;
	}
	return 0;
}

bool
clocks_begin_target(enum deadline_kind kind, const struct target *target,
    const struct freeze_request *request, const struct profile *profile,
    int64_t at, struct deadline *deadline)
{
	int64_t due_at = target_due(kind, target, request, profile, at);
	bool is_asked = kind == DEADLINE_ACKNOWLEDGEMENT ||
	    kind == DEADLINE_DECISION;

	if (due_at == 0)
		return false;
	deadline->case_id = target->case_id;
	begin(deadline, kind, is_asked ? target->queued_at : at, due_at);
	return true;
}

bool
clocks_begin_request(enum deadline_kind kind,
    const struct freeze_request *request, const struct id *unit,
    struct deadline *deadline)
{
	int64_t due_at = kind == DEADLINE_CONFIRMATION ? request->confirm_by
						       : request->expires_at;

	if (due_at == 0)
		return false;
	deadline->case_id = request->case_id;
	deadline->owed_by = *unit;
	begin(deadline, kind, request->created_at, due_at);
	return true;
}

void
clocks_begin_formality(const struct formality *formality, const struct id *unit,
    struct deadline *deadline)
{
	deadline->case_id = formality->case_id;
	deadline->owed_by = *unit;
	begin(deadline, DEADLINE_FORMALITY, formality->created_at,
	    formality->due_at);
}

bool
clocks_begin_grievance(enum deadline_kind kind,
    const struct grievance *grievance, const struct id *unit, int64_t at,
    struct deadline *deadline)
{
	if (grievance->due_at == 0)
		return false;
	deadline->case_id = grievance->case_id;
	deadline->owed_by = rules[kind].owed_by_unit ? *unit
						     : grievance->institution;
	begin(deadline, kind, at, grievance->due_at);
	return true;
}

void
clocks_begin_apart(enum deadline_kind kind, const struct id *owner, int64_t at,
    int64_t due_at, struct deadline *deadline)
{
	deadline->owed_by = *owner;
	begin(deadline, kind, at, due_at);
}

void
clocks_begin_restitution(
    const struct restitution *restitution, struct deadline *deadline)
{
	deadline->case_id = restitution->case_id;
	deadline->owed_by = restitution->institution;
	begin(deadline, DEADLINE_RESTITUTION, restitution->decided_at,
	    restitution->due_at);
}

/* ---- stages */

int64_t
clocks_stage_at(const struct deadline *deadline, enum deadline_stage stage)
{
	int64_t span = deadline->due_at - deadline->started_at;

	switch (stage) {
	case DEADLINE_AT_HALF:
		return deadline->started_at + span / 2;
	case DEADLINE_AT_FOUR_FIFTHS:
		return deadline->started_at + span / 5 * 4;
	case DEADLINE_AT_END:
		return deadline->due_at;
	case DEADLINE_A_DAY_LATER:
		return deadline->due_at + DAY;
	case DEADLINE_STAGE_COUNT:
		break;
	}
	return 0;
}

void
clocks_advance(struct deadline *deadline)
{
	bool is_last = deadline->stage == DEADLINE_A_DAY_LATER ||
	    (deadline->stage == DEADLINE_AT_END &&
		!rules[deadline->kind].reminds);

	if (is_last) {
		deadline->status = DEADLINE_PASSED;
		deadline->next_at = 0;
		return;
	}
	deadline->stage++;
	deadline->next_at = clocks_stage_at(deadline, deadline->stage);
}

int
clocks_percent(enum deadline_stage stage)
{
	return stage == DEADLINE_AT_HALF       ? 50
	    : stage == DEADLINE_AT_FOUR_FIFTHS ? 80
					       : 100;
}

int64_t
clocks_hold_end(const struct target *target,
    const struct freeze_request *request, const struct profile *profile)
{
	if (profile == NULL || target->queued_at == 0 ||
	    request->issued_at == 0)
		return request->expires_at;
	return profile_layer_end(profile, target->layer, target->queued_at,
	    request->issued_at, request->expires_at);
}

/* ---- overlays */

int64_t
clocks_overlay_at(enum clock_overlay overlay, const struct target *target,
    const struct freeze_request *request, const struct profile *profile)
{
	static const enum deadline_kind waits[OVERLAY_COUNT] = {
		[OVERLAY_OVERDUE_ACK] = DEADLINE_ACKNOWLEDGEMENT,
		[OVERLAY_OVERDUE_DECISION] = DEADLINE_DECISION,
	};
	enum deadline_kind kind = waits[overlay];

	if (profile == NULL ||
	    (target_clocks[target->state] & UINT32_C(1) << kind) == 0)
		return 0;
	return target_due(kind, target, request, profile, 0);
}
