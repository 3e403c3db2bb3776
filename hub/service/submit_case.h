/*
 * The rules that requests of a case obey, whether they come with it or later.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/profile.h"
#include "hub/domain/snapshot.h"

/* All requests of command->submit, with pointers into its body. */
NODISCARD enum rc
submit_case_check(const struct command *command, const struct profile *profile,
    const struct snapshot *snapshot, struct err *err);

/* Does its law allow this request, its scope, and this officer to ask it? */
NODISCARD enum rc submit_case_check_law(const struct command *command,
    const struct profile *profile, const struct request_draft *request,
    struct err *err);

/* Does a scope reach no further than another? */
bool submit_case_scope_within(enum scope scope, enum scope largest);
