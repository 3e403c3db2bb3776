/*
 * The part of the adapter "json" that tells of courts' orders and of money on
 * its way back.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/envelope.h"

/* The members "attachment" and "restitution", where the envelope has them. */
void json_way_back_write(struct strbuf *out, const struct envelope *envelope);
