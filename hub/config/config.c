/*
 * The hub's settings: see config.h.  The table is all there is to say; a new
 * setting is a row here and a member there.
 */
#include "hub/config/config.h"

#include <string.h>

#include "hub/config/client_config.h"

#define AT(member) .offset = offsetof(struct config, member)
#define TEXT(member, fallback_, help_)                             \
	{                                                          \
		.name = #member, .kind = SETTING_TEXT,             \
		.fallback = (fallback_), .help = help_, AT(member) \
	}
#define INT(member, fallback_, min_, max_, help_)                              \
	{                                                                      \
		.name = #member, .kind = SETTING_INT, .fallback = (fallback_), \
		.min = (min_), .max = (max_), .help = help_, AT(member)        \
	}
#define BOOL(member, fallback_, help_)                             \
	{                                                          \
		.name = #member, .kind = SETTING_BOOL,             \
		.fallback = (fallback_), .help = help_, AT(member) \
	}
#define WORD(member, fallback_, words_, help_)                             \
	{                                                                  \
		.name = #member, .kind = SETTING_WORD,                     \
		.fallback = (fallback_), .words = (words_), .help = help_, \
		AT(member)                                                 \
	}

/* In the order of enum log_level; a panic is always said. */
static const char *const log_levels[] = { [LOG_DEBUG] = "debug",
	[LOG_INFO] = "info",
	[LOG_WARN] = "warn",
	[LOG_ERROR] = "error",
	NULL };

/* clang-format off */
static const struct setting rows[] = {
	TEXT(listen_address, "127.0.0.1", "address that the hub listens on"),
	INT(listen_port, "8443", 0, 65535, "port of the API; 0 is any free one"),
	INT(admin_port, "9443", 0, 65535, "loopback port of /healthz, /readyz, /metrics"),
	INT(threads, "2", 1, 64, "threads that serve TLS"),
	TEXT(certificate_file, "", "the hub's server certificate, PEM, leaf first"),
	TEXT(key_file, "", "its private key, PEM"),
	TEXT(client_ca_file, "", "authorities of the clients' certificates, PEM"),
	TEXT(crl_file, "", "revocation lists of those authorities, PEM"),
	BOOL(tls12, "false", "allow TLS 1.2 beside 1.3"),
	INT(connection_limit, "1024", 16, 65536, "open connections, over all threads"),
	INT(per_address_limit, "0", 0, 65536, "open connections of one address; 0 is no limit"),
	INT(body_limit, "1048576", 1024, 16777216, "bytes of a request body"),
	INT(document_limit, "20971520", 1024, 104857600, "bytes of an uploaded document"),
	TEXT(spool_directory, "/var/tmp", "where uploads wait, sealed, in files without a name"),
	INT(header_seconds, "4", 1, 120, "deadline for handshake and headers"),
	INT(body_seconds, "10", 1, 600, "deadline for the body"),
	INT(idle_seconds, "60", 1, 3600, "idle time between two requests"),
	TEXT(database, "", "PostgreSQL connection of role freezeline_hub"),
	TEXT(owner_database, "", "PostgreSQL connection of role freezeline_owner (migrate)"),
	TEXT(keyring_file, "", "the hub's keys, mode 0600 (freezeline keyring create)"),
	INT(desks, "1", 1, 8, "threads that decide and commit, each with its connection"),
	INT(readers, "2", 1, 16, "threads that answer reads"),
	BOOL(dispatch, "true", "deliver messages from this process"),
	TEXT(hub_certificate_file, "", "client certificate shown to receivers, PEM"),
	TEXT(hub_key_file, "", "its private key, PEM"),
	TEXT(receiver_ca_file, "", "authorities of the receivers' certificates; empty: the system's"),
	INT(deliveries_in_flight, "256", 1, 4096, "deliveries under way at once"),
	INT(ping_seconds, "60", 0, 3600, "a receiver not used for so long gets a signed ping; 0: never"),
	BOOL(allow_private_receivers, "false", "let endpoint rows allow private addresses (demo, closed networks)"),
	INT(requests_per_second, "200", 1, 1000000, "requests that one person or machine may make in a second"),
	INT(lookups_per_minute, "60", 1, 1000000, "look-ups of flagged identifiers that one may make in a minute"),
	INT(registry_delay_seconds, "86400", 0, 2592000, "from a registration's confirmation to its effect"),
	INT(velocity_percent, "100", 0, 1000000, "of the profiles' limits on what an officer or unit asks; 0: none"),
	INT(shutdown_seconds, "10", 0, 600, "time that running requests get at a stop"),
	WORD(log_level, "info", log_levels, "least level that is logged: debug, info, warn, error"),
};
/* clang-format on */

_Static_assert(COUNT(rows) <= 64, "a file marks them as bits");

const struct setting_table config_table = { "settings of the hub", rows,
	COUNT(rows) };

/* `--config FILE` may stand anywhere before "--"; take it out. */
static const char *
take_config_option(int *argc, char **argv)
{
	for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		bool is_split = strcmp(argv[i], "--config") == 0;
		const char *value = argv[i] + strlen("--config=");
		int used = is_split ? 2 : 1;

		if (is_split)
			value = i + 1 < *argc ? argv[i + 1] : "";
		else if (strncmp(argv[i], "--config=", 9) != 0)
			continue;
		if (i + used > *argc)
			used = 1;
		memmove(argv + i, argv + i + used,
		    (size_t)(*argc - i - used + 1) * sizeof(*argv));
		*argc -= used;
		return value;
	}
	return NULL;
}

static const char *
from_environment(char **environment, const char *name)
{
	size_t length = strlen(name);

	for (char **at = environment; at != NULL && *at != NULL; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
			return *at + length + 1;
	return NULL;
}

enum rc
config_load(int *argc, char **argv, char **environment, struct config *config,
    struct err *err)
{
	static const char *const also[] = { "CONFIG", "CLIENT_CONFIG", NULL };
	struct setting_sources sources = { .environment = environment,
		.neighbours = &client_config_table,
		.neighbour_count = 1,
		.also = also };

	memset(config, 0, sizeof(*config));
	sources.file = take_config_option(argc, argv);
	if (sources.file == NULL)
		sources.file = from_environment(
		    environment, SETTING_ENVIRONMENT "CONFIG");
	if (sources.file != NULL && sources.file[0] == '\0')
		return err_set(err, RC_INVALID, "bad_setting",
		    "command line: --config needs a file");
	TRY(setting_load(&config_table, &sources, config, err));
	return setting_flags(&config_table, argc, argv, config, err);
}

void
config_print_help(FILE *out)
{
	(void)fprintf(out, "  --%-26s %s\n", "config FILE",
	    "INI file with these settings (name = value)");
	setting_print(&config_table, out);
}
