/*
 * docs/openapi.json, embedded: made by the build (gen.mk).
 */
#pragma once

#include <stddef.h>

extern const unsigned char openapi_bytes[];
extern const size_t openapi_length;
