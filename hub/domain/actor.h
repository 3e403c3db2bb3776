/*
 * The actor of a command: the principal whose certificate was on the line.
 */
#pragma once

#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/vocabulary.h"

enum { ACTOR_KEY_SIZE = 32, ACTOR_RANK_SIZE = 32 };

struct actor {
	struct id principal, institution;
	enum role role;
	enum institution_kind kind; /* of the institution */
	char rank[ACTOR_RANK_SIZE];
	uint8_t key[ACTOR_KEY_SIZE]; /* SPKI SHA-256 of the certificate */
};
