/*
 * Documents on their way in and out: how many at once, and where the bytes
 * of an upload go while they come.
 */
#pragma once

#include <stdbool.h>

#include "hub/listener/exchange.h"

/* server_settings.open_sink of the API; `context` is the http.  True for an
 * upload of somebody who may file documents. */
bool upload_open_sink(
    const struct exchange *exchange, void *context, struct exchange_sink *sink);
