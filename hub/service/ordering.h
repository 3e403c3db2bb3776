/*
 * Laws that allow nothing without an order of somebody who may give one: the
 * request waits for its second person, who finds the order verified or does
 * not approve.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/profile.h"
#include "hub/domain/snapshot.h"

/* Does the basis of the request, or one of its further laws, need an order?
 * `profile`: the case's. */
bool ordering_of_draft(
    const struct profile *profile, const struct request_draft *draft);

/* A verified order is on the request where one of its laws needs it.
 * RC_CONFLICT `order_missing`. */
NODISCARD enum rc ordering_check(const struct snapshot *snapshot,
    const struct freeze_request *request, struct err *err);
