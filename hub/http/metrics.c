/*
 * Prometheus text: see metrics.h.
 */
#include "hub/http/metrics.h"

#include <inttypes.h>

void
metrics_head(
    struct strbuf *out, const char *name, const char *type, const char *help)
{
	strbuf_printf(
	    out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void
metrics_line(
    struct strbuf *out, const char *name, const char *labels, uint64_t value)
{
	strbuf_printf(out, "%s{%s} %" PRIu64 "\n", name, labels, value);
}

void
metrics_counter(
    struct strbuf *out, const char *name, const char *help, uint64_t value)
{
	metrics_head(out, name, "counter", help);
	strbuf_printf(out, "%s %" PRIu64 "\n", name, value);
}

void
metrics_gauge(
    struct strbuf *out, const char *name, const char *help, uint64_t value)
{
	metrics_head(out, name, "gauge", help);
	strbuf_printf(out, "%s %" PRIu64 "\n", name, value);
}
