/*
 * Which leads are asked at once, without a person: a switch of the profile,
 * bounded by layer, threshold and what was approved (docs/domain.md, R2, R12;
 * docs/decisions/0015-money-trail.md).  Pure.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/profile.h"
#include "hub/domain/registry.h"
#include "hub/domain/snapshot.h"

enum { FOLLOW_IT = -1 };

struct follow_facts {
	const struct profile *profile; /* of the case; NULL: none */
	const struct freeze_request *request;
	const struct target *parent; /* who named the lead */
	const struct lead_draft *lead;
	const struct institution *institution; /* whose account it is */
	int64_t led_on_minor; /* asked of the parent's other leads already */
	int64_t at;
};

/* FOLLOW_IT, or why not: an enum not_followed. */
int follow_check(const struct follow_facts *facts);

/* What a request does with leads: as it wishes, or as the profile has it. */
enum follow_leads follow_of_request(
    const struct profile *profile, const struct request_draft *draft);
