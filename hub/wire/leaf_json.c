/*
 * Leaves: see leaf_json.h.
 */
#include "hub/wire/leaf_json.h"

#include <inttypes.h>
#include <stdio.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_canonical.h"
#include "hub/wire/json_writer.h"

enum { LEAF_VERSION = 1, NUMBER_SIZE = 24 };

/* What cannot be canonical fails the buffer: nothing half-written goes out. */
static void
write_canonical(struct strbuf *out, const struct canonical *value)
{
	struct err err;

	if (json_canonical_write(out, value, &err) != RC_OK)
		out->failed = true;
}

static struct canonical
field_value(const struct event_field *field)
{
	if (field->text == NULL)
		return (struct canonical)CANONICAL_INT_OF(field->number);
	return (struct canonical)CANONICAL_TEXT_OF(field->text);
}

void
leaf_json_value(struct strbuf *out, const struct event_field *field)
{
	const struct canonical value = field_value(field);

	write_canonical(out, &value);
}

/* The text of an id, or null where nobody or nothing is meant. */
static struct canonical
id_value(const char *prefix, const struct id *id, char *text)
{
	if (id_is_zero(id))
		return (struct canonical){ .kind = CANONICAL_NULL };
	return (struct canonical)CANONICAL_TEXT_OF(id_format(prefix, id, text));
}

void
leaf_json_write(struct strbuf *out, const struct event *event,
    const uint8_t (*commitments)[32])
{
	struct canonical_member made[EVENT_FIELD_LIMIT];
	char hex[EVENT_FIELD_LIMIT][HEX_SIZE(32)], number[NUMBER_SIZE];
	char case_text[ID_TEXT_SIZE], actor_text[ID_TEXT_SIZE];
	char happened[CLOCK_TEXT_SIZE], recorded[CLOCK_TEXT_SIZE];

	for (size_t i = 0; i < event->field_count; i++)
		made[i] = (struct canonical_member){ event->fields[i].name,
			CANONICAL_TEXT_OF(
			    hex_encode(commitments[i], 32, hex[i])) };
	(void)snprintf(number, sizeof(number), "%" PRId64, event->id);
	(void)clock_format(event->happened_at, 6, happened);
	(void)clock_format(event->recorded_at, 6, recorded);

	struct canonical_member members[] = {
		{ "actor", id_value(ID_PRINCIPAL, &event->actor, actor_text) },
		{ "case", id_value(ID_CASE, &event->case_id, case_text) },
		{ "commitments",
		    CANONICAL_OBJECT_OF(made, event->field_count) },
		{ "event_id", CANONICAL_TEXT_OF(number) },
		{ "happened_at", CANONICAL_TEXT_OF(happened) },
		{ "recorded_at", CANONICAL_TEXT_OF(recorded) },
		{ "type", CANONICAL_TEXT_OF(event->type) },
		{ "v", CANONICAL_INT_OF(LEAF_VERSION) },
	};
	const struct canonical leaf = CANONICAL_OBJECT_OF(
	    members, COUNT(members));

	write_canonical(out, &leaf);
}

void
leaf_json_write_values(struct strbuf *out, const struct event *event,
    const uint8_t (*salts)[EVENT_SALT_SIZE])
{
	char hex[HEX_SIZE(EVENT_SALT_SIZE)];

	json_write_array(out, NULL);
	for (size_t i = 0; i < event->field_count; i++) {
		json_write_object(out, NULL);
		json_write_text(out, "field", event->fields[i].name);
		json_write_text(
		    out, "salt", hex_encode(salts[i], EVENT_SALT_SIZE, hex));
		json_write_raw(out, "value", "");
		leaf_json_value(out, &event->fields[i]);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}
