/*
 * Bodies of POSTs on the registry as commands: see handle.h.  Certificates
 * are read and signing secrets made here, at the edge.
 */
#include "hub/http/handle.h"

#include <string.h>

#include "hub/crypto/cert.h"
#include "hub/crypto/crypto.h"
#include "hub/domain/ids.h"
#include "hub/http/call.h"
#include "hub/wire/command_json.h"
#include "hub/wire/roster_json.h"

/* What people act with: a client's certificate, never an authority's or a
 * server's. */
static enum rc
read_certificate(
    const char *pem, struct certificate_draft *certificate, struct err *err)
{
	static _Thread_local struct cert cert;

	TRY(cert_read(pem, strlen(pem), &cert, err));
	if (cert.is_authority || (cert.is_server && !cert.is_client))
		return err_set(err, RC_INVALID, "bad_certificate",
		    "this is no client's certificate");
	memcpy(certificate->key, cert.key, sizeof(certificate->key));
	memcpy(certificate->fingerprint, cert.fingerprint,
	    sizeof(certificate->fingerprint));
	certificate->serial = cert.serial;
	certificate->not_after = cert.not_after;
	return RC_OK;
}

enum rc
handle_institution_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);
	uint8_t *secret = command->institution.endpoint.secret;

	command->kind = COMMAND_REGISTER_INSTITUTION;
	TRY(command_json_institution(
	    body, length, read_certificate, command, err));
	crypto_random(secret, sizeof(command->institution.endpoint.secret));
	return RC_OK;
}

enum rc
handle_principal_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REGISTER_PRINCIPAL;
	return command_json_principal(
	    body, length, read_certificate, command, err);
}

enum rc
handle_endpoint_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REGISTER_ENDPOINT;
	TRY(command_json_endpoint(body, length, command, err));
	crypto_random(
	    command->endpoint.secret, sizeof(command->endpoint.secret));
	return RC_OK;
}

enum rc
handle_place_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_PLACE_INSTITUTION;
	command->place.institution = call->id;
	return command_json_place(body, length, command, err);
}

enum rc
handle_roster_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_SET_ROSTER;
	command->roster.institution = call->id;
	return roster_json_read(body, length, command, err);
}

/* The path says what is confirmed. */
enum rc
handle_confirmation_read(
    const struct call *call, struct command *command, struct err *err)
{
	static const struct {
		const char *path;
		enum registry_thing thing;
	} things[] = {
		{ "/v1/institutions/", REGISTRY_INSTITUTION },
		{ "/v1/principals/", REGISTRY_PRINCIPAL },
		{ "/v1/endpoints/", REGISTRY_ENDPOINT },
		{ "/v1/agreements/", REGISTRY_AGREEMENT },
	};
	const char *path = exchange_path(call->exchange);
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_CONFIRM_REGISTRATION;
	command->confirm.id = call->id;
	for (size_t i = 0; i < COUNT(things); i++)
		if (strncmp(path, things[i].path, strlen(things[i].path)) == 0)
			command->confirm.thing = things[i].thing;
	if (strstr(path, "/place/") != NULL)
		command->confirm.thing = REGISTRY_PLACE;
	return command_json_confirm(body, length, command, err);
}

enum rc
handle_revocation_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_REVOKE_CERTIFICATE;
	return command_json_revoke(body, length, command, err);
}

enum rc
handle_endpoint_test_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_TEST_ENDPOINT;
	command->test_endpoint.endpoint = call->id;
	return command_json_confirm(body, length, command, err);
}
