/*
 * The rows of a submitted case, once all of it has been found right.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/clock.h"
#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/profile.h"
#include "hub/domain/reply.h"

/* Until when every law of the request allows a hold that begins at `at`. */
int64_t submit_rows_hold_limit(const struct profile *profile,
    const struct profile_basis *basis, const struct request_draft *request,
    int64_t at);

/* Make them, issue what needs no approval, fill the reply. */
void submit_rows_make(struct command *command, const struct profile *profile,
    struct effects *effects, struct reply *reply);

/* The same for requests that a case gets later, which may raise its
 * priority. */
void submit_rows_add(struct command *command, const struct profile *profile,
    struct effects *effects, struct case_file *file, struct reply *reply);
