/*
 * Who may do what: one table of rights by role (docs/domain.md, section 9).
 * Whether a thing is *theirs* is decided beside it; what is not theirs is
 * answered like what does not exist.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/actor.h"
#include "hub/domain/registry.h"

enum right {
	RIGHT_SUBMIT_CASE,
	RIGHT_APPROVE_REQUEST,
	RIGHT_WITHDRAW_REQUEST,
	RIGHT_AMEND_REQUEST,
	RIGHT_ADD_REQUESTS,
	RIGHT_PATCH_CASE,
	RIGHT_WITHDRAW_CASE,
	RIGHT_MERGE_CASE,
	RIGHT_CLOSE_CASE,
	RIGHT_ISSUE_TARGET,
	RIGHT_CORRECT_TARGET,
	RIGHT_REMIND_TARGET,
	RIGHT_RELEASE_TARGET,
	RIGHT_REDUCE_TARGET,
	RIGHT_EXTEND_TARGET,
	RIGHT_ATTACH_EVIDENCE,
	RIGHT_FILE_GRIEVANCE,
	RIGHT_DECIDE_GRIEVANCE,
	RIGHT_FILE_DOCUMENT,
	RIGHT_DECIDE_DOCUMENT,
	RIGHT_WAIVE_FORMALITY,
	RIGHT_READ_DOCUMENT,
	RIGHT_READ_CONTENT,
	RIGHT_ATTACH_TARGET,
	RIGHT_PROPOSE_RESTITUTION,
	RIGHT_ORDER_RESTITUTION,
	RIGHT_PAY_RESTITUTION,
	RIGHT_READ_RESTITUTION,
	RIGHT_RESPOND,
	RIGHT_CONFIRM_RELEASE,
	RIGHT_READ_CASE,
	RIGHT_READ_STATUS,
	RIGHT_READ_TRAIL,
	RIGHT_READ_TARGET,
	RIGHT_READ_TIMELINE,
	RIGHT_READ_FORMALITY,
	RIGHT_READ_INBOX,
	RIGHT_CHECKPOINT_INBOX,
	RIGHT_READ_REGISTRY,
	RIGHT_PROPOSE_REGISTRY,
	RIGHT_PROPOSE_ENDPOINT,
	RIGHT_CONFIRM_REGISTRY,
	RIGHT_REVOKE_CERTIFICATE,
	RIGHT_READ_SELF,
	RIGHT_PARSE,
	RIGHT_READ_REPORTS,
	RIGHT_READ_ALERTS,
	RIGHT_READ_ROSTER,
	RIGHT_SET_ROSTER,
	RIGHT_PLAN_RESTITUTION,
	RIGHT_READ_AGREEMENTS,
	RIGHT_WITHDRAW_AGREEMENT,
	RIGHT_SEND_SIGNAL,
	RIGHT_TEST_ENDPOINT,
	RIGHT_READ_ATTEMPTS,
	RIGHT_READ_SIGNALS,
	RIGHT_KEEP_WATCH_LIST,
	RIGHT_DECIDE_WATCH,
	RIGHT_READ_WATCH_LIST,
	RIGHT_LOOK_UP,
	RIGHT_HOLD_PAYMENT,
	RIGHT_COUNT
};

extern const struct words right_words;

/* Bit per enum role. */
uint32_t access_roles(enum right right);

/* RC_FORBIDDEN `role_not_allowed` unless the actor's role has the right. */
NODISCARD enum rc
access_check(const struct actor *actor, enum right right, struct err *err);

/* May the actor see this case at all?  Police: own unit, supervisors also
 * units below; auditors all; others only through a target of their own
 * (`has_target`). */
bool access_sees_case(const struct actor *actor,
    const struct registry *registry, const struct id *unit, bool has_target);

/* May the actor see this target? */
bool
access_sees_target(const struct actor *actor, const struct registry *registry,
    const struct id *unit, const struct id *institution);

/* May the actor see who of an institution is on duty?  The police of the own
 * unit and, supervisors, below; institutions their own; auditors and admins
 * all. */
bool access_sees_roster(const struct actor *actor,
    const struct registry *registry, const struct id *institution);
