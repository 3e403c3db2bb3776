/*
 * Pieces of JSON: see view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_writer.h"

void
view_write_time(struct strbuf *out, const char *key, int64_t at)
{
	if (at != 0)
		json_write_time(out, key, at);
}

void
view_write_id(struct strbuf *out, const char *key, const char *prefix,
    const struct id *id)
{
	if (!id_is_zero(id))
		json_write_id(out, key, prefix, id);
}

void
view_write_institution(
    const struct view_run *run, const char *key, const struct id *id)
{
	const struct institution *institution = registry_institution(
	    run->registry, id);
	struct strbuf *out = &run->reply->body;

	json_write_object(out, key);
	json_write_id(out, "id", ID_INSTITUTION, id);
	if (institution != NULL) {
		json_write_text(out, "slug", institution->slug);
		json_write_text(out, "name", institution->name);
	}
	json_write_object_end(out);
}

void
view_write_members(struct strbuf *out, const struct blob *object)
{
	/* "{…}": the braces are the row's own. */
	if (object->length <= 2)
		return;
	if (out->length > 0 && out->bytes[out->length - 1] != '{')
		strbuf_append_char(out, ',');
	strbuf_append_bytes(out, object->bytes + 1, object->length - 2);
}
