/*
 * The poller: for an institution without a webhook.  Reads the inbox, checks
 * the signatures in its entries, stores them and only then sets the
 * checkpoint: a checkpoint is a delivery, not a receipt.
 */
#pragma once

#include "adapters/nodal/intake.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/client/request.h"

struct inbox;

/* The client becomes the poller's; the intake must outlive it. */
NODISCARD enum rc inbox_start(struct intake *intake,
    struct request_client *client, struct inbox **inbox, struct err *err);

/* Waits for the poll under way, at most its Prefer: wait. */
void inbox_stop(struct inbox *inbox);
