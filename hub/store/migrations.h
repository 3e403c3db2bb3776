/*
 * The migrations, embedded: made of sql/migrations by the build.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"

struct migration {
	int version;
	const char *name;   /* "0001_foundation" */
	const char *sha256; /* of the file, hex */
	const char *text;
};

extern const struct migration migrations[];
extern const size_t migration_count;
