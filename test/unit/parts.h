/*
 * A small world for the tests of what is written: one case with a payment, a
 * request and its targets, a police unit and two institutions.
 */
#pragma once

#include "hub/domain/envelope.h"
#include "hub/domain/registry.h"
#include "hub/domain/snapshot.h"

/* Ids of the world: prefix bytes only, so that a test can name them. */
enum parts_id {
	PARTS_UNIT = 1,
	PARTS_BANK,
	PARTS_TELCO,
	PARTS_CASE,
	PARTS_TXN,
	PARTS_REQUEST,
	PARTS_TARGET,
	PARTS_SECOND_TARGET,
	PARTS_OTHER_CASE,
	PARTS_MESSAGE,
	PARTS_RESPONSE,
};

#define PARTS_AT INT64_C(1773300000123456)

struct id parts_id(enum parts_id which);

/* The unit with no endpoint, the bank with a webhook, the telco with an
 * inbox.  The caller drops the reference. */
struct registry *parts_registry(void);

/* The rows of the case and of another one that must not show up. */
void parts_fill(struct snapshot *snapshot);
