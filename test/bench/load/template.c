/*
 * Templates: see template.h.
 */
#include "test/bench/load/template.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/id.h"

/* As many as twelve digits tell: they come again after eleven days. */
#define MICROS_WRAP INT64_C(1000000000000)

static const struct {
	const char *name;
	enum template_kind kind;
} holes[] = {
	{ "n", TEMPLATE_N },
	{ "uuid", TEMPLATE_UUID },
	{ "now", TEMPLATE_NOW },
	{ "micros", TEMPLATE_MICROS },
	{ "line", TEMPLATE_LINE },
};

static bool
add(struct template *template, enum template_kind kind, const char *text,
    size_t length)
{
	if (template->count == TEMPLATE_PARTS)
		return false;
	template->parts[template->count++] = (struct template_part){ kind, text,
		length };
	return true;
}

/* `name` is what stands between the braces. */
static bool
add_hole(struct template *template, const char *name, size_t length)
{
	const char *colon = memchr(name, ':', length);
	size_t width = 0;

	if (colon != NULL) {
		width = strtoul(colon + 1, NULL, 10);
		length = (size_t)(colon - name);
	}
	for (size_t i = 0; i < COUNT(holes); i++)
		if (strlen(holes[i].name) == length &&
		    memcmp(holes[i].name, name, length) == 0)
			return add(template, holes[i].kind, NULL, width);
	return false;
}

bool
template_compile(struct template *template, const char *text)
{
	const char *open, *close;

	template->count = 0;
	while ((open = strstr(text, "{{")) != NULL) {
		close = strstr(open, "}}");
		if (close == NULL ||
		    !add(template, TEMPLATE_LITERAL, text,
			(size_t)(open - text)) ||
		    !add_hole(template, open + 2, (size_t)(close - open) - 2))
			return false;
		text = close + 2;
	}
	return add(template, TEMPLATE_LITERAL, text, strlen(text));
}

static void
render_uuid(struct strbuf *out)
{
	struct id id = id_new();
	char text[37];

	strbuf_append(out, id_uuid(&id, text));
}

static void
render_now(struct strbuf *out)
{
	char text[CLOCK_TEXT_SIZE];

	strbuf_append(out, clock_format(clock_now(), 3, text));
}

void
template_render(const struct template *template,
    const struct template_values *values, struct strbuf *out)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];

		switch (part->kind) {
		case TEMPLATE_LITERAL:
			strbuf_append_bytes(out, part->text, part->length);
			break;
		case TEMPLATE_N:
			strbuf_printf(
			    out, "%0*" PRIu64, (int)part->length, values->n);
			break;
		case TEMPLATE_UUID:
			render_uuid(out);
			break;
		case TEMPLATE_NOW:
			render_now(out);
			break;
		case TEMPLATE_MICROS:
			strbuf_printf(out, "%0*" PRId64, (int)part->length,
			    clock_now() % MICROS_WRAP);
			break;
		case TEMPLATE_LINE:
			strbuf_append(out, values->line);
			break;
		}
	}
}
