/*
 * Commands about the registry: who takes part, with which keys, and through
 * what they are reached.  Part of command.h, which includes it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/actor.h"
#include "hub/domain/vocabulary.h"

struct route_draft {
	enum route_scheme scheme;
	const char *value;
};

/* A client certificate, already read from its PEM. */
struct certificate_draft {
	const char *pem;
	uint8_t key[ACTOR_KEY_SIZE], fingerprint[32]; /* SHA-256 */
	const char *serial;
	int64_t not_after;
};

struct principal_draft {
	const char *institution_text; /* not used inside an institution's */
	struct id institution;        /* set by prepare */
	enum role role;
	const char *name, *rank;
	int64_t valid_from, valid_until; /* 0: now, the certificate's end */
	struct certificate_draft certificate;
};

struct endpoint_draft {
	const char *institution_text;
	struct id institution;
	enum endpoint_kind kind;
	const char *url, *adapter, *pinned_key;
	int max_batch, concurrency; /* 0: the default */
	int rate_limit;             /* deliveries a second; 0: no limit */
	bool allow_private;
	uint8_t secret[32]; /* v1 signing secret, made at the edge */
};

/* A signed test.ping to an endpoint, through the queue like all others. */
struct test_endpoint {
	struct id endpoint;
};

struct register_institution {
	const char *slug, *name, *country, *region, *profile, *phone;
	const char *district; /* "" : that of the unit above */
	enum institution_kind kind;
	const char *parent_text; /* or NULL */
	struct id parent;
	struct route_draft *routes;
	size_t route_count;
	struct principal_draft *principals;
	size_t principal_count;
	bool has_endpoint; /* else it works from an inbox */
	struct endpoint_draft endpoint;
};

/* Another place in the tree of units. */
struct place_institution {
	struct id institution;
	const char *parent_text; /* NULL: at the top */
	struct id parent;        /* set by prepare; zero: none */
	const char *district;    /* "" : that of the unit above */
};

enum registry_thing {
	REGISTRY_INSTITUTION, /* with its principals and endpoint */
	REGISTRY_PRINCIPAL,
	REGISTRY_ENDPOINT,
	REGISTRY_PLACE, /* of an institution, by its id */
	REGISTRY_AGREEMENT,
};

struct confirm_registration {
	enum registry_thing thing;
	struct id id;
};

struct revoke_certificate {
	uint8_t key[ACTOR_KEY_SIZE];
	const char *reason;
};
