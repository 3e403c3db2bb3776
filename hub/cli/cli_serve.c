/*
 * `freezeline serve`: see cli_serve.h.  SIGTERM and SIGINT stop it, SIGHUP
 * reads the certificates and revocation lists again.
 */
#include "hub/cli/cli_serve.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/base/common.h"
#include "hub/base/log.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/rooms.h"
#include "hub/cli/version.h"
#include "hub/config/config.h"

/* A setting that has no default and that a hub cannot do without. */
struct needed {
	const char *name, *value;
};

static enum rc
check_needed(const struct config *config, struct err *err)
{
	const struct needed needed[] = {
		{ "database", config->database },
		{ "keyring_file", config->keyring_file },
		{ "certificate_file", config->certificate_file },
		{ "key_file", config->key_file },
		{ "client_ca_file", config->client_ca_file },
	};

	for (size_t i = 0; i < COUNT(needed); i++)
		if (needed[i].value[0] == '\0')
			return err_set(err, RC_INVALID, "setting_missing",
			    "%s is not set; freezeline check tells what a hub "
			    "needs",
			    needed[i].name);
	return RC_OK;
}

/* Before any thread is there, so that all of them inherit it. */
static void
block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, signals, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
reload(struct rooms *rooms)
{
	struct err err;

	if (rooms_reload(rooms, &err) == RC_OK)
		log_info("certificates read again", NULL);
	else
		log_error("certificates not read again, the old ones stay",
		    "code", err.code, "detail", err.text, NULL);
}

static void
wait_for_end(const sigset_t *signals, struct rooms *rooms)
{
	int number;

	while (sigwait(signals, &number) == 0 && number == SIGHUP)
		reload(rooms);
	log_info("stopping", "signal", strsignal(number), NULL);
}

static void
announce(const struct config *config, const struct rooms *rooms)
{
	char port[16];

	(void)snprintf(port, sizeof port, "%d", rooms_port(rooms));
	log_info(
	    "serving", "address", config->listen_address, "port", port, NULL);
	if (config->registry_delay_seconds == 0)
		log_warn("registry_delay_seconds is 0: a confirmed "
			 "registration has effect at once",
		    NULL);
	(void)printf("listening port=%d admin_port=%d\n", rooms_port(rooms),
	    rooms_admin_port(rooms));
	(void)fflush(stdout);
}

static enum rc
serve(const struct config *config, struct err *err)
{
	struct rooms *rooms;
	sigset_t signals;
	enum rc rc;

	TRY(check_needed(config, err));
	block_signals(&signals);
	log_threshold((enum log_level)config->log_level);
	TRY(rooms_open(config, FREEZELINE_VERSION, &rooms, err));
	rc = rooms_serve(rooms, err);
	if (rc == RC_OK) {
		announce(config, rooms);
		wait_for_end(&signals, rooms);
	}
	rooms_close(rooms);
	if (rc == RC_OK)
		log_info("stopped", NULL);
	return rc;
}

int
cli_serve(int argc, char **argv)
{
	static struct config config;
	struct err err;

	if (config_load(&argc, argv, environ, &config, &err) != RC_OK ||
	    argc > 1) {
		if (argc > 1)
			(void)fprintf(stderr,
			    "freezeline serve: %s is no setting\n", argv[1]);
		else
			(void)fprintf(
			    stderr, "freezeline serve: %s\n", err.text);
		return EXIT_CODE_USAGE;
	}
	if (serve(&config, &err) == RC_OK)
		return EXIT_CODE_OK;
	(void)fprintf(
	    stderr, "freezeline serve: %s (%s)\n", err.text, err.code);
	return EXIT_CODE_FAILED;
}
