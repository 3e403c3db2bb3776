/*
 * The first half: settings, keys and certificates; see doctor.h.
 */
#include "hub/cli/doctor.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/client/request.h"
#include "hub/crypto/cert.h"
#include "hub/crypto/keyring.h"
#include "hub/listener/server.h"

#define DAY (24 * 3600 * CLOCK_SECOND)

enum { SOON_DAYS = 30 };

static void
check_keyring(struct doctor *doctor)
{
	const char *path = doctor->config->keyring_file;
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	struct err err;

	if (path[0] == '\0')
		doctor_problem(doctor,
		    "freezeline keyring create FILE, then set keyring_file",
		    "no keyring is set");
	else if (keyring_load(path, &keyring, &err) != RC_OK)
		doctor_problem(doctor,
		    strcmp(err.code, "key_file_exposed") == 0
			? "chmod 600, and ask who has read it"
			: "restore it from its backup; without it nothing "
			  "sealed can be read",
		    "keyring: %s", err.text);
	else
		doctor_fine(doctor, "keyring %s", path);
}

/* What a certificate must be for. */
enum usage { USAGE_SERVER, USAGE_CLIENT, USAGE_AUTHORITY };

static bool
serves(const struct cert *cert, enum usage usage)
{
	switch (usage) {
	case USAGE_SERVER:
		return cert->is_server || !cert->is_client;
	case USAGE_CLIENT:
		return cert->is_client || !cert->is_server;
	case USAGE_AUTHORITY:
		return cert->is_authority;
	}
	return false;
}

static void
check_dates(struct doctor *doctor, const char *name, const struct cert *cert)
{
	int64_t now = clock_now();
	int days = (int)((cert->not_after - now) / DAY);

	if (cert->not_after <= now)
		doctor_problem(doctor, "renew it", "%s has expired", name);
	else if (cert->not_before > now)
		doctor_problem(doctor, "look at the clock, or wait",
		    "%s is not valid yet", name);
	else if (days < SOON_DAYS)
		doctor_warn(doctor, "renew it and send SIGHUP",
		    "%s expires in %d days", name, days);
	else
		doctor_fine(
		    doctor, "%s: %s, %d days left", name, cert->subject, days);
}

static void
check_cert(struct doctor *doctor, const char *name, const char *path,
    enum usage usage, bool is_needed)
{
	struct cert cert;
	struct err err;

	if (path[0] == '\0') {
		if (is_needed)
			doctor_problem(doctor, "set it", "%s is not set", name);
		return;
	}
	if (cert_read_file(path, &cert, &err) != RC_OK) {
		doctor_problem(doctor, "name a PEM file that the hub can read",
		    "%s: %s", name, err.text);
		return;
	}
	if (!serves(&cert, usage))
		doctor_problem(doctor,
		    usage == USAGE_AUTHORITY
			? "name the authority's certificate"
			: "issue one with the right extended key usage",
		    "%s is not for this use", name);
	check_dates(doctor, name, &cert);
}

static void
take_nothing(struct exchange *exchange, void *context)
{
	(void)exchange;
	(void)context;
}

/* Do key, chain and revocation lists fit together?  The listener itself is
 * asked, on a free loopback port and for an instant. */
static void
check_listener(struct doctor *doctor)
{
	const struct config *config = doctor->config;
	const struct server_settings settings = {
		.threads = 1,
		.certificate_file = config->certificate_file,
		.key_file = config->key_file,
		.client_ca_file = config->client_ca_file,
		.crl_file = config->crl_file[0] != '\0' ? config->crl_file
							: NULL,
		.handler = take_nothing,
	};
	struct server *server = NULL;
	struct err err;

	if (config->certificate_file[0] == '\0' ||
	    config->key_file[0] == '\0' || config->client_ca_file[0] == '\0')
		return;
	if (server_start(&settings, &server, &err) != RC_OK) {
		doctor_problem(doctor,
		    "make certificate, key, authorities and revocation lists "
		    "fit together",
		    "the listener refuses its files: %s", err.text);
		return;
	}
	server_stop(server, 0);
	doctor_fine(doctor, "the listener takes its files");
	if (config->crl_file[0] == '\0')
		doctor_warn(doctor, "set crl_file",
		    "no revocation lists: a stolen certificate is refused "
		    "only by the registry");
}

static void
check_way_out(struct doctor *doctor)
{
	const struct config *config = doctor->config;
	const struct request_settings settings = {
		.base_url = "https://localhost",
		.certificate_file = config->hub_certificate_file,
		.key_file = config->hub_key_file,
		.authority_file = config->receiver_ca_file[0] != '\0'
		    ? config->receiver_ca_file
		    : NULL,
	};
	SCOPED(request_cleanup) struct request_client *client = NULL;
	struct err err;

	if (!config->dispatch || config->hub_certificate_file[0] == '\0')
		return;
	if (request_new(&settings, &client, &err) != RC_OK)
		doctor_problem(doctor, "name PEM files that the hub can read",
		    "deliveries: %s", err.text);
	else
		doctor_fine(doctor, "deliveries have their certificate");
}

static void
check_rules(struct doctor *doctor)
{
	const struct config *config = doctor->config;

	if (config->registry_delay_seconds == 0)
		doctor_warn(doctor, "set registry_delay_seconds to 86400",
		    "a registration takes effect at once: two bad admins "
		    "need no patience");
	if (config->velocity_percent == 0)
		doctor_warn(doctor, "set velocity_percent to 100",
		    "nobody is told of an officer who asks for a thousand "
		    "freezes in an hour");
	if (config->allow_private_receivers)
		doctor_warn(doctor, "set allow_private_receivers to false",
		    "endpoints may lead into private networks");
	if (config->tls12)
		doctor_warn(doctor, "set tls12 to false when all clients can",
		    "TLS 1.2 is allowed");
}

void
doctor_files(struct doctor *doctor)
{
	const struct config *config = doctor->config;

	check_keyring(doctor);
	check_cert(doctor, "certificate_file", config->certificate_file,
	    USAGE_SERVER, true);
	check_cert(doctor, "client_ca_file", config->client_ca_file,
	    USAGE_AUTHORITY, true);
	if (config->key_file[0] == '\0')
		doctor_problem(doctor, "set it", "key_file is not set");
	check_cert(doctor, "hub_certificate_file", config->hub_certificate_file,
	    USAGE_CLIENT, config->dispatch);
	check_cert(doctor, "receiver_ca_file", config->receiver_ca_file,
	    USAGE_AUTHORITY, false);
	check_listener(doctor);
	check_way_out(doctor);
	check_rules(doctor);
}
