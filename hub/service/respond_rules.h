/*
 * Is an answer whole and consistent?  What must come with each code, and
 * that the money adds up (docs/domain.md, sections 2 and 4).
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/snapshot.h"

/* RC_INVALID with the pointer of the member that is wrong or missing. */
NODISCARD enum rc respond_rules_check(const struct command *command,
    const struct target *target, const struct freeze_request *request,
    const struct case_file *case_file, struct err *err);

/* The move of the target that the answer makes. */
enum target_event
respond_rules_event(const struct respond *respond, const struct target *target);
