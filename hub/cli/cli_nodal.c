/*
 * `freezeline nodal`: words become the settings of adapters/nodal.
 */
#include "hub/cli/cli_nodal.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/nodal/nodal.h"
#include "hub/cli/hub_call.h"
#include "hub/config/client_config.h"

enum { ADDRESS_SIZE = 64 };

/* "127.0.0.1:7001", "[::1]:7001", ":7001". */
static enum rc
read_listen(const char *text, char address[ADDRESS_SIZE],
    struct server_settings *server, struct err *err)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon != NULL ? (size_t)(colon - text) : 0;
	char *end = NULL;
	long port = colon != NULL ? strtol(colon + 1, &end, 10) : -1;

	if (colon == NULL || end == colon + 1 || *end != '\0' || port < 0 ||
	    port > UINT16_MAX || length >= ADDRESS_SIZE)
		return err_set(err, RC_INVALID, "wrong_usage",
		    "--listen must be ADDRESS:PORT");
	if (length >= 2 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	memcpy(address, text, length);
	address[length] = '\0';
	server->address = length > 0 ? address : NULL;
	server->port = (uint16_t)port;
	return RC_OK;
}

static enum rc
check_ways(const struct args *args, struct err *err)
{
	if (args_has(args, "listen") == args_has(args, "inbox"))
		return err_set(err, RC_INVALID, "wrong_usage",
		    "nodal needs one of --listen and --inbox");
	if (args_has(args, "rules") == args_has(args, "exec"))
		return err_set(err, RC_INVALID, "wrong_usage",
		    "nodal needs one of --rules and --exec");
	if (!args_has(args, "store") || !args_has(args, "keys"))
		return err_set(err, RC_INVALID, "wrong_usage",
		    "nodal needs --store and --keys");
	return RC_OK;
}

static const char *
or_none(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

/* The certificate that posts the answers may serve the webhook too; one of
 * its own is named by --server-cert and --server-key. */
static void
read_files(const struct args *args, const struct client_config *config,
    struct nodal_settings *settings)
{
	const char *certificate = args_value(args, "server-cert");
	const char *key = args_value(args, "server-key");
	const char *authority = args_value(args, "client-ca");

	settings->store_file = args_value(args, "store");
	settings->key_file = args_value(args, "keys");
	settings->rule_file = args_value(args, "rules");
	settings->program = args_value(args, "exec");
	settings->hub_spki = args_value(args, "hub-spki");
	settings->from_inbox = args_has(args, "inbox");
	settings->hub.base_url = config->hub;
	settings->hub.certificate_file = or_none(config->cert);
	settings->hub.key_file = or_none(config->key);
	settings->hub.authority_file = or_none(config->ca);
	settings->server.certificate_file = certificate != NULL
	    ? certificate
	    : or_none(config->cert);
	settings->server.key_file = key != NULL ? key : or_none(config->key);
	settings->server.client_ca_file = authority != NULL
	    ? authority
	    : or_none(config->ca);
	settings->server.crl_file = args_value(args, "crl");
	settings->announce = stdout;
}

int
cli_nodal(const struct args *args)
{
	struct nodal_settings settings = { .store_file = NULL };
	char address[ADDRESS_SIZE] = "";
	struct client_config config;
	struct err err;

	if (check_ways(args, &err) != RC_OK ||
	    (args_has(args, "listen") &&
		read_listen(args_value(args, "listen"), address,
		    &settings.server, &err) != RC_OK))
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	if (hub_call_settings(args, &config, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	read_files(args, &config, &settings);
	if (nodal_run(&settings, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return EXIT_CODE_OK;
}
