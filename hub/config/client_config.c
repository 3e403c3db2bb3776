/*
 * A client's settings: see client_config.h.
 */
#include "hub/config/client_config.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "hub/config/config.h"

#define AT(member) \
	.name = #member, .offset = offsetof(struct client_config, member)

/* clang-format off */
static const struct setting rows[] = {
	{ AT(hub), .kind = SETTING_TEXT, .fallback = "https://localhost:8443",
	  .help = "base URL of the hub" },
	{ AT(cert), .kind = SETTING_TEXT, .fallback = "",
	  .help = "your certificate, PEM" },
	{ AT(key), .kind = SETTING_TEXT, .fallback = "",
	  .help = "its private key, PEM" },
	{ AT(ca), .kind = SETTING_TEXT, .fallback = "",
	  .help = "authorities of the hub's certificate, PEM" },
	{ AT(timeout_seconds), .kind = SETTING_INT, .fallback = "30",
	  .min = 1, .max = 3600,
	  .help = "patience for one answer, beside what --wait asks for" },
};
/* clang-format on */

const struct setting_table client_config_table = { "settings of a client", rows,
	COUNT(rows) };

static const char *
look_up(char **environment, const char *name)
{
	size_t length = strlen(name);

	for (char **at = environment; *at != NULL; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=' &&
		    (*at)[length + 1] != '\0')
			return *at + length + 1;
	return NULL;
}

/* The file to read, or NULL: one that was named must exist. */
static const char *
find_file(char **environment, char *path, size_t size)
{
	const char *named = look_up(
	    environment, SETTING_ENVIRONMENT "CLIENT_CONFIG");
	const char *folder = look_up(environment, "XDG_CONFIG_HOME");
	const char *home = look_up(environment, "HOME");

	if (named != NULL)
		return named;
	if (folder != NULL)
		(void)snprintf(path, size, "%s/freezeline/client.ini", folder);
	else if (home != NULL)
		(void)snprintf(
		    path, size, "%s/.config/freezeline/client.ini", home);
	else
		return NULL;
	return access(path, F_OK) == 0 ? path : NULL;
}

enum rc
client_config_load(
    char **environment, struct client_config *config, struct err *err)
{
	static const char *const also[] = { "CONFIG", "CLIENT_CONFIG", NULL };
	char path[PATH_MAX] = "";
	struct setting_sources sources = {
		.file = find_file(environment, path, sizeof(path)),
		.environment = environment,
		.neighbours = &config_table,
		.neighbour_count = 1,
		.also = also,
	};

	memset(config, 0, sizeof(*config));
	return setting_load(&client_config_table, &sources, config, err);
}
