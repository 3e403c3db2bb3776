/*
 * Lines of the Prometheus text format, for whoever adds metrics to
 * GET /metrics.  Labels name kinds of things, never people or values.
 */
#pragma once

#include <stdint.h>

#include "hub/base/strbuf.h"

/* "# HELP" and "# TYPE" and, with `labels` NULL, the only value. */
void metrics_counter(
    struct strbuf *out, const char *name, const char *help, uint64_t value);
void metrics_gauge(
    struct strbuf *out, const char *name, const char *help, uint64_t value);

/* For a family with labels: its head, then its lines; `labels` as in
 * `route="POST /v1/cases"`. */
void metrics_head(
    struct strbuf *out, const char *name, const char *type, const char *help);
void metrics_line(
    struct strbuf *out, const char *name, const char *labels, uint64_t value);
