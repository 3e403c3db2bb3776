/*
 * The inside of a registry view, for registry.c and registry_route.c only.
 */
#pragma once

#include <stdatomic.h>

#include "hub/base/arena.h"
#include "hub/domain/registry.h"
#include "hub/domain/row_index.h"

struct registry {
	atomic_uint references;
	int64_t version;
	struct arena *arena;
	struct institution *institutions;
	struct principal *principals;
	struct certificate *certificates;
	size_t certificate_count;
	struct endpoint *endpoints;
	struct route *routes; /* values folded as registry_fold does */
	struct agreement *agreements;
	struct shift *shifts;
	size_t shift_count;
	size_t institution_count, endpoint_count, agreement_count;
	const struct institution **institutions_by_slug;
	const struct endpoint **endpoints_by_number;
	struct row_index institution_index, principal_index, certificate_index,
	    endpoint_index, endpoint_of_index, route_index;
};

/* Handles, hosts and providers are compared in lower case, codes in upper:
 * fold `text` for its scheme in place. */
void registry_fold(enum route_scheme scheme, char *text);

/* The hash of a (scheme, folded value). */
uint32_t registry_route_hash(enum route_scheme scheme, const char *value);
