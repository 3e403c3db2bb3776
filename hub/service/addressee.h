/*
 * Which institution an identifier is to be acted on at: the one that was
 * named, or the one that the identifier's routing part leads to.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/registry.h"

/* `named` is "ins_…", a slug or NULL.  RC_INVALID with the pointer
 * /institution or /identifier: unknown_institution, institution_not_active,
 * not_an_addressee, no_route, unknown_bank. */
NODISCARD enum rc addressee_find(const struct registry *registry,
    const char *named, const struct identifier *identifier, int64_t at,
    const struct institution **institution, struct err *err);

/* Active, and with an endpoint that takes messages at `at`. */
bool addressee_is_reachable(const struct registry *registry,
    const struct institution *institution, int64_t at);

/* An IFSC's bank code must be real or a registered institution's.
 * RC_INVALID `unknown_bank` with the pointer /ifsc, /bank_code or /value. */
NODISCARD enum rc addressee_check_bank(const struct registry *registry,
    const struct identifier *identifier, struct err *err);
