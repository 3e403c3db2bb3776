/*
 * Registrations in replies: see reply_json_registry.h.
 */
#include "hub/wire/reply_json_registry.h"

#include <string.h>

#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/domain/registry.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

/* Said once, here; the hub keeps it sealed. */
static void
write_secret(struct strbuf *out, const uint8_t secret[32])
{
	static const char prefix[] = "whsec_";
	char text[sizeof(prefix) + BASE64_SIZE(32)];

	memcpy(text, prefix, sizeof(prefix));
	(void)base64_encode(secret, 32, text + strlen(prefix));
	json_write_text(out, "secret", text);
}

static void
write_line(struct strbuf *out, const struct endpoint_draft *endpoint)
{
	json_write_word(out, "kind", &endpoint_kind_words, (int)endpoint->kind);
	write_secret(out, endpoint->secret);
}

static void
write_proposed(struct strbuf *out, const struct id *id, const char *prefix)
{
	json_write_id(out, "id", prefix, id);
	json_write_word(
	    out, "status", &registry_status_words, REGISTRY_PROPOSED);
}

static void
write_institution(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	const struct register_institution *institution = &command->institution;

	json_write_object(out, NULL);
	write_proposed(out, id, ID_INSTITUTION);
	json_write_text(out, "slug", institution->slug);
	json_write_object(out, "endpoint");
	if (institution->has_endpoint)
		write_line(out, &institution->endpoint);
	else
		json_write_word(
		    out, "kind", &endpoint_kind_words, ENDPOINT_INBOX);
	json_write_object_end(out);
	json_write_object_end(out);
}

static void
write_principal(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	const struct principal_draft *principal = &command->principal;
	char key[HEX_SIZE(ACTOR_KEY_SIZE)];

	json_write_object(out, NULL);
	write_proposed(out, id, ID_PRINCIPAL);
	json_write_word(out, "role", &role_words, (int)principal->role);
	json_write_text(out, "spki_sha256",
	    hex_encode(principal->certificate.key, ACTOR_KEY_SIZE, key));
	json_write_object_end(out);
}

static void
write_endpoint(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	json_write_object(out, NULL);
	write_proposed(out, id, ID_ENDPOINT);
	write_line(out, &command->endpoint);
	json_write_object_end(out);
}

static void
write_place(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	const struct place_institution *place = &command->place;

	json_write_object(out, NULL);
	write_proposed(out, id, ID_INSTITUTION);
	if (!id_is_zero(&place->parent))
		json_write_id(out, "parent_id", ID_INSTITUTION, &place->parent);
	if (place->district[0] != '\0')
		json_write_text(out, "district", place->district);
	json_write_object_end(out);
}

static void
write_roster(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	const struct set_roster *roster = &command->roster;

	(void)id;
	json_write_object(out, NULL);
	json_write_id(
	    out, "institution_id", ID_INSTITUTION, &roster->institution);
	json_write_int(out, "weekly", (int64_t)roster->weekly_count);
	json_write_int(out, "exceptions", (int64_t)roster->exception_count);
	json_write_object_end(out);
}

/* What was queued: whether it came is told by the attempts. */
static void
write_test(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	(void)command;
	json_write_object(out, NULL);
	json_write_id(out, "message", ID_MESSAGE, id);
	json_write_object_end(out);
}

static void (*const writers[COMMAND_KIND_COUNT])(
    struct strbuf *, const struct command *, const struct id *) = {
	[COMMAND_REGISTER_INSTITUTION] = write_institution,
	[COMMAND_REGISTER_PRINCIPAL] = write_principal,
	[COMMAND_REGISTER_ENDPOINT] = write_endpoint,
	[COMMAND_PLACE_INSTITUTION] = write_place,
	[COMMAND_SET_ROSTER] = write_roster,
	[COMMAND_TEST_ENDPOINT] = write_test,
};

void
reply_json_registry(
    struct strbuf *out, const struct command *command, const struct id *id)
{
	writers[command->kind](out, command, id);
}
