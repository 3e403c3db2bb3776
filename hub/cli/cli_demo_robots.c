/*
 * The robots: see cli_demo_robots.h.
 */
#include "hub/cli/cli_demo_robots.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hub/cli/cli_demo_pki.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/signing_key.h"

enum { READY_MS = 10000, STOP_MS = 8000, PORT_HOLD_LIMIT = 32 };

/* ---- ports */

static int
hold_port(int *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)*port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

	if (fd < 0)
		return -1;
	/* As the listener does: a port in TIME_WAIT is free. */
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, (const struct sockaddr *)&address, length) != 0 ||
	    listen(fd, 1) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
		int saved = errno;

		(void)close(fd);
		errno = saved;
		return -1;
	}
	*port = ntohs(address.sin_port);
	return fd;
}

enum rc
cli_demo_robots_find_ports(int *ports, size_t count, struct err *err)
{
	int held[PORT_HOLD_LIMIT];
	bool all = count <= PORT_HOLD_LIMIT;

	for (size_t i = 0; i < count && i < PORT_HOLD_LIMIT; i++) {
		ports[i] = 0;
		held[i] = hold_port(&ports[i]);
		all = all && held[i] >= 0;
	}
	for (size_t i = 0; i < count && i < PORT_HOLD_LIMIT; i++)
		if (held[i] >= 0)
			(void)close(held[i]);
	if (!all)
		return err_set(
		    err, RC_FAILED, "no_free_port", "no free port was found");
	return RC_OK;
}

enum rc
cli_demo_robots_try_port(int port, struct err *err)
{
	int fd = hold_port(&port);

	if (fd < 0)
		return err_set(err, RC_CONFLICT, "port_in_use",
		    "port %d cannot be used (%s): take another one with "
		    "--port N, or make demo PORT=N",
		    port, strerror(errno));
	(void)close(fd);
	return RC_OK;
}

/* ---- the plan */

enum rc
cli_demo_robots_plan(const struct json_view *registry,
    struct cli_demo_robots *robots, struct err *err)
{
	const struct json_view *all = json_view_at(registry, "institutions");
	int ports[CLI_DEMO_ROBOT_LIMIT];

	memset(robots, 0, sizeof(*robots));
	TRY(cli_demo_robots_find_ports(ports, COUNT(ports), err));
	for (size_t i = 0; i < json_view_count(all); i++) {
		const struct json_view *one = json_view_item(all, i);
		const char *kind = json_view_text(one, "endpoint/kind", NULL);
		struct cli_demo_robot *robot;

		if (kind == NULL)
			continue;
		if (robots->count == CLI_DEMO_ROBOT_LIMIT)
			return err_set(err, RC_FAILED, "demo_example",
			    "more than %d institutions", CLI_DEMO_ROBOT_LIMIT);
		robot = &robots->items[robots->count];
		(void)snprintf(robot->slug, sizeof(robot->slug), "%s",
		    json_view_text(one, "slug", "?"));
		if (strcmp(kind, "webhook") == 0)
			robot->port = ports[robots->count];
		robot->child.output = -1;
		robots->count++;
	}
	return RC_OK;
}

struct cli_demo_robot *
cli_demo_robots_find(struct cli_demo_robots *robots, const char *slug)
{
	for (size_t i = 0; i < robots->count; i++)
		if (strcmp(robots->items[i].slug, slug) == 0)
			return &robots->items[i];
	return NULL;
}

/* ---- starting */

/* What every robot of the hub is told. */
struct common {
	const struct cli_demo_place *place;
	const char *hub, *examples;
	char public_key[SIGNING_KEY_TEXT_SIZE];
};

static enum rc
write_keys(const struct cli_demo_robot *robot, const struct common *common,
    struct err *err)
{
	char name[CLI_DEMO_ROBOT_TEXT + 32];
	char text[SIGNING_KEY_TEXT_SIZE + CLI_DEMO_ROBOT_TEXT + 4];

	(void)snprintf(name, sizeof(name), "robots/%s.keys", robot->slug);
	(void)snprintf(
	    text, sizeof(text), "%s\n%s\n", robot->secret, common->public_key);
	return cli_demo_place_write(common->place, name, text, err);
}

static char *
robot_path(const struct common *common, const struct cli_demo_robot *robot,
    const char *folder, const char *ending, char *path)
{
	char name[CLI_DEMO_ROBOT_TEXT + 32];

	(void)snprintf(
	    name, sizeof(name), "%s/%s%s", folder, robot->slug, ending);
	return cli_demo_place_path(common->place, name, path);
}

static enum rc
start_one(
    struct cli_demo_robot *robot, const struct common *common, struct err *err)
{
	char store[PATH_MAX], keys[PATH_MAX], log[PATH_MAX], pem[PATH_MAX];
	char key[PATH_MAX], ca[PATH_MAX], crl[PATH_MAX], rules[PATH_MAX];
	char listen[32], service[CLI_DEMO_ROBOT_TEXT + 16];
	const char *argv[] = { common->place->program, "nodal", "--store",
		robot_path(common, robot, "robots", ".store", store), "--keys",
		robot_path(common, robot, "robots", ".keys", keys), "--rules",
		rules, "--hub", common->hub, "--cert", pem, "--key", key,
		"--ca", cli_demo_pki_path(common->place, "ca", ".pem", ca),
		"--inbox", NULL, NULL, NULL, NULL };
	const struct cli_demo_launch launch = { robot->slug,
		robot_path(common, robot, "log", ".log", log), argv };
	size_t way = COUNT(argv) - 5;

	(void)snprintf(rules, sizeof(rules), "%s/robots/%s.rules.json",
	    common->examples, robot->slug);
	(void)snprintf(service, sizeof(service), "%s.service", robot->slug);
	(void)cli_demo_pki_path(common->place, service, ".pem", pem);
	(void)cli_demo_pki_path(common->place, service, ".key", key);
	(void)snprintf(listen, sizeof(listen), "127.0.0.1:%d", robot->port);
	if (robot->port != 0) {
		argv[way] = "--listen";
		argv[way + 1] = listen;
		argv[way + 2] = "--crl";
		argv[way + 3] = cli_demo_pki_path(
		    common->place, "crl", ".pem", crl);
	}
	TRY(write_keys(robot, common, err));
	return cli_demo_child_start(&launch, &robot->child, err);
}

enum rc
cli_demo_robots_start(struct cli_demo_robots *robots,
    const struct cli_demo_place *place, const char *hub, const char *examples,
    struct err *err)
{
	SCOPED(keyring_cleanup) struct keyring *keyring = NULL;
	struct common common = { place, hub, examples, "" };
	char path[PATH_MAX];

	TRY(keyring_load(
	    cli_demo_place_path(place, "keyring", path), &keyring, err));
	(void)signing_key_format_public(
	    keyring_signing(keyring), common.public_key);
	for (size_t i = 0; i < robots->count; i++)
		TRY(start_one(&robots->items[i], &common, err));
	for (size_t i = 0; i < robots->count; i++)
		TRY(cli_demo_child_await_line(&robots->items[i].child,
		    robots->items[i].port != 0 ? "listening on port"
					       : "reading the inbox",
		    READY_MS, NULL, err));
	return RC_OK;
}

/* All are asked before the first is waited for. */
bool
cli_demo_robots_stop(struct cli_demo_robots *robots)
{
	bool all = true;

	for (size_t i = 0; i < robots->count; i++)
		cli_demo_child_ask_to_stop(&robots->items[i].child);
	for (size_t i = 0; i < robots->count; i++)
		all = cli_demo_child_stop(&robots->items[i].child, STOP_MS) &&
		    all;
	return all;
}

const char *
cli_demo_robots_lost(struct cli_demo_robots *robots)
{
	for (size_t i = 0; i < robots->count; i++)
		if (robots->items[i].child.pid != 0 &&
		    cli_demo_child_has_ended(&robots->items[i].child))
			return robots->items[i].slug;
	return NULL;
}
