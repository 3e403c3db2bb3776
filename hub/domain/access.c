/*
 * Who may do what: see access.h.
 */
#include "hub/domain/access.h"

#define MAY(role) (1u << ROLE_##role)

enum {
	POLICE = MAY(OFFICER) | MAY(SUPERVISOR),
	RESPONDERS = MAY(NODAL) | MAY(SERVICE),
	READERS = POLICE | MAY(NODAL) | MAY(AUDITOR),
	ANYBODY = READERS | MAY(SERVICE) | MAY(ADMIN),
};

/* A service is a nodal officer's machine: it never submits and never confirms
 * a release.  An admin sees no case data.  The hub's own commands need no
 * right: no certificate has its role. */
/* clang-format off */
#define RIGHTS(ROW) \
	ROW(SUBMIT_CASE,        submit_case,         POLICE | MAY(NODAL)) \
	ROW(APPROVE_REQUEST,    approve_request,     MAY(SUPERVISOR)) \
	ROW(WITHDRAW_REQUEST,   withdraw_request,    POLICE) \
	ROW(AMEND_REQUEST,      amend_request,       POLICE) \
	ROW(ADD_REQUESTS,       add_requests,        POLICE) \
	ROW(PATCH_CASE,         patch_case,          POLICE) \
	ROW(WITHDRAW_CASE,      withdraw_case,       POLICE) \
	ROW(MERGE_CASE,         merge_case,          POLICE) \
	ROW(CLOSE_CASE,         close_case,          POLICE) \
	ROW(ISSUE_TARGET,       issue_target,        POLICE) \
	ROW(CORRECT_TARGET,     correct_target,      POLICE) \
	ROW(REMIND_TARGET,      remind_target,       POLICE) \
	ROW(RELEASE_TARGET,     release_target,      POLICE) \
	ROW(REDUCE_TARGET,      reduce_target,       POLICE) \
	ROW(EXTEND_TARGET,      extend_target,       POLICE) \
	ROW(ATTACH_EVIDENCE,    attach_evidence,     POLICE | MAY(NODAL)) \
	ROW(FILE_GRIEVANCE,     file_grievance,      POLICE | MAY(NODAL)) \
	ROW(DECIDE_GRIEVANCE,   decide_grievance,    POLICE | MAY(NODAL)) \
	ROW(FILE_DOCUMENT,      file_document,       POLICE | MAY(NODAL)) \
	ROW(DECIDE_DOCUMENT,    decide_document,     MAY(SUPERVISOR) | MAY(NODAL)) \
	ROW(WAIVE_FORMALITY,    waive_formality,     MAY(SUPERVISOR)) \
	ROW(READ_DOCUMENT,      read_document,       READERS | MAY(SERVICE)) \
	ROW(READ_CONTENT,       read_content,        POLICE | MAY(NODAL) | MAY(SERVICE)) \
	ROW(ATTACH_TARGET,      attach_target,       POLICE) \
	ROW(PROPOSE_RESTITUTION, propose_restitution, POLICE) \
	ROW(ORDER_RESTITUTION,  order_restitution,   MAY(SUPERVISOR)) \
	ROW(PAY_RESTITUTION,    pay_restitution,     MAY(NODAL)) \
	ROW(READ_RESTITUTION,   read_restitution,    READERS | MAY(SERVICE)) \
	ROW(RESPOND,            respond,             RESPONDERS) \
	ROW(CONFIRM_RELEASE,    confirm_release,     MAY(NODAL)) \
	ROW(READ_CASE,          read_case,           READERS) \
	ROW(READ_STATUS,        read_status,         POLICE) \
	ROW(READ_TRAIL,         read_trail,          POLICE | MAY(AUDITOR)) \
	ROW(READ_TARGET,        read_target,         READERS | MAY(SERVICE)) \
	ROW(READ_TIMELINE,      read_timeline,       READERS) \
	ROW(READ_FORMALITY,     read_formality,      READERS | MAY(SERVICE)) \
	ROW(READ_INBOX,         read_inbox,          POLICE | RESPONDERS) \
	ROW(CHECKPOINT_INBOX,   checkpoint_inbox,    POLICE | RESPONDERS) \
	ROW(READ_REGISTRY,      read_registry,       ANYBODY) \
	ROW(PROPOSE_REGISTRY,   propose_registry,    MAY(ADMIN)) \
	ROW(PROPOSE_ENDPOINT,   propose_endpoint,    MAY(NODAL) | MAY(ADMIN)) \
	ROW(CONFIRM_REGISTRY,   confirm_registry,    MAY(ADMIN)) \
	ROW(REVOKE_CERTIFICATE, revoke_certificate,  MAY(ADMIN)) \
	ROW(READ_SELF,          read_self,           ANYBODY) \
	ROW(PARSE,              parse,               POLICE) \
	ROW(READ_REPORTS,       read_reports,        POLICE | MAY(AUDITOR)) \
	ROW(READ_ALERTS,        read_alerts,         MAY(SUPERVISOR) | MAY(AUDITOR)) \
	ROW(READ_ROSTER,        read_roster,         ANYBODY) \
	ROW(SET_ROSTER,         set_roster,          MAY(SUPERVISOR) | MAY(NODAL) | MAY(ADMIN)) \
	ROW(PLAN_RESTITUTION,   plan_restitution,    POLICE) \
	ROW(READ_AGREEMENTS,    read_agreements,     RESPONDERS | MAY(AUDITOR) | MAY(ADMIN)) \
	ROW(WITHDRAW_AGREEMENT, withdraw_agreement,  MAY(NODAL) | MAY(ADMIN)) \
	ROW(SEND_SIGNAL,        send_signal,         RESPONDERS) \
	ROW(TEST_ENDPOINT,      test_endpoint,       MAY(NODAL) | MAY(SERVICE) | MAY(ADMIN)) \
	ROW(READ_ATTEMPTS,      read_attempts,       MAY(NODAL) | MAY(SERVICE) | MAY(ADMIN) | MAY(AUDITOR)) \
	ROW(READ_SIGNALS,       read_signals,        RESPONDERS) \
	ROW(KEEP_WATCH_LIST,    keep_watch_list,     POLICE | MAY(NODAL)) \
	ROW(DECIDE_WATCH,       decide_watch,        POLICE | MAY(NODAL) | MAY(ADMIN)) \
	ROW(READ_WATCH_LIST,    read_watch_list,     POLICE | RESPONDERS | MAY(ADMIN)) \
	ROW(LOOK_UP,            look_up,             POLICE | RESPONDERS) \
	ROW(HOLD_PAYMENT,       hold_payment,        RESPONDERS)

#define NAME_ROW(right, word, roles) [RIGHT_##right] = #word,
#define ROLES_ROW(right, word, roles) [RIGHT_##right] = roles,
/* clang-format on */

static const char *const names[] = { RIGHTS(NAME_ROW) };

static const uint32_t roles_of[] = { RIGHTS(ROLES_ROW) };

_Static_assert(COUNT(roles_of) == RIGHT_COUNT, "roles for each right");

const struct words right_words = { "right", names, RIGHT_COUNT };

uint32_t
access_roles(enum right right)
{
	return roles_of[right];
}

enum rc
access_check(const struct actor *actor, enum right right, struct err *err)
{
	if ((roles_of[right] & (1u << actor->role)) != 0)
		return RC_OK;
	return err_set(err, RC_FORBIDDEN, "role_not_allowed",
	    "the role %s has no right to %s",
	    words_name(&role_words, (int)actor->role), names[right]);
}

/* Does the case of `unit` belong to this police actor? */
static bool
is_own_unit(const struct actor *actor, const struct registry *registry,
    const struct id *unit)
{
	if (actor->kind != INSTITUTION_POLICE_UNIT)
		return false;
	if (actor->role == ROLE_OFFICER)
		return id_equal(unit, &actor->institution);
	return actor->role == ROLE_SUPERVISOR &&
	    registry_is_within(registry, unit, &actor->institution);
}

static bool
is_responder(const struct actor *actor)
{
	return ((uint32_t)RESPONDERS & (1u << actor->role)) != 0;
}

bool
access_sees_case(const struct actor *actor, const struct registry *registry,
    const struct id *unit, bool has_target)
{
	if (actor->role == ROLE_AUDITOR)
		return true;
	/* A nodal officer also sees what they submitted for a customer. */
	if (is_responder(actor))
		return has_target || id_equal(unit, &actor->institution);
	return is_own_unit(actor, registry, unit);
}

bool
access_sees_target(const struct actor *actor, const struct registry *registry,
    const struct id *unit, const struct id *institution)
{
	if (actor->role == ROLE_AUDITOR)
		return true;
	if (is_responder(actor))
		return id_equal(institution, &actor->institution);
	return is_own_unit(actor, registry, unit);
}

bool
access_sees_roster(const struct actor *actor, const struct registry *registry,
    const struct id *institution)
{
	if (actor->role == ROLE_AUDITOR || actor->role == ROLE_ADMIN)
		return true;
	return id_equal(institution, &actor->institution) ||
	    is_own_unit(actor, registry, institution);
}
