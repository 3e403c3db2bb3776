/*
 * The fields of an event: see effects.h, which makes events.
 */
#include "hub/domain/effects.h"

#include <assert.h>

static struct event_field *
field_add(struct event *event, const char *name)
{
	struct event_field *field = &event->fields[event->field_count];

	assert(event->field_count < EVENT_FIELD_LIMIT);
	event->field_count++;
	field->name = name;
	return field;
}

void
event_text(struct event *event, const char *name, const char *text)
{
	if (text != NULL && text[0] != '\0')
		field_add(event, name)->text = text;
}

void
event_number(struct event *event, const char *name, int64_t number)
{
	field_add(event, name)->number = number;
}
